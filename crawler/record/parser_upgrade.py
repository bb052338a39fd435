"""Reads a letter's newest version again when a better parser has come since."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from crawler.http.decoding import decode
from crawler.http.snapshot import Snapshot
from crawler.page.dom import Page
from crawler.page.further_pages import FurtherPageError, further_of
from crawler.page.reader import PARSER, PageChangedError, read_page
from crawler.record.known_letter import record_reparse
from crawler.record.not_confirmed import Facts
from letters.letter import Attachment, Kind, Letter
from letters.records import Cause
from letters.urls import file_key
from storage.derived.newest import newest_version
from storage.facts.snapshots import StoredPage, stored_pages
from storage.facts.visits import Reading


def upgrade_reading(connection: Connection, kind: Kind, letter_id: int) -> tuple[str, Facts]:
    """Return the digest that today's parser gives the newest version's page, and what was kept.

    What the parser reads better is kept as a version of its own, so that it is never
    told as the publisher's edit.
    """
    old, parser, snapshot_id = newest_version(connection, letter_id)
    if parser == PARSER:
        return old.digest(), {}
    pages = stored_pages(connection, snapshot_id)
    letter = read_again(pages, old, kind)
    if letter.digest() == old.digest():
        return old.digest(), {}
    at = pages[0].row.fetched_at
    reading = Reading(letter, snapshot_id, at, at, PARSER, Cause.REPARSE)
    return letter.digest(), record_reparse(connection, letter_id, reading)


def read_again(stored: Sequence[StoredPage], old: Letter, kind: Kind) -> Letter:
    """Return what today's parser reads in stored pages; files keep the digests they had.

    Raises PageChangedError or UndecodableError where it can't read them.
    """
    first, *further = (snapshot_from(each) for each in stored)
    page = Page(decode(first.body, first.content_type), old.url)
    try:
        others, _ = further_of(page, replace(first, further=tuple(further)))
    except FurtherPageError as error:
        raise PageChangedError(str(error)) from error
    return with_digests(read_page(page, kind, others), old)


def snapshot_from(stored: StoredPage) -> Snapshot:
    """Return a stored page as it was served."""
    row = stored.row
    told = (row.url, row.final_url, row.status, row.headers)
    return Snapshot(*told, stored.body, row.fetched_at, row.asked_at)


def with_digests(letter: Letter, old: Letter) -> Letter:
    """Return `letter` with what `old` knows of the same files, where it knows nothing itself.

    An address that differs by its session alone is the same: it stays as it was.
    """
    known = {file_key(each.url): each for each in old.attachments}
    files = tuple(_as_known(each, known.get(file_key(each.url))) for each in letter.attachments)
    return replace(letter, attachments=files)


def _as_known(file: Attachment, known: Attachment | None) -> Attachment:
    if known is None:
        return file
    is_seen = file.digest is not None or file.state is not None
    return replace(file, url=known.url) if is_seen else replace(known, name=file.name)
