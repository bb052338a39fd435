"""Reads a letter's newest version again when a better parser has come since."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from crawler.attachment.file_name import with_known_name
from crawler.http.decoding import UndecodableError
from crawler.http.query_charset import decode_page
from crawler.http.snapshot import Snapshot
from crawler.page.dom import Page
from crawler.page.further_pages import FurtherPageError, further_pages
from crawler.page.reader import PageChangedError, PageReader, read_page
from crawler.record.not_confirmed import NotConfirmedError
from letters.letter import Attachment, Letter
from letters.letter_record import Cause, NewestVersion
from letters.urls import file_key
from storage.facts.entries import VersionFact
from storage.facts.evidence import lock_evidence
from storage.facts.snapshots import StoredPage, stored_pages
from storage.facts.visits import Reading, add_version


def upgrade_newest(
    connection: Connection, reader: PageReader, newest: NewestVersion
) -> tuple[NewestVersion, VersionFact | None]:
    """Return the newest version as `reader` reads its page, and the version if it is new.

    What it reads better is recorded as a version of its own, so that it is never
    recorded as the publisher's edit. Raises NotConfirmedError where it can't read that page:
    what was read otherwise can't be compared with what it reads today.
    """
    if newest.parser == reader.label:
        return newest, None
    pages = stored_pages(connection, newest.snapshot_id)
    try:
        letter = read_again(pages, newest.letter, reader)
    except (PageChangedError, UndecodableError) as error:
        raise NotConfirmedError(
            f"the page of its last version is not read: {error}", {}
        ) from error
    if letter.digest() == newest.letter.digest():
        return newest, None
    lock_evidence(connection)  # before search texts, as elsewhere: the visit may bring pages
    at = pages[0].row.fetched_at
    reading = Reading(letter, newest.snapshot_id, at, at, reader.label)
    version = record_better_reading(connection, newest, reading)
    upgraded = NewestVersion(
        newest.letter_id, newest.number + 1, letter, reader.label, newest.snapshot_id, at
    )
    return upgraded, version


def record_better_reading(
    connection: Connection, newest: NewestVersion, reading: Reading
) -> VersionFact:
    """Record what a better parser reads in the bytes of the newest version: never an edit."""
    better = replace(reading, cause=Cause.REPARSE)
    return add_version(connection, newest.letter_id, newest.number + 1, better)


def read_again(stored: Sequence[StoredPage], old: Letter, reader: PageReader) -> Letter:
    """Return what `reader` reads in stored pages; files keep the digests they had.

    Raises PageChangedError or UndecodableError where it can't read them.
    """
    first, *further = (snapshot_from(each) for each in stored)
    page = _page(first, old, reader)
    try:
        others, _ = further_pages(page, replace(first, further=tuple(further)))
    except FurtherPageError as error:
        raise PageChangedError(str(error)) from error
    return with_digests(read_page(page, reader.kind, others), old)


def ways_of(
    stored: Sequence[StoredPage], old: Letter, reader: PageReader
) -> tuple[str | None, ...]:
    """Return by what `reader` knows the body of each stored page (Page.way).

    Empty where it can't read the first; that one alone where the others are no pages of it.
    """
    first, *further = (snapshot_from(each) for each in stored)
    try:
        page = _page(first, old, reader)
    except UndecodableError:
        return ()
    try:
        others, _ = further_pages(page, replace(first, further=tuple(further)))
    except FurtherPageError:
        return (page.way,)
    return tuple(each.way for each in (page, *others))


def _page(first: Snapshot, old: Letter, reader: PageReader) -> Page:
    return reader.page(decode_page(first.body, first.content_type)[0], old.url)


def snapshot_from(stored: StoredPage) -> Snapshot:
    """Return a stored page as it was served."""
    row = stored.row
    served = (row.url, row.final_url, row.status, row.headers)
    return Snapshot(*served, stored.body, row.fetched_at, row.asked_at)


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
    name = with_known_name(file, known).name
    return replace(file, name=name, url=known.url) if is_seen else replace(known, name=name)
