"""The first page shows the queue and its workers, in both languages, where there is a queue."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from storage.queue.queue_state import QueueState, WorkerState

AT = datetime(2026, 11, 24, 1, 2, tzinfo=UTC)  # 09:02 in Beijing
ONE = WorkerState("one", "0.1.0", AT, None, ("city", "town"))
TWO = WorkerState("two", "0.2.0", AT, "the service is fuhan 0.1.0", ())
IDLE = WorkerState("three", "0.1.0", AT, None, ())

Visitor = Callable[..., TestClient]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "3 crawls wait, 2 are running.",
                "city, town",
                "waits: the service is fuhan 0.1.0",
                "idle",
            ],
        ),
        (
            "zh",
            ["排队 3 次，进行中 2 次。", "city, town", "等待：the service is fuhan 0.1.0", "空闲"],
        ),
    ],
)
def test_workers_are_shown_with_what_they_do(
    visitor: Visitor, language: str, words: list[str]
) -> None:
    page = visitor(queue=QueueState(3, AT, (ONE, TWO, IDLE))).get(f"/?lang={language}").text
    assert [each for each in [*words, "2026-11-24 09:02", "0.2.0"] if each not in page] == []


def test_a_queue_without_workers_is_a_warning(visitor: Visitor) -> None:
    page = visitor(queue=QueueState(1, AT, ())).get("/?lang=en").text
    assert "No worker runs: nobody takes what waits." in page


def test_without_a_queue_nothing_is_said_of_one(browser: TestClient) -> None:
    page = browser.get("/?lang=en").text
    assert "Queue and workers" not in page
