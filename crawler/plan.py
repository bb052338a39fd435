"""Which letters a crawl visits, and in which order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import inf

from letters.addresses import DirectoryRow, KnownAddress
from letters.letter_record import Status
from letters.visit_span import VisitOutcome

LONGEST_INTERVAL = timedelta(days=30)  # no letter waits longer for a visit, whatever its rate
# The prior of a letter's rate of edits: so many edits in so many days of its first month, fewer
# as it grows old. Most quiet edits on record were made soon after publication.
PRIOR_EDITS = 0.5
PRIOR_DAYS = 60.0
AGE_SCALE = 30.0  # days over which the expected rate halves

DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Plan:
    """The addresses to visit: letters that may have moved first, to know a move as one."""

    first: tuple[KnownAddress, ...]  # known letters that are not listed
    others: tuple[KnownAddress, ...]  # new ones first


def make_plan(
    known: Iterable[KnownAddress],
    listed: frozenset[str],
    changed: frozenset[str],
    budget: int | None,
    now: datetime,
) -> Plan:
    """Return what to visit now.

    `listed` holds the keys of the rows that the directory shows, `changed` those
    whose title or date differs from the last time. `budget` bounds the visits that
    only look for quiet edits; None visits every letter.
    """
    known = list(known)
    first, due, calm = [], [], []
    for each in known:
        if each.letter_id is None:
            if each.key in listed or _is_asked_for(each):
                due.append(each)
        elif each.key not in listed and each.status is not Status.WITHDRAWN:
            first.append(each)
        elif each.key in changed or _is_unsettled(each):
            due.append(each)
        else:
            calm.append(each)
    urgencies = {each.id: urgency(each, now) for each in calm}
    calm.sort(key=lambda each: urgencies[each.id], reverse=True)
    overdue = sum(each == inf for each in urgencies.values())
    revisits = calm if budget is None else calm[: max(budget, overdue)]
    return Plan(tuple(first), (*due, *revisits))


def as_listed(
    known: Iterable[KnownAddress], rows: Mapping[str, DirectoryRow], at: datetime
) -> Iterator[KnownAddress]:
    """Yield addresses as they are on record once a directory is, which was read at `at`.

    `rows` are its rows by their keys. To load a large source's addresses again takes a second.
    """
    for each in known:
        row = rows.get(each.key)
        if row is None or _is_as_before(each, row):
            yield each
        else:
            yield replace(
                each,
                url=row.url,
                first_listed_at=each.first_listed_at or at,
                listed_title=row.title,
                listed_on=row.listed_on,
            )


def _is_as_before(known: KnownAddress, row: DirectoryRow) -> bool:
    on_record = known.url, known.listed_title, known.listed_on
    return known.first_listed_at is not None and on_record == (row.url, row.title, row.listed_on)


def urgency(known: KnownAddress, now: datetime) -> float:
    """Return λτ²: the mean delay until an edit is seen is least where visits follow it.

    λ is the letter's expected rate of edits, τ the time since its last visit; both in
    days. Infinite once the longest interval has passed, so that no letter starves.
    """
    if known.visited_at is None or known.first_seen is None:
        return inf
    if now - known.visited_at >= LONGEST_INTERVAL:
        return inf
    age = max((now - known.first_seen).total_seconds() / DAY, 0.0)
    waited = max((now - known.visited_at).total_seconds() / DAY, 0.0)
    prior = PRIOR_EDITS / (1 + age / AGE_SCALE)
    rate = (prior + known.edits) / (PRIOR_DAYS + age)
    return rate * waited**2


def _is_asked_for(known: KnownAddress) -> bool:
    """Return whether a page asked for by its URL waits until it is known whose it is."""
    return known.first_listed_at is None and known.outcome is VisitOutcome.BROKEN


def _is_unsettled(known: KnownAddress) -> bool:
    """Return whether a question is left: a failed visit or file, a page back on the list."""
    settled: Sequence[Status] = (Status.PUBLISHED,)
    is_open = known.outcome is not VisitOutcome.LETTER or known.has_open_files
    return known.status not in settled or is_open
