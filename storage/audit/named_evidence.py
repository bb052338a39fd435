"""The evidence that ledger entries name by its digest: pages, files and directories as served."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select

from storage.audit.damage import Damage
from storage.facts.entries import (
    AskedFact,
    CaptureEntry,
    CrawlEndedEntry,
    DirectoryEntry,
    Entry,
    FileEntry,
    UnreadDirectoryEntry,
    VisitEntry,
)
from storage.schema.tables import evidence


def evidence_in(source: str, entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the sha256 of all that one ledger entry of `source` names, and what it is."""
    match entry:
        case VisitEntry() | CaptureEntry():
            yield from _pages(entry)
        case FileEntry():
            yield entry.sha256, f"the file {entry.url}"
        case DirectoryEntry():
            yield entry.sha256, f"a directory of {source}"
            yield from _asked(source, entry.asked)
        case UnreadDirectoryEntry():
            yield from _asked(source, entry.asked)
        case CrawlEndedEntry(listing=str(sha256)):
            yield sha256, f"a directory of {source}"


def _asked(source: str, asked: AskedFact | None) -> Iterator[tuple[str, str]]:
    if asked:
        yield asked.sha256, f"the requests for a directory of {source}"
        for answer in asked.answers:
            yield answer, f"an answer that listed a directory of {source}"


def _pages(entry: VisitEntry | CaptureEntry) -> Iterator[tuple[str, str]]:
    if entry.pages.snapshot:
        yield entry.pages.snapshot.sha256, f"the page {entry.url}"
    for page in entry.pages.further:
        yield page.snapshot.sha256, f"a further page of {entry.url}"


def lost_evidence(connection: Connection, named: Mapping[str, str]) -> Iterator[Damage]:
    """Yield each piece of evidence that is named, by its sha256, and not there."""
    kept = set(connection.execute(select(evidence.c.sha256)).scalars())
    for sha256 in named.keys() - kept:
        yield Damage(f"evidence {sha256}", f"it is lost: {named[sha256]}")
