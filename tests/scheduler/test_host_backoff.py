"""A host that is down is not tried for each of its sources in turn."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from scheduler.host_backoff import FIRST_WAIT, LONGEST_WAIT, HostBackoff
from storage.queries import FailedCrawl, LastAnswer

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def test_other_sources_of_a_host_that_failed_wait() -> None:
    backoff = HostBackoff()
    backoff.record_failure("gov.example", "proposals", NOW)
    assert backoff.wait_until("gov.example", "suggestions", NOW) == NOW + FIRST_WAIT
    assert backoff.wait_until("other.example", "suggestions", NOW) is None
    assert backoff.wait_until("gov.example", "suggestions", NOW + FIRST_WAIT) is None


def test_the_source_that_failed_keeps_its_schedule() -> None:
    backoff = HostBackoff()
    backoff.record_failure("gov.example", "proposals", NOW)
    assert backoff.wait_until("gov.example", "proposals", NOW) is None


def test_each_failure_doubles_the_wait_and_an_answer_ends_it() -> None:
    backoff, now, waits = HostBackoff(), NOW, []
    for _ in range(20):
        backoff.record_failure("gov.example", "proposals", now)
        before, now = now, backoff.wait_until("gov.example", "suggestions", now) or now
        waits.append(now - before)
    assert waits[:3] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert waits[-1] == LONGEST_WAIT
    backoff.record_failure("gov.example", "proposals", now)
    assert backoff.record_answer("gov.example")
    assert backoff.wait_until("gov.example", "suggestions", now) is None
    assert not backoff.record_answer("gov.example")


def test_a_source_that_fails_every_few_seconds_keeps_no_other_from_its_try() -> None:
    backoff = HostBackoff()
    for second in range(0, 600, 10):
        backoff.record_failure("gov.example", "proposals", NOW + timedelta(seconds=second))
    assert backoff.wait_until("gov.example", "suggestions", NOW) == NOW + FIRST_WAIT


HOSTS = {"proposals": "gov.example", "suggestions": "gov.example", "town": "town.example"}
MINUTE = timedelta(minutes=1)


def ago(minutes: int) -> datetime:
    return NOW - minutes * MINUTE


def failed(minutes: Sequence[int], reason: str) -> tuple[FailedCrawl, ...]:
    return tuple(FailedCrawl(ago(each), reason) for each in minutes)


@pytest.mark.parametrize(
    ("answers", "waits"),
    [
        pytest.param({}, None, id="nothing on record"),
        pytest.param(
            {"proposals": (None, [5, 70])}, 2 * FIRST_WAIT - 5 * MINUTE, id="two failures"
        ),
        pytest.param(
            {"proposals": (80, [5, 70])}, 2 * FIRST_WAIT - 5 * MINUTE, id="after an answer"
        ),
        pytest.param({"proposals": (80, [25, 70])}, None, id="long enough ago"),
        pytest.param(
            {"proposals": (None, [5, 70]), "suggestions": (30, [])},
            FIRST_WAIT - 5 * MINUTE,
            id="one came before the answer to another source of the host",
        ),
        pytest.param({"proposals": (None, [5, 70]), "suggestions": (1, [])}, None, id="an answer"),
        pytest.param({"town": (None, [1, 2, 3])}, None, id="failures of another host"),
        pytest.param({"gone": (None, [1, 2, 3])}, None, id="of a source that is watched no more"),
    ],
)
def test_what_past_crawls_say_of_hosts_is_known_after_a_restart(
    answers: dict[str, tuple[int | None, list[int]]], waits: timedelta | None
) -> None:
    """Moments are in minutes before now."""
    recorded = {
        source: LastAnswer(None if at is None else ago(at), failed(failures, "timed out"))
        for source, (at, failures) in answers.items()
    }
    backoff = HostBackoff.recorded(recorded, HOSTS)
    expected = None if waits is None else NOW + waits
    assert backoff.wait_until("gov.example", "suggestions", NOW) == expected
    assert backoff.wait_until("gov.example", "proposals", NOW) is None


@pytest.mark.parametrize(
    ("reason", "waits"),
    [
        pytest.param("timed out", True, id="no answer in time"),
        pytest.param("connection refused", True, id="no connection"),
        pytest.param("host not found", True, id="no such host"),
        pytest.param("through the proxy: timed out", True, id="no answer to the proxy"),
        pytest.param("robots.txt: timed out: all is disallowed for now", True, id="to robots.txt"),
        pytest.param("HTTP 503", True, id="unavailable"),
        pytest.param("HTTP 429", True, id="too many requests"),
        pytest.param("robots.txt answered HTTP 503: all is disallowed for now", True, id="robots"),
        pytest.param("", True, id="nobody knows why"),
        pytest.param("HTTP 404", False, id="this directory is gone"),
        pytest.param("HTTP 500", False, id="this directory is broken"),
        pytest.param("HTTP 403", False, id="this directory is forbidden"),
        pytest.param("no rows were found", False, id="this directory can't be read"),
    ],
)
def test_only_a_host_that_gives_no_answer_makes_its_other_sources_wait(
    reason: str, *, waits: bool
) -> None:
    recorded = {"proposals": LastAnswer(None, failed([5], reason))}
    backoff = HostBackoff.recorded(recorded, HOSTS)
    assert (backoff.wait_until("gov.example", "suggestions", NOW) is not None) is waits


def test_any_answer_of_a_host_ends_the_wait_after_a_restart() -> None:
    recorded = {
        "proposals": LastAnswer(None, failed([8, 70], "timed out")),
        "suggestions": LastAnswer(None, failed([5], "HTTP 404")),
    }
    assert HostBackoff.recorded(recorded, HOSTS).wait_until("gov.example", "x", NOW) is None
