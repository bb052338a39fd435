"""Records one change: how much it matters, when it happened, and that it did."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from crawler.record.announcement import announce
from crawler.record.crawl_state import CrawlContext
from differ.compare import DIFFER
from differ.weigh import weigh
from letters.change import ChangeKind, Edit, Significance, Window
from letters.visit_span import VisitOutcome
from storage.derived.newest import last_served, last_visit
from storage.facts.crawls import last_directory
from storage.facts.entries import ChangeFact
from storage.facts.visits import NewChange, add_change

# Why a change without edits has its significance; one with edits is weighed by them.
_WITHOUT_EDITS = {
    ChangeKind.WITHDRAWN: (Significance.SUBSTANTIVE, "its page is no longer served"),
    ChangeKind.DELISTED: (Significance.SUBSTANTIVE, "the directory no longer lists it"),
    ChangeKind.RESTORED: (Significance.SUBSTANTIVE, "it is back"),
    ChangeKind.RELOCATED: (Significance.MINOR, "it moved, its words are the same"),
}
# What `new_letters` weighs differs by these words alone.
_NEW = "first seen after its source's directory had been read whole"
_BASELINE = "it stood there when its source was first crawled"


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """What happened to a letter, before it is a row."""

    letter_id: int
    kind: ChangeKind
    from_version: int | None
    to_version: int | None
    detected_at: datetime
    window: Window
    edits: tuple[Edit, ...] = ()
    baseline: bool = False  # published, and no crawl can say that it was not there before


def record_change(connection: Connection, crawl: CrawlContext, draft: ChangeDraft) -> ChangeFact:
    """Record a change and return what the ledger keeps of it."""
    significance, reason = _significance(crawl, draft)
    new = NewChange(
        letter_id=draft.letter_id,
        crawl_id=crawl.id,
        source=crawl.source,
        kind=draft.kind,
        significance=significance,
        reason=reason,
        from_version=draft.from_version,
        to_version=draft.to_version,
        detected_at=draft.detected_at,
        window=_in_order(connection, crawl.source, draft),
        edits=draft.edits,
        differ=DIFFER,
        announced_at=crawl.now(),
        baseline=draft.baseline,
    )
    crawl.tally.change_recorded(draft.letter_id, draft.kind)
    fact = add_change(connection, new)
    announce(connection, crawl.job.subscriptions, fact.id, new)
    return fact


def significance_of(kind: ChangeKind, edits: tuple[Edit, ...]) -> tuple[Significance, str]:
    """Return how much a change matters, and why."""
    significance, reason = weigh(edits) if edits else _WITHOUT_EDITS[kind]
    if kind is ChangeKind.RESTORED:  # that it was away matters more than a comma
        significance = Significance.SUBSTANTIVE
    return significance, reason


def _significance(crawl: CrawlContext, draft: ChangeDraft) -> tuple[Significance, str]:
    if draft.kind is ChangeKind.PUBLISHED:
        return crawl.job.new_letters, _BASELINE if draft.baseline else _NEW
    return significance_of(draft.kind, draft.edits)


def _in_order(connection: Connection, source: str, draft: ChangeDraft) -> Window:
    """Return the window of a change, which never ends before it begins.

    Where a clock was set back between two visits, the newest visit that showed the old
    state is later than the first that showed the new. Then the window begins at the
    newest one that is not: it is wider, and still true. With none it has no beginning.
    """
    window, letter_id = draft.window, draft.letter_id
    if window.after is None or window.after <= window.before:
        return window
    if draft.kind is ChangeKind.DELISTED:
        after = last_directory(connection, source, window.before)
    elif draft.kind is ChangeKind.RESTORED:
        after = last_visit(connection, letter_id, VisitOutcome.GONE, window.before)
    else:
        after = last_served(connection, letter_id, window.before)
    return Window(after, window.before)
