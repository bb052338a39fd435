"""Export what proves one change: pages as served, files, versions, and the ledger's entries."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, Select, or_, select

from letters.change import Change, ChangeKind
from letters.letter import Attachment, Letter
from letters.visit_span import VisitOutcome
from storage.export.ledger_excerpt import (
    LedgerRow,
    chain_rows,
    entry_number,
    naming_rows,
    newest_entry,
)
from storage.export.proof import select_versions, version_json
from storage.facts.packed_letters import load_letter
from storage.schema.seal import CHANGE, SNAPSHOT, VERSION, seal
from storage.schema.tables import changes, crawls, letters, snapshots, versions

CHAIN_AT_MOST = 20_000  # entries: of a longer chain, only those are exported that seal something
Side = Literal["before", "after"]
_DECIDED = ("state", "reviewed_by", "reviewed_at", "note", "tags")  # no part of what happened


class HeadError(ValueError):
    """Raised where the ledger has no such head after what is to be proved."""


@dataclass(frozen=True, slots=True)
class ServedPage:
    """A page as it was served: on which side of the change, and what its snapshot says."""

    side: Side
    snapshot: Mapping[str, Any]  # plain values of its columns, by name

    @property
    def sha256(self) -> str:
        """Of its bytes, which `load` returns."""
        return str(self.snapshot["sha256"])


@dataclass(frozen=True, slots=True)
class ChangeProof:
    """What proves a change. Bytes are loaded by their sha256, one by one."""

    change: Mapping[str, Any]  # as JSON, with all that its seal is made of
    versions: Sequence[Mapping[str, Any]]  # before and after, with all that theirs are made of
    pages: Sequence[ServedPage]
    files: Mapping[str, Sequence[Attachment]]  # by side; empty where no file changed
    directories: Mapping[str, str]  # sha256 of the listed rows by side; empty unless delisted
    entries: Sequence[LedgerRow]  # that seal all this, of the change's source
    file_entries: Sequence[LedgerRow]  # that name files which another source stored first

    def last_entry(self, connection: Connection, head: str | None) -> int:
        """Return the number of the entry with the hash `head`; of the newest one for None.

        Raises HeadError for a hash of no entry, or of one before all is sealed.
        """
        source = self.change["letter"]["source"]
        if head is None:
            return newest_entry(connection, source)
        last = entry_number(connection, source, head)
        if last is None or any(each.seq > last for each in self.entries):
            raise HeadError(f"no entry that follows those of this change has the hash {head!r}")
        return last

    def chain(self, connection: Connection, last: int) -> Iterator[LedgerRow]:
        """Yield the ledger's entries from the first that seals something to entry `last`.

        Where that are more than CHAIN_AT_MOST, only those that seal something.
        """
        first = self.entries[0]
        if last - first.seq < CHAIN_AT_MOST:
            yield from chain_rows(connection, first.source, first.seq, last)
        else:
            yield from self.entries
        yield from self.file_entries


def change_proof(connection: Connection, change: Change) -> ChangeProof:
    """Return what proves `change`, which is on record."""
    row = connection.execute(select(changes).where(changes.c.id == change.id)).mappings().one()
    sides = list(_versions(connection, change))
    pages = [*_version_pages(connection, sides), *_gone_pages(connection, change)]
    read = {side: load_letter(connection, version["letter"]) for side, version in sides}
    files = _files(change, read)
    seals = [seal(dict(row), CHANGE), *(seal(dict(version), VERSION) for _, version in sides)]
    seals += [seal(dict(page), SNAPSHOT) for _, page in pages]
    digests = [each.digest for of_side in files.values() for each in of_side if each.digest]
    directories = _directories(connection, change)
    visits = _visits(change, pages)
    source = change.letter.source
    entries = naming_rows(connection, source, [*seals, *digests, *directories.values(), *visits])
    plain = {name: value for name, value in change.as_json().items() if name not in _DECIDED}
    return ChangeProof(
        # Its edits as they were sealed: shown ones name characters without a glyph.
        change={**plain, **{name: row[name] for name in ("edits", "reason", "differ")}},
        versions=[version_json(dict(version), read[side]) for side, version in sides],
        pages=[ServedPage(side, _plain(page)) for side, page in pages],
        files=files,
        directories=directories,
        entries=entries,
        file_entries=[
            each for each in naming_rows(connection, None, digests) if each.source != source
        ],
    )


def _versions(connection: Connection, change: Change) -> Iterator[tuple[Side, RowMapping]]:
    """Yield the versions before and after a change; the one before alone where it is the same."""
    numbers: dict[int, Side] = {}
    if change.to_version is not None:
        numbers[change.to_version] = "after"
    if change.from_version is not None:
        numbers[change.from_version] = "before"
    query = select_versions().where(versions.c.letter_id == change.letter.id)
    numbered = query.where(versions.c.number.in_(numbers)).order_by(versions.c.number)
    for row in connection.execute(numbered).mappings():
        yield numbers[row["number"]], row


def _version_pages(
    connection: Connection, sides: Sequence[tuple[Side, RowMapping]]
) -> Iterator[tuple[Side, RowMapping]]:
    for side, version in sides:
        first = version["snapshot_id"]
        together = or_(snapshots.c.id == first, snapshots.c.first_id == first)
        for page in connection.execute(_in_order().where(together)).mappings():
            yield side, page


def _gone_pages(connection: Connection, change: Change) -> Iterator[tuple[Side, RowMapping]]:
    """Yield the answers that showed the page of a withdrawn letter gone."""
    if change.kind is not ChangeKind.WITHDRAWN:
        return
    # The letter may have moved since: its address then is that of the version before.
    of_version = select(versions.c.snapshot_id).where(
        versions.c.letter_id == change.letter.id, versions.c.number == change.from_version
    )
    at_address = select(snapshots.c.address_id).where(
        snapshots.c.id == of_version.scalar_subquery()
    )
    now_at = select(letters.c.address_id).where(letters.c.id == change.letter.id)
    addresses = or_(
        snapshots.c.address_id == at_address.scalar_subquery(),
        snapshots.c.address_id == now_at.scalar_subquery(),
    )
    moment = snapshots.c.fetched_at.between(change.window.before, change.detected_at)
    for page in connection.execute(_in_order().where(addresses, moment)).mappings():
        yield "after", page


def _in_order() -> Select[Any]:
    return select(snapshots).order_by(snapshots.c.id)


def _files(change: Change, read: Mapping[Side, Letter]) -> dict[str, Sequence[Attachment]]:
    """Return the files of each side that the other one lacks, where the change is of files."""
    if all(edit.field != "attachments" for edit in change.edits):
        return {}
    of = {side: letter.attachments for side, letter in read.items()}
    stored = {side: {each.digest for each in files} for side, files in of.items()}
    others = {"before": stored.get("after", set()), "after": stored.get("before", set())}
    return {
        side: [each for each in files if each.digest and each.digest not in others[side]]
        for side, files in of.items()
    }


def _directories(connection: Connection, change: Change) -> dict[str, str]:
    """Return the directory that still listed a delisted letter, and the first that did not."""
    if change.kind is not ChangeKind.DELISTED or change.window.after is None:
        return {}
    sides = {"before": change.window.after, "after": change.window.before}
    of_source = select(crawls.c.listing).where(
        crawls.c.source == change.letter.source, crawls.c.listing.is_not(None)
    )
    newest = of_source.order_by(crawls.c.directory_at.desc()).limit(1)
    read = {
        side: connection.execute(newest.where(crawls.c.directory_at <= at)).scalar()
        for side, at in sides.items()
    }
    return {side: listing for side, listing in read.items() if listing}


def _visits(change: Change, pages: Sequence[tuple[Side, RowMapping]]) -> list[str]:
    """Return what entries of the visits say that bound the window, or found the page gone."""
    moments = [at.isoformat() for at in (change.window.after, change.window.before) if at]
    if change.kind is not ChangeKind.WITHDRAWN:
        return moments
    gone = {f'"look":{page["address_id"]},"outcome":"{VisitOutcome.GONE}"' for _, page in pages}
    return [*moments, *sorted(gone)]


def _plain(page: RowMapping) -> dict[str, Any]:
    """Return the columns of a snapshot, moments as they were sealed."""
    moments = {name: page[name] and page[name].isoformat() for name in ("asked_at", "fetched_at")}
    return {**dict(page), **moments}
