"""A host that is down is not tried for each of its sources in turn."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.host_backoff import FIRST_WAIT, LONGEST_WAIT, HostBackoff
from storage.queries import LastAnswer

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
        source: LastAnswer(None if at is None else ago(at), tuple(map(ago, failures)))
        for source, (at, failures) in answers.items()
    }
    backoff = HostBackoff.recorded(recorded, HOSTS)
    expected = None if waits is None else NOW + waits
    assert backoff.wait_until("gov.example", "suggestions", NOW) == expected
    assert backoff.wait_until("gov.example", "proposals", NOW) is None
