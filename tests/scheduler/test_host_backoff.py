"""A host that is down is not tried for each of its sources in turn."""

from datetime import UTC, datetime

from scheduler.host_backoff import FIRST, LONGEST, HostBackoff

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def test_other_sources_of_a_host_that_failed_wait() -> None:
    rests = HostBackoff()
    rests.failed("gov.example", "proposals", NOW)
    assert rests.until("gov.example", "suggestions", NOW) == NOW + FIRST
    assert rests.until("other.example", "suggestions", NOW) is None
    assert rests.until("gov.example", "suggestions", NOW + FIRST) is None


def test_the_source_that_failed_keeps_its_schedule() -> None:
    rests = HostBackoff()
    rests.failed("gov.example", "proposals", NOW)
    assert rests.until("gov.example", "proposals", NOW) is None


def test_each_failure_doubles_the_wait_and_an_answer_ends_it() -> None:
    rests = HostBackoff()
    for _ in range(3):
        rests.failed("gov.example", "proposals", NOW)
    assert rests.until("gov.example", "suggestions", NOW) == NOW + 4 * FIRST
    for _ in range(20):
        rests.failed("gov.example", "proposals", NOW)
    assert rests.until("gov.example", "suggestions", NOW) == NOW + LONGEST
    rests.answered("gov.example")
    assert rests.until("gov.example", "suggestions", NOW) is None
