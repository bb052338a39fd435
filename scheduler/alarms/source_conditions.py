"""What is wrong with sources, by how their crawls ended and what these read.

Each rule waits until one crawl more could not say otherwise: an outage for the second crawl that
fails, fewer letters for the second that reads fewer, an overdue crawl for the one after it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from statistics import median, mode

from letters.alarm import Alarm, AlarmKind
from letters.counted import counted
from scheduler.alarms.facts import Facts
from scheduler.alarms.failure_kinds import failure_kind, is_refusal, is_unanswered
from scheduler.alarms.quiet import quiet_since
from scheduler.due import Schedule, due_at
from scheduler.scheduled_source import ScheduledSource
from storage.alarms.source_records import ReadCrawl, SourceRecord

SOURCE_KINDS = frozenset(
    (
        *(AlarmKind.OVERDUE, AlarmKind.UNREACHABLE, AlarmKind.BLOCKED, AlarmKind.UNREADABLE),
        *(AlarmKind.DRIFT, AlarmKind.MASS, AlarmKind.QUIET, AlarmKind.FEWER),
    )
)
_TOLERANCE = timedelta(minutes=10)  # at least, before a crawl that did not begin is overdue
_FAILURES = 2  # crawls in a row: one may be a hiccup
_FRUITLESS_CRAWLS = 3  # in a row, and as many intervals, before crawls cut off are an alarm
_FEWER_CRAWLS = 2  # in a row that read fewer than usual
_USUAL_CRAWLS = 3  # complete ones at least, by which it is said what is usual
_FEWER = 0.8  # of what was usual
_FEW = 5  # letters or pages: fewer prove nothing


def source_alarms(facts: Facts) -> Iterator[Alarm]:
    """Yield the alarms of all sources that stand."""
    by_host: dict[str, list[ScheduledSource]] = defaultdict(list)
    for source in facts.sources.values():
        by_host[source.host].append(source)
    for host, sources in by_host.items():
        records = [facts.records[each.name] for each in sources if each.name in facts.records]
        outages = {alarm.source: alarm for alarm in outage_alarms(host, records)}
        yield from outages.values()
        waits = any(is_unanswered(each.reason) for each in outages.values())
        for source in sources:
            yield from _of_source(facts, source, is_out=source.name in outages, waits=waits)


def _of_source(
    facts: Facts, source: ScheduledSource, *, is_out: bool, waits: bool
) -> Iterator[Alarm]:
    record = facts.records.get(source.name)
    if not waits:  # else for its host, which does not answer
        yield from _overdue(facts, source, record)
    if record and not is_out:
        yield from _fruitless(facts, source, record)
        yield from _quiet(record)
        if source.name not in facts.drifts:
            yield from _fewer(record)
    if drift := facts.drifts.get(source.name):
        yield Alarm(AlarmKind.DRIFT, drift.reason, drift.raised_at, source.name)
    if held := facts.held.get(source.name):
        are_held = f"{counted(held.count, 'change')} {'is' if held.count == 1 else 'are'} held"
        reason = f"{are_held}: a large share of the source changed at once"
        yield Alarm(AlarmKind.MASS, reason, held.since, source.name)


def outage_alarms(host: str, records: Sequence[SourceRecord]) -> Iterator[Alarm]:
    """Yield an alarm for each source whose last crawls failed.

    It is one of the whole host where none of its sources was read since the first failed, and the
    host gave no answer; where it did, such as 404, only if all of its sources fail.
    """
    failing = [each for each in records if each.failures >= _FAILURES]
    starts = [each.failed_since for each in failing if each.failed_since]
    if not starts:
        return
    first = min(starts)
    is_out = len(failing) == len(records) or any(is_unanswered(each.reason) for each in failing)
    is_read = any(each.succeeded_at and each.succeeded_at > first for each in records)
    for each in failing:
        reason = each.reason or "no answer came"
        yield Alarm(
            failure_kind(reason),
            reason,
            each.failed_since or first,
            each.source,
            host=host if is_out and not is_read else None,
        )


def _overdue(
    facts: Facts, source: ScheduledSource, record: SourceRecord | None
) -> Iterator[Alarm]:
    """Yield an alarm where no crawl began until the one after it was due too.

    A service that was started, or whose machine slept, is given as long to make up for that; so
    is a source that was added, resumed or given another schedule.
    """
    planned = facts.planned_since.get(source.name)
    moments = [record.started_at if record else None, facts.serving_since, planned]
    if facts.serving_since and facts.jump:
        moments.append(facts.jump.at)
    begun = max((each for each in moments if each), default=None)
    if begun is None:
        return
    missed, late = _deadlines(source.name, source.schedule, begun)
    if facts.now > late:
        yield Alarm(
            AlarmKind.OVERDUE, "no crawl begins: is the service running?", missed, source.name
        )


@lru_cache(maxsize=50_000)
def _deadlines(source: str, schedule: Schedule, begun: datetime) -> tuple[datetime, datetime]:
    """Return when the crawl after one that began is due, and from when on it is overdue."""
    missed = due_at(source, schedule, begun, begun)
    after = due_at(source, schedule, missed, missed)
    return missed.astimezone(UTC), max(after, missed + _TOLERANCE)


def _fruitless(facts: Facts, source: ScheduledSource, record: SourceRecord) -> Iterator[Alarm]:
    """Yield an alarm where crawls begin as they should, and all are cut off or fail.

    Only after three intervals and three crawls: a crawl may take longer than its interval.
    """
    ended = record.begun - (record.crawl_id in facts.going_on)
    since = record.succeeded_at or record.begun_since
    if since is None or ended < _FRUITLESS_CRAWLS:
        return
    after = since
    for _ in range(_FRUITLESS_CRAWLS):
        after = due_at(source.name, source.schedule, after, after)
    if facts.now > after + _TOLERANCE:
        yield Alarm(AlarmKind.OVERDUE, "all crawls failed or were cut off", since, source.name)


def _quiet(record: SourceRecord) -> Iterator[Alarm]:
    """Yield an alarm where the directory brings nothing new for longer than it ever did."""
    if record.succeeded_at is None or record.listed is None:
        return
    since = quiet_since(record.listed, record.arrived_on, record.succeeded_at.date())
    if since:
        reason = "nothing new for longer than ever before"
        at = datetime(since.year, since.month, since.day, tzinfo=UTC)
        yield Alarm(AlarmKind.QUIET, reason, at, record.source)


def _fewer(record: SourceRecord) -> Iterator[Alarm]:
    """Yield an alarm where the last two crawls read fewer letters than usual.

    Usual is the median of the complete ones before them, three at least. Where the directory is
    read and most pages are not, the site refuses, or they are read no more.
    """
    newest, before = record.read[:_FEWER_CRAWLS], record.read[_FEWER_CRAWLS:]
    if len(newest) < _FEWER_CRAWLS or record.succeeded_at is None:
        return
    since = newest[-1].started_at or record.succeeded_at
    if all(each.errors >= _FEW and each.errors > each.fetched for each in newest):
        refused = sum(map(is_refusal, record.refusals)) * 2 > len(record.refusals)
        kind = AlarmKind.BLOCKED if refused else AlarmKind.FEWER
        reason = "most pages that were asked for could not be read"
        if record.refusals:
            reason = f"{reason}: {mode(record.refusals)}"
        yield Alarm(kind, reason, since, record.source)
    elif usual := _usual(before):
        most = max(each.listed for each in newest)
        if most < _FEWER * usual and usual - most >= _FEW:
            reason = f"the directory listed {most} letters, {usual} are usual"
            yield Alarm(AlarmKind.FEWER, reason, since, record.source)


def _usual(crawls: Iterable[ReadCrawl]) -> int | None:
    listed = [each.listed for each in crawls if each.is_complete]
    return int(median(listed)) if len(listed) >= _USUAL_CRAWLS else None
