"""Record files of captures that were made elsewhere, and query them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from letters.change import ChangeKind
from letters.crawl_record import CrawlOutcome, PageError
from letters.letter_record import Cause, Version
from storage.database.insert import insert
from storage.facts import ledger
from storage.facts.crawled_sources import IMPORT
from storage.facts.crawls import crawl_of
from storage.facts.entries import ImportEntry
from storage.schema.tables import changes, crawls, imports, snapshots, versions


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file of captures."""

    name: str  # without its folder
    sha256: str  # of its bytes, hexadecimal


def is_imported(connection: Connection, source: str, file: ImportedFile) -> bool:
    """Return whether captures of `source` were imported from a file of these bytes."""
    query = select(imports.c.crawl_id).join(crawls, crawls.c.id == imports.c.crawl_id)
    query = query.where(imports.c.sha256 == file.sha256, crawls.c.source == source)
    return connection.execute(query.limit(1)).first() is not None


def begin_import(connection: Connection, source: str, file: ImportedFile, at: datetime) -> int:
    """Record that a file is imported, among the crawls; return the id that its snapshots bear."""
    row = {"source": source, "mode": IMPORT, "started_at": at, "counts": {}, "errors": []}
    crawl_id = insert(connection, crawls, row)
    insert(connection, imports, {"crawl_id": crawl_id, "name": file.name, "sha256": file.sha256})
    return crawl_id


def end_import(
    connection: Connection, crawl_id: int, file: ImportedFile, skipped: list[PageError]
) -> None:
    """Record that a file was imported; `skipped` names each capture that was not read."""
    of_import = crawls.c.id == crawl_id
    row = connection.execute(select(crawls).where(of_import)).one()
    values = {
        "outcome": CrawlOutcome.COMPLETE.value,
        "finished_at": row.started_at,
        "errors": [{"url": each.url, "reason": each.reason} for each in skipped],
    }
    connection.execute(update(crawls).where(of_import).values(**values))
    ended = crawl_of(connection.execute(select(crawls).where(of_import)).one())
    ledger.append(connection, row.source, ImportEntry(ended, file.name, file.sha256))


def imported_change(
    connection: Connection, letter_id: int, first_at: datetime, last_at: datetime
) -> Row[Any] | None:
    """Return the edit that an import recorded and in whose window both moments lie, if any."""
    query = select(changes).join(imports, imports.c.crawl_id == changes.c.crawl_id)
    of_letter = changes.c.letter_id == letter_id, changes.c.kind == ChangeKind.EDITED.value
    around = changes.c.after < first_at, changes.c.before > last_at
    return connection.execute(query.where(*of_letter, *around)).first()


def imported_file(connection: Connection, version: Version) -> ImportedFile | None:
    """Return the file from which a version was imported; None of one that fuhan read itself."""
    if version.cause is not Cause.IMPORT:
        return None
    query = (
        select(imports.c.name, imports.c.sha256)
        .join(snapshots, snapshots.c.crawl_id == imports.c.crawl_id)
        .join(versions, versions.c.snapshot_id == snapshots.c.id)
    )
    is_version = versions.c.letter_id == version.letter_id, versions.c.number == version.number
    row = connection.execute(query.where(*is_version)).one()
    return ImportedFile(row.name, row.sha256)


def kept_captures(connection: Connection, source: str) -> set[tuple[int, str, datetime]]:
    """Return the captures of `source` on record: address, sha256 of the bytes, when captured."""
    query = select(snapshots.c.address_id, snapshots.c.sha256, snapshots.c.fetched_at)
    query = query.join(crawls, crawls.c.id == snapshots.c.crawl_id)
    query = query.where(crawls.c.source == source, crawls.c.mode == IMPORT)
    return {(row.address_id, row.sha256, row.fetched_at) for row in connection.execute(query)}
