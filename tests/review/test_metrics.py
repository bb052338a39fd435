"""Which metrics there are, and that what Prometheus reads is what the archive holds."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from review.metrics import exposition
from storage import queries
from storage.database.archive import Archive

# Alert rules of operators name them: none goes, none changes its labels.
METRICS = {
    "fuhan_up": ("gauge", set()),
    "fuhan_letters": ("gauge", {"source", "status"}),
    "fuhan_changes": ("counter", {"kind", "significance"}),
    "fuhan_baseline_letters": ("counter", set()),
    "fuhan_drift_alarm": ("gauge", {"source"}),
    "fuhan_last_success_timestamp_seconds": ("gauge", {"source"}),
    "fuhan_last_crawl_listed": ("gauge", {"source"}),
    "fuhan_last_crawl_fetched": ("gauge", {"source"}),
    "fuhan_last_crawl_requests": ("gauge", {"source"}),
    "fuhan_last_crawl_bytes": ("gauge", {"source"}),
    "fuhan_last_crawl_complete": ("gauge", {"source"}),
    "fuhan_next_crawl_timestamp_seconds": ("gauge", {"source"}),
}
ODD = 'a"b\\c\nd'


class Service:
    def trouble(self) -> str | None:
        return "the schedule does not run"

    def next_runs(self) -> dict[str, datetime]:
        return {ODD: datetime(2026, 11, 24, 1, 2, 3, 456789, tzinfo=UTC)}


def read(text: str) -> dict[str, Metric]:
    return {each.name: each for each in text_string_to_metric_families(text)}


@pytest.fixture
def metrics(archive: Archive) -> dict[str, Metric]:
    return read(exposition(archive, Service()).decode())


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
    assert set(read(answer.text)) == set(METRICS)


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
