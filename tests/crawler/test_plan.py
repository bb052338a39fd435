"""What a crawl looks at, and in which order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.plan import LONGEST_INTERVAL, make_plan, urgency
from letters.addresses import KnownAddress
from letters.letter_record import Status
from letters.visit_span import VisitOutcome

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


def known(number: int, *, waited: float = 1, age: float = 100, **changed: object) -> KnownAddress:
    calm = KnownAddress(
        id=number,
        key=f"gov.example/t{number}.html",
        url=f"http://gov.example/t{number}.html",
        first_listed_at=NOW - timedelta(days=age),
        listed_title="复函",
        listed_on=None,
        etag=None,
        last_modified=None,
        letter_id=number,
        left_by=None,
        status=Status.PUBLISHED,
        version=1,
        digest="0" * 64,
        first_seen=NOW - timedelta(days=age),
        edits=0,
        visited_at=NOW - timedelta(days=waited),
        outcome=VisitOutcome.LETTER,
    )
    return replace(calm, **changed)  # type: ignore[arg-type]


def new(number: int, title: str) -> KnownAddress:
    nothing = dict.fromkeys(("letter_id", "status", "version", "digest", "first_seen", "outcome"))
    return known(number, listed_title=title, visited_at=None, **nothing)


def planned(
    letters: list[KnownAddress], budget: int | None, *unlisted: int, changed: int = 0
) -> list[int]:
    listed = frozenset(each.key for each in letters if each.id not in unlisted)
    keys = frozenset(each.key for each in letters if each.id == changed)
    plan = make_plan(letters, listed, keys, budget, NOW)
    return [each.id for each in (*plan.first, *plan.others)]


def test_vanished_letters_come_first_and_new_ones_before_old() -> None:
    new = known(3, letter_id=None, status=None, outcome=None, visited_at=None, first_seen=None)
    assert planned([known(1), known(2), new], None, 2) == [2, 3, 1]


def test_a_budget_bounds_only_visits_for_quiet_edits() -> None:
    letters = [known(number) for number in range(1, 6)]
    assert planned(letters, 0) == []
    assert len(planned(letters, 3)) == 3
    assert planned(letters, 0, 4) == [4]
    assert planned(letters, 0, changed=2) == [2]


def test_a_question_of_the_last_crawl_is_asked_again_whatever_the_budget() -> None:
    open_ones = [known(1, status=Status.SUSPECT), known(2, outcome=VisitOutcome.BLOCKED), known(3)]
    assert planned(open_ones, 0) == [1, 2]


def test_a_withdrawn_letter_is_asked_for_each_time_in_case_it_came_back() -> None:
    assert planned([known(1, status=Status.WITHDRAWN), known(2)], 0, 1) == [1]


def test_letters_that_were_edited_and_young_ones_are_looked_at_sooner() -> None:
    calm, edited, young = known(1), known(2, edits=3), known(3, age=2)
    assert planned([calm, edited, young], 2) == [2, 3]


@given(st.integers(0, 3), st.floats(0, 400))
def test_no_letter_starves(budget: int, waited: float) -> None:
    letters = [known(1, waited=waited, age=4000), *(known(n, edits=50) for n in range(2, 12))]
    chosen = planned(letters, budget)
    if timedelta(days=waited) >= LONGEST_INTERVAL:
        assert 1 in chosen
        assert urgency(letters[0], NOW) == float("inf")
    else:
        assert len(chosen) == budget
