"""What Prometheus collects: counts from the archive, and when sources are crawled.

The text format is written here: each source has ten samples, and for those of five hundred sources
the library's own writer takes as long as a scrape may. Tests read it with the library's parser.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from letters.change import ChangeKind, Significance
from letters.crawl_record import CrawlOutcome
from letters.letter_record import Status
from review.kept_answers import KeptAnswers, MadeAnswer, made_answer, packed_response
from review.settings import ServiceState
from storage import queries
from storage.database.archive import Archive
from storage.database.errors import StorageError
from storage.outbox.channel_states import channel_states
from storage.outbox.notices import waiting
from storage.queries import LastCrawl
from storage.queue.queue_state import QueueState

_UP = ("up", "Whether the schedule runs and the database can be read.")
_TYPE = "text/plain; version=0.0.4"
_OF_LAST_CRAWL = {
    "listed": "Letters that the directory listed at the last crawl.",
    "fetched": "Letters that the last crawl fetched.",
    "requests": "Requests that the last crawl made.",
    "bytes": "Bytes that the last crawl received.",
}
_STATUSES = [status.value for status in Status]
_ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", '"': r"\""})


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric with its samples."""

    name: str  # without fuhan_
    explanation: str
    samples: Mapping[str, float]  # value by labels, as `{name="value"}` or nothing
    type: str = "gauge"  # or counter

    def lines(self) -> Iterator[str]:
        """Yield the metric as lines of the text format 0.0.4."""
        name = f"fuhan_{self.name}"
        yield f"# HELP {name} {self.explanation}\n# TYPE {name} {self.type}\n"
        for labels, value in self.samples.items():
            yield f"{name}{labels} {str(value).removesuffix('.0')}\n"


class Metrics:
    """Answers scrapers: what the archive holds is read again once anything was written there."""

    def __init__(self, archive: Archive, service: ServiceState) -> None:
        self._archive = archive
        self._service = service
        self._kept = KeptAnswers(archive)
        self._last: tuple[Any, MadeAnswer] = None, MadeAnswer(b"", b"")  # and what it is made of

    def answer(self, request: Request) -> Response:
        """Answer with all metrics."""
        made = self.exposition()
        return packed_response(request, PlainTextResponse(made.body, media_type=_TYPE), made)

    def exposition(self) -> MadeAnswer:
        """Return all metrics (text format 0.0.4); `fuhan_up 0` alone where the archive fails."""
        up, runs = int(self._service.trouble() is None), dict(self._service.next_runs())
        queue = _text(_queue(self._service.queue_state()))
        try:
            of_archive = self._kept.get("archive", None, self._of_archive).body
        except StorageError:
            return made_answer(_text([Metric(*_UP, {"": 0})]))
        known, answer = self._last
        if known != (inputs := (of_archive, up, runs, queue)):
            beside = _text([Metric(*_UP, {"": up}), _next_crawls(runs)])
            answer = made_answer(beside + of_archive + queue)
            self._last = inputs, answer
        return answer

    def _of_archive(self) -> MadeAnswer:
        with self._archive.reading() as connection:
            return MadeAnswer(_text(_metrics(connection)), b"")


def _text(metrics: Iterable[Metric]) -> bytes:
    return "".join(line for metric in metrics for line in metric.lines()).encode()


def _metrics(connection: Any) -> Iterator[Metric]:
    """Yield what is read from the archive; a time that is not known has no sample."""
    last_crawls = queries.last_crawls(connection)
    yield _letters(connection, last_crawls)
    yield from _changes(connection)
    is_open = queries.open_drift_alarms(connection)
    yield _by_source(
        "drift_alarm",
        "Whether an alarm of drift is open, which freezes the source's versions.",
        {source: int(source in is_open) for source in last_crawls},
    )
    yield _alarms(connection)
    yield from _last_crawls(last_crawls)
    yield from _alerts(connection)


def _next_crawls(runs: Mapping[str, datetime]) -> Metric:
    return _by_source(
        "next_crawl_timestamp_seconds",
        "When the source is crawled next.",
        {source: at.timestamp() for source, at in runs.items()},
    )


