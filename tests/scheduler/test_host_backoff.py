"""A host that is down is not tried for each of its sources in turn."""

from datetime import UTC, datetime

from scheduler.host_backoff import FIRST_WAIT, LONGEST_WAIT, HostBackoff

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
    backoff = HostBackoff()
    for _ in range(3):
        backoff.record_failure("gov.example", "proposals", NOW)
    assert backoff.wait_until("gov.example", "suggestions", NOW) == NOW + 4 * FIRST_WAIT
    for _ in range(20):
        backoff.record_failure("gov.example", "proposals", NOW)
    assert backoff.wait_until("gov.example", "suggestions", NOW) == NOW + LONGEST_WAIT
    backoff.record_answer("gov.example")
    assert backoff.wait_until("gov.example", "suggestions", NOW) is None
