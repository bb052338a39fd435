"""A clock that was set wrong for one crawl makes windows wider, never false."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from replica.compose import compose
from replica.nights import edit
from replica.server import Replica
from scheduler.due import Schedule, due_at

DAY = 86400.0


@pytest.fixture
def small(tmp_path: Path, watch: Callable[..., Any], quick: Callable[..., Any]) -> Iterator[Any]:
    with Replica(compose(letters=6, suggestions=0)) as served:
        yield quick(served, watch(tmp_path, served.listing("proposal")))


@pytest.mark.parametrize("late", [DAY, -DAY])
def test_an_edit_between_two_clocks_has_a_window_that_holds_it(small: Any, late: float) -> None:
    small.crawl()
    small.crawl(late)
    happened = datetime.now(UTC)
    edit(small.replica.directory.documents[0], "401121", "401122")
    assert small.crawl()["edited"] == 1
    (change,) = small.changes()
    after = datetime.fromisoformat(change["window"]["after"])
    assert after < happened < datetime.fromisoformat(change["window"]["before"])
    small.assert_sound()


@pytest.mark.parametrize("late", [DAY, -DAY])
def test_what_is_taken_away_while_the_clock_is_wrong_is_told_once_and_in_order(
    small: Any, late: float
) -> None:
    gone, hidden = small.replica.directory.documents[:2]
    small.crawl()
    small.crawl(late)
    gone.served, gone.is_listed, hidden.is_listed = "gone", False, False
    crawls = [small.crawl() for _ in range(2)]
    assert [each["withdrawn"] for each in crawls] == [0, 1]
    assert [each["delisted"] for each in crawls] == [0, 1]
    gone.served, gone.is_listed, hidden.is_listed = "page", True, True
    assert small.crawl()["restored"] == 2
    assert small.crawl()["outcome"] == "complete"
    changes = small.changes()
    assert [each["kind"] for each in changes[:2]] in (
        ["withdrawn", "delisted"],
        ["delisted", "withdrawn"],
    )
    for change in changes:
        window = change["window"]
        assert window["after"] is None or window["after"] < window["before"]
    assert len(changes) == 4
    small.assert_sound()


def test_a_source_crawled_in_the_future_is_crawled_now() -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    schedule = Schedule(every=timedelta(hours=6))
    assert due_at("s", schedule, now + timedelta(days=1), now) == now
