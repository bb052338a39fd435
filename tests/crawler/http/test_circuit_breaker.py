"""When a host is left alone, and for how long."""

from datetime import UTC, datetime

import pytest

from crawler.http.circuit_breaker import (
    FAILURES_TO_OPEN,
    PAUSES,
    WAITING_BUDGET,
    CircuitBreaker,
    retry_after,
)

DELAY = 2.0


def tired(breaker: CircuitBreaker, now: float = 0.0) -> float:
    """Fail until the host is left to rest, each time at once; return the time."""
    for _ in range(FAILURES_TO_OPEN):
        breaker.record_failure(now, now)
    return now


def test_few_failures_in_a_row_are_borne() -> None:
    breaker = CircuitBreaker(DELAY)
    for _ in range(FAILURES_TO_OPEN - 1):
        breaker.record_failure(0.0, 0.0)
    assert breaker.paused_until == 0.0
    breaker.record_answer(1.0, blocked=False)
    breaker.record_failure(2.0, 2.0)
    assert breaker.paused_until == 0.0


def test_rests_grow_and_then_the_host_is_given_up() -> None:
    breaker = CircuitBreaker(DELAY)
    now = tired(breaker)
    for pause in PAUSES:
        assert breaker.paused_until == now + DELAY * pause
        assert breaker.open_reason is None
        now = breaker.paused_until
        breaker.record_failure(now, now)
    assert (
        breaker.open_reason
        == f"not tried: {FAILURES_TO_OPEN + len(PAUSES)} requests in a row had no answer"
    )


def test_what_was_in_flight_when_the_rest_began_does_not_count_against_it() -> None:
    breaker = CircuitBreaker(DELAY)
    now = tired(breaker)
    breaker.record_failure(now - 1.0, now)
    assert breaker.paused_until == now + DELAY * PAUSES[0]


def test_one_answer_ends_the_pauses() -> None:
    breaker = CircuitBreaker(DELAY)
    now = tired(breaker)
    breaker.record_answer(now + DELAY * PAUSES[0], blocked=False)
    again = tired(breaker, 1000.0)
    assert breaker.paused_until == again + DELAY * PAUSES[0]


def test_time_spent_in_vain_is_bounded() -> None:
    breaker = CircuitBreaker(DELAY)
    for place in range(100):
        breaker.record_failure(place * 100.0, place * 100.0 + 30.0)
        breaker.record_answer(place * 100.0 + 40.0, blocked=False)
    assert (
        breaker.open_reason == f"not tried: {WAITING_BUDGET:.0f} s were spent waiting for answers"
    )


def test_a_host_that_blocks_is_asked_more_slowly() -> None:
    breaker = CircuitBreaker(DELAY)
    breaker.record_answer(0.0, blocked=True)
    first = breaker.paused_until
    breaker.record_answer(0.0, blocked=True)
    assert breaker.paused_until > first > DELAY
    assert breaker.open_reason is None


@pytest.mark.parametrize(("seconds", "given_up"), [(5.0, False), (299.0, False), (3600.0, True)])
def test_a_server_that_asks_to_wait_is_waited_for_within_reason(
    seconds: float, given_up: object
) -> None:
    breaker = CircuitBreaker(DELAY)
    breaker.record_retry_after(10.0, seconds)
    assert breaker.paused_until == 10.0 + seconds
    assert (breaker.open_reason is not None) == given_up


def test_retry_after_is_seconds_or_a_date() -> None:
    now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert retry_after(b"30", now) == 30.0
    assert retry_after(b"Tue, 24 Nov 2026 12:01:00 GMT", now) == 60.0
    assert retry_after(b"Tue, 24 Nov 2026 11:00:00 GMT", now) == 0.0
    assert retry_after(b"later", now) is None
    assert retry_after(None, now) is None
