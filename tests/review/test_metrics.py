"""Which metrics there are, and that what Prometheus reads is what the archive holds."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from review.metrics import Metrics
from storage import queries
from storage.database.archive import Archive
from storage.queue.queue_state import QueueState, WorkerState

# Alert rules of operators name them: none goes, none changes its labels.
METRICS = {
    "fuhan_up": ("gauge", set()),
    "fuhan_letters": ("gauge", {"source", "status"}),
    "fuhan_changes": ("counter", {"kind", "significance"}),
    "fuhan_baseline_letters": ("counter", set()),
    "fuhan_drift_alarm": ("gauge", {"source"}),
    "fuhan_alarms": ("gauge", set()),  # kind and source, where one stands
    "fuhan_last_success_timestamp_seconds": ("gauge", {"source"}),
    "fuhan_last_crawl_listed": ("gauge", {"source"}),
    "fuhan_last_crawl_fetched": ("gauge", {"source"}),
    "fuhan_last_crawl_requests": ("gauge", {"source"}),
    "fuhan_last_crawl_bytes": ("gauge", {"source"}),
    "fuhan_last_crawl_complete": ("gauge", {"source"}),
    "fuhan_next_crawl_timestamp_seconds": ("gauge", {"source"}),
    "fuhan_queue_waiting": ("gauge", set()),
    "fuhan_queue_running": ("gauge", set()),
    "fuhan_queue_oldest_age_seconds": ("gauge", set()),
    "fuhan_workers": ("gauge", {"state"}),
    "fuhan_workers_by_version": ("gauge", {"version"}),
}
BEGAN = datetime(2026, 11, 24, tzinfo=UTC)
QUEUE = QueueState(
    waiting=3,
    oldest=datetime.now(UTC) - timedelta(minutes=5),
    workers=(
        WorkerState("one", "0.1.0", BEGAN, None, ("city", "town")),
        WorkerState("two", "0.2.0", BEGAN, "the service is fuhan 0.1.0", ()),
    ),
)
ODD = 'a"b\\c\nd'


class Service:
    def queue_state(self) -> QueueState:
        return QUEUE

    def trouble(self) -> str | None:
        return "the schedule does not run"

    def next_runs(self) -> dict[str, datetime]:
        return {ODD: datetime(2026, 11, 24, 1, 2, 3, 456789, tzinfo=UTC)}


def read(text: str) -> dict[str, Metric]:
    return {each.name: each for each in text_string_to_metric_families(text)}


def text_of(archive: Archive, service: Any) -> str:
    return Metrics(archive, service).exposition().body.decode()


@pytest.fixture
def metrics(archive: Archive) -> dict[str, Metric]:
    return read(text_of(archive, Service()))


def value(metric: Metric, **labels: str) -> float:
    (only,) = (each.value for each in metric.samples if each.labels == labels)
    return only


def test_there_are_these_metrics_and_none_of_the_process(metrics: dict[str, Metric]) -> None:
    shapes = {
        name: (metric.type, set().union(*(each.labels for each in metric.samples)))
        for name, metric in metrics.items()
    }
    assert shapes == METRICS


def test_each_metric_is_explained(metrics: dict[str, Metric]) -> None:
    assert all(metric.documentation.endswith(".") for metric in metrics.values())


def test_a_scrape_has_the_type_that_scrapers_expect(browser: TestClient) -> None:
    answer = browser.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    of_queue = {name for name in METRICS if name.startswith(("fuhan_queue", "fuhan_workers"))}
    assert set(read(answer.text)) == METRICS.keys() - of_queue


def test_the_values_are_those_of_the_archive(archive: Archive, metrics: dict[str, Metric]) -> None:
    with archive.reading() as connection:
        (state,) = queries.sources(connection)
    crawl, of_demo = state.last_crawl, {"source": "demo"}
    assert crawl is not None
    assert state.last_success is not None
    for name in ("listed", "fetched", "requests", "bytes"):
        assert value(metrics[f"fuhan_last_crawl_{name}"], **of_demo) == getattr(crawl, name)
    succeeded = value(metrics["fuhan_last_success_timestamp_seconds"], **of_demo)
    assert succeeded == state.last_success.timestamp()
    assert value(metrics["fuhan_last_crawl_complete"], **of_demo) == 1
    assert value(metrics["fuhan_drift_alarm"], **of_demo) == 0
    assert sum(each.value for each in metrics["fuhan_letters"].samples) == state.letters


def test_a_service_in_trouble_is_not_up_and_odd_names_are_escaped(
    metrics: dict[str, Metric],
) -> None:
    assert value(metrics["fuhan_up"]) == 0
    at = datetime(2026, 11, 24, 1, 2, 3, 456789, tzinfo=UTC).timestamp()
    assert value(metrics["fuhan_next_crawl_timestamp_seconds"], source=ODD) == at


def test_whole_numbers_are_written_as_such(visitor: Callable[..., TestClient]) -> None:
    lines = visitor(reason="ill").get("/metrics").text.splitlines()
    assert "fuhan_up 0" in lines
    assert not any(line.endswith(".0") for line in lines)


def test_the_queue_has_its_length_its_age_and_its_workers(metrics: dict[str, Metric]) -> None:
    assert value(metrics["fuhan_queue_waiting"]) == 3
    assert value(metrics["fuhan_queue_running"]) == 2
    assert value(metrics["fuhan_workers"], state="working") == 1
    assert value(metrics["fuhan_workers"], state="waiting") == 1
    assert value(metrics["fuhan_workers_by_version"], version="0.2.0") == 1
    assert 300 <= value(metrics["fuhan_queue_oldest_age_seconds"]) < 24 * 3600


def test_a_service_without_a_queue_has_no_metrics_of_one(archive: Archive) -> None:
    class Alone(Service):
        def queue_state(self) -> None:
            return None

    assert "queue" not in text_of(archive, Alone())