def _queue(state: QueueState | None) -> Iterator[Metric]:
    """Yield how the queue is; nothing where there is none."""
    if state is None:
        return
    age = (datetime.now(UTC) - state.oldest).total_seconds() if state.oldest else 0
    yield Metric("queue_waiting", "Crawls in the queue that have not begun.", {"": state.waiting})
    yield Metric("queue_running", "Crawls that workers are running.", {"": state.running})
    explanation = "How long the crawl has waited that was ordered first; 0 where none waits."
    yield Metric("queue_oldest_age_seconds", explanation, {"": max(age, 0)})
    waiting = sum(worker.waits is not None for worker in state.workers)
    working = len(state.workers) - waiting
    by_state = {'{state="working"}': working, '{state="waiting"}': waiting}
    yield Metric("workers", "Workers that live; a waiting one runs no crawls.", by_state)
    versions = Counter(worker.version for worker in state.workers)
    yield Metric(
        "workers_by_version",
        "Workers that live, by their version of fuhan.",
        {
            f'{{version="{version.translate(_ESCAPES)}"}}': count
            for version, count in versions.items()
        },
    )


def _letters(connection: Any, sources: Collection[str]) -> Metric:
    counts = queries.letters_by_status(connection)
    samples = {
        f'{{{label},status="{status}"}}': counts.get((source, status), 0)
        for source, label in zip(sources, map(_label, sources), strict=True)
        for status in _STATUSES
    }
    return Metric("letters", "Letters on record, by status.", samples)


def _changes(connection: Any) -> Iterator[Metric]:
    counts = queries.changes_by_kind(connection)
    news = {
        f'{{kind="{kind}",significance="{weight}"}}': counts.get((kind, weight, False), 0)
        for kind in ChangeKind
        for weight in Significance
    }
    yield Metric("changes_total", "Changes, without letters of first crawls.", news, "counter")
    first_letters = sum(count for (*_, baseline), count in counts.items() if baseline)
    explanation = "Letters of first crawls, which are no news."
    yield Metric("baseline_letters_total", explanation, {"": first_letters}, "counter")


def _alarms(connection: Any) -> Metric:
    """Return how many alarms stand; those of the service have an empty source."""
    counts = Counter((each.kind, each.source or "") for each in queries.open_alarms(connection))
    samples = {
        f'{{kind="{kind}",{_label(source)}}}': count for (kind, source), count in counts.items()
    }
    return Metric("alarms", "Alarms that stand; source is empty for the service.", samples)


def _last_crawls(crawls: Mapping[str, LastCrawl]) -> Iterator[Metric]:
    succeeded = {source: crawl.last_success for source, crawl in crawls.items()}
    yield _by_source(
        "last_success_timestamp_seconds",
        "When the last complete crawl finished.",
        {source: at.timestamp() for source, at in succeeded.items() if at},
    )
    begun = {source: crawl for source, crawl in crawls.items() if crawl.counts is not None}
    for name, explanation in _OF_LAST_CRAWL.items():
        counts = {source: (crawl.counts or {}).get(name, 0) for source, crawl in begun.items()}
        yield _by_source(f"last_crawl_{name}", explanation, counts)
    yield _by_source(
        "last_crawl_complete",
        "Whether the last crawl read the directory to its end and judged every due letter.",
        {source: int(crawl.outcome is CrawlOutcome.COMPLETE) for source, crawl in begun.items()},
    )


def _alerts(connection: Any) -> Iterator[Metric]:
    """Yield how alert channels do; nothing where none was ever to be sent anything."""
    waits, states = waiting(connection), channel_states(connection)
    if not (names := sorted({*waits, *states})):
        return
    pending = {name: waits[name].count if name in waits else 0 for name in names}
    yield _by_channel("alerts_pending", "Changes and alarms that wait to be sent.", pending)
    explanation = "Since when the channel confirms nothing; no sample where it does."
    failing = {name: each.failed_since for name, each in states.items()}
    since = {name: at.timestamp() for name, at in failing.items() if at}
    yield _by_channel("alerts_failed_since_timestamp_seconds", explanation, since)
    failures = {name: each.failures for name, each in states.items()}
    yield _by_channel("alerts_failures", "Messages in a row that were not confirmed.", failures)


def _by_channel(name: str, explanation: str, values: Mapping[str, float]) -> Metric:
    samples = {
        f'{{channel="{channel.translate(_ESCAPES)}"}}': value for channel, value in values.items()
    }
    return Metric(name, explanation, samples)


def _by_source(name: str, explanation: str, values: Mapping[str, float]) -> Metric:
    samples = {f"{{{_label(source)}}}": value for source, value in values.items()}
    return Metric(name, explanation, samples)


@lru_cache(maxsize=20_000)  # each source has a dozen samples
def _label(source: str) -> str:
    """Return the label that names a source, escaped as the format has it."""
    return f'source="{source.translate(_ESCAPES)}"'
