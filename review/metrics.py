"""What Prometheus collects: counts from the archive, and when sources are crawled."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from prometheus_client import CollectorRegistry, Gauge, Metric, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from letters.change import ChangeKind, Significance
from letters.crawl_record import CrawlOutcome, SourceState
from letters.letter_record import Status
from review.settings import ServiceState
from storage import queries
from storage.database.archive import Archive
from storage.database.errors import StorageError
from storage.queries import ChangeFilter, LetterFilter

_UP = ("fuhan_up", "Whether the schedule runs and the database can be read.")
_WHOLE = re.compile(rb"\.0$", re.MULTILINE)
_OF_LAST_CRAWL = {
    "listed": "Letters that the directory listed at the last crawl.",
    "fetched": "Letters that the last crawl fetched.",
    "requests": "Requests that the last crawl made.",
    "bytes": "Bytes that the last crawl received.",
}


class ArchiveCollector(Collector):
    """Counts what is on record at the moment of the scrape."""

    def __init__(self, archive: Archive, service: ServiceState) -> None:
        self._archive = archive
        self._service = service

    def collect(self) -> Iterable[Metric]:
        """Return all metrics; a time that is not known has no sample. Raises StorageError."""
        up = GaugeMetricFamily(*_UP, value=int(self._service.trouble() is None))
        with self._archive.reading() as connection:
            states = queries.sources(connection)
            counts = [
                _letters(connection, states),
                _changes(connection),
                _baseline_letters(connection),
                _drift_alarms(connection, states),
            ]
        next_crawls = {source: at.timestamp() for source, at in self._service.next_runs().items()}
        return [
            up,
            *counts,
            *_last_crawls(states),
            _by_source(
                "next_crawl_timestamp_seconds", "When the source is crawled next.", next_crawls
            ),
        ]


def exposition(archive: Archive, service: ServiceState) -> bytes:
    """Return all metrics as text (format 0.0.4); `fuhan_up 0` alone where the archive fails."""
    registry = CollectorRegistry()
    registry.register(ArchiveCollector(archive, service))
    try:
        return _text(registry)
    except StorageError:
        return _text(_down())


def _down() -> CollectorRegistry:
    registry = CollectorRegistry()
    Gauge(*_UP, registry=registry).set(0)
    return registry


def _text(registry: CollectorRegistry) -> bytes:
    # The library writes 0.0; who compares lines expects `fuhan_up 0`, as docs/contract.md has it.
    return _WHOLE.sub(b"", generate_latest(registry))


def _letters(connection: Any, states: Sequence[SourceState]) -> Metric:
    metric = GaugeMetricFamily(
        "fuhan_letters", "Letters on record, by status.", labels=["source", "status"]
    )
    for state in states:
        for status in Status:
            filters = LetterFilter(source=state.source, status=status)
            count = queries.count_letters(connection, filters)
            metric.add_metric([state.source, status.value], count)
    return metric


def _changes(connection: Any) -> Metric:
    metric = CounterMetricFamily(
        "fuhan_changes",
        "Changes, without letters of first crawls.",
        labels=["kind", "significance"],
    )
    for kind in ChangeKind:
        for significance in Significance:
            filters = ChangeFilter(kind=kind, significance=significance, baseline=False)
            count = queries.count_changes(connection, filters)
            metric.add_metric([kind.value, significance.value], count)
    return metric


def _baseline_letters(connection: Any) -> Metric:
    count = queries.count_changes(connection, ChangeFilter(baseline=True))
    return CounterMetricFamily(
        "fuhan_baseline_letters", "Letters of first crawls, which are no news.", value=count
    )


def _drift_alarms(connection: Any, states: Sequence[SourceState]) -> Metric:
    alarms = {
        state.source: float(queries.open_alarm(connection, state.source) is not None)
        for state in states
    }
    help_text = "Whether an alarm of drift is open, which freezes the source's versions."
    return _by_source("drift_alarm", help_text, alarms)


def _last_crawls(states: Sequence[SourceState]) -> Iterator[Metric]:
    yield _by_source(
        "last_success_timestamp_seconds",
        "When the last complete crawl finished.",
        {state.source: state.last_success.timestamp() for state in states if state.last_success},
    )
    crawls = {state.source: state.last_crawl for state in states if state.last_crawl}
    for name, help_text in _OF_LAST_CRAWL.items():
        counts = {source: getattr(crawl, name) for source, crawl in crawls.items()}
        yield _by_source(f"last_crawl_{name}", help_text, counts)
    yield _by_source(
        "last_crawl_complete",
        "Whether the last crawl read the directory to its end and judged every due letter.",
        {
            source: float(crawl.outcome is CrawlOutcome.COMPLETE)
            for source, crawl in crawls.items()
        },
    )


def _by_source(name: str, help_text: str, values: dict[str, float]) -> Metric:
    metric = GaugeMetricFamily(f"fuhan_{name}", help_text, labels=["source"])
    for source, value in values.items():
        metric.add_metric([source], value)
    return metric
