"""At the end of a crawl: which letters are withdrawn or delisted, and which changes are held."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from crawler.record.change import ChangeDraft, record_change
from crawler.record.crawl_state import CrawlContext
from letters.change import ChangeKind, Window
from letters.letter_record import Status
from letters.titles import read_title
from letters.visit_span import VisitOutcome
from storage.derived.absent_letters import absent_letters
from storage.derived.addresses import known_addresses
from storage.derived.held_changes import hold_changes, releasable_changes, release_changes
from storage.facts.entries import ChangeEntry, ChangesHeldEntry, ChangesReleasedEntry
from storage.facts.visits import update_letter

SICK = 0.2  # share of the letters visited, listed and gone, beyond which a host is not healthy
FEW = 3  # that many listed letters may be gone on a healthy host of any size

Paper = str | tuple[str | None, str | None]  # known by its title, or by number and session


def record_absences(
    connection: Connection, crawl: CrawlContext, at: datetime
) -> list[ChangeEntry]:
    """Record which letters are withdrawn or delisted; return an entry of the ledger for each.

    A letter is withdrawn when `confirm` crawls, each of which read the directory to its
    end, found its page gone: unlisted, or listed on a host that served other letters.
    It waits while the directory lists it at another URL whose page gave no answer yet.
    It is delisted when as many directories did not list it while its page was served.
    """
    if not crawl.is_whole:
        return []
    entries: list[ChangeEntry] = []
    absent = absent_letters(connection, crawl.source)
    unanswered = _unanswered(connection, crawl) if absent else set()
    is_healthy = _is_healthy(crawl)
    for row in absent:
        if row.id in crawl.tally.gone and (is_healthy or not crawl.lists(row.id)):
            entries += _record_gone(connection, crawl, row, at, unanswered)
        elif _is_delisted(crawl, row):
            entries.append(_record_delisted(connection, crawl, row, at))
    return entries


def hold_or_release(
    connection: Connection, crawl: CrawlContext, at: datetime
) -> list[ChangesHeldEntry | ChangesReleasedEntry]:
    """Withhold the changes of a crawl that changed a large share of its source from announcement.

    Another crawl that read the directory to its end releases those that it saw unchanged.
    Returns the ledger's entries.
    """
    if _is_mass(crawl):
        return [ChangesHeldEntry(tuple(hold_changes(connection, crawl.id)))]
    if not crawl.is_whole:
        return []
    unchanged = (crawl.tally.seen | crawl.tally.gone) - crawl.tally.changed
    released = releasable_changes(connection, crawl.source, unchanged)
    return [release_changes(connection, released, at)] if released else []


def _record_gone(
    connection: Connection,
    crawl: CrawlContext,
    row: Row[Any],
    at: datetime,
    unanswered: set[Paper],
) -> Iterator[ChangeEntry]:
    """Count a crawl that found a letter gone; it is withdrawn when enough crawls agree."""
    crawls = row.gone_crawls + 1
    update_letter(connection, row.id, gone_crawls=crawls)
    may_stand_elsewhere = unanswered & {row.title, (row.number, row.session)}
    if crawls < crawl.job.confirm or may_stand_elsewhere:
        return
    update_letter(connection, row.id, status=Status.WITHDRAWN.value)
    window = Window(row.served_at, row.gone_at)
    draft = ChangeDraft(row.id, ChangeKind.WITHDRAWN, row.version, None, at, window)
    yield ChangeEntry(record_change(connection, crawl, draft))


def _record_delisted(
    connection: Connection, crawl: CrawlContext, row: Row[Any], at: datetime
) -> ChangeEntry:
    update_letter(connection, row.id, status=Status.DELISTED.value)
    window = Window(row.listed_at, row.unlisted_at)
    draft = ChangeDraft(row.id, ChangeKind.DELISTED, row.version, row.version, at, window)
    return ChangeEntry(record_change(connection, crawl, draft))


def _unanswered(connection: Connection, crawl: CrawlContext) -> set[Paper]:
    """Return the papers that are listed where no page has been read yet, nor found gone."""
    ids = crawl.directory.without_letter if crawl.directory else ()
    papers: set[Paper] = set()
    for each in known_addresses(connection, crawl.source, ids=ids):
        is_open = each.letter_id is None and each.outcome is not VisitOutcome.GONE
        if is_open and each.listed_title:
            title = read_title(each.listed_title)
            papers |= {each.listed_title}
            papers |= {(title.number, title.session)} if title.number else set()
    return papers


def _is_delisted(crawl: CrawlContext, row: Row[Any]) -> bool:
    """Return whether enough directories did not list a letter whose page is served."""
    if row.id not in crawl.tally.seen or crawl.lists(row.id):
        return False
    was_listed = row.listed_at is not None and row.status == Status.PUBLISHED.value
    return was_listed and bool(row.unlisted_crawls >= crawl.job.confirm)


def _is_healthy(crawl: CrawlContext) -> bool:
    """Return whether the host served letters while it said that others are gone."""
    seen = len(crawl.tally.seen)
    gone = sum(crawl.lists(letter_id) for letter_id in crawl.tally.gone)
    return bool(seen) and gone <= max(FEW, SICK * (seen + gone))


def _is_mass(crawl: CrawlContext) -> bool:
    share = crawl.job.mass * crawl.letters_before
    return bool(crawl.letters_before) and crawl.tally.all_changes() > share
