"""The wiring of `verify`: audits the archive with today's parser."""

from typing import Any

from crawler.http.decoding import UndecodableError
from crawler.page.reader import PageChangedError, PageReader
from crawler.record.parser_upgrade import read_again
from letters.counted import counted
from letters.letter import Letter
from storage.audit import Checked, verify
from storage.audit.share import verify_share
from storage.database.archive import Archive
from storage.facts.snapshots import StoredPage


def audit(archive: Archive) -> Checked:
    """Check everything in the archive; versions of today's parser are read again."""
    return verify(archive, _read_again)


def audit_share(archive: Archive, number: int) -> Checked:
    """Check one share of the archive, of those that together are all of it."""
    return verify_share(archive, _read_again, number)


def checked_counts(checked: Checked) -> str:
    """Return in words how much was checked."""
    pages, versions = counted(checked.pages, "page"), counted(checked.versions, "version")
    return f"{pages}, {versions}, {counted(checked.entries, 'ledger entry', 'ledger entries')}"


def _read_again(pages: list[StoredPage], row: Any, old: Letter) -> Letter | None:
    reader = PageReader.of_label(old.kind, row.parser)
    if reader is None:
        return None
    try:
        return read_again(pages, old, reader)
    except (PageChangedError, UndecodableError) as error:
        raise ValueError(f"its page is none of a letter: {error}") from error
