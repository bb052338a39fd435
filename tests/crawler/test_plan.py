"""In which order a crawl visits what it is given to visit."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.plan import make_plan
from letters.addresses import KnownAddress
from letters.letter_record import Status
from letters.visit_span import VisitOutcome

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


def known(number: int, **changed: object) -> KnownAddress:
    nothing = dict.fromkeys(KnownAddress.__dataclass_fields__)
    settled = replace(
        KnownAddress(**nothing),  # type: ignore[arg-type]  # what is asked for is set below
        id=number,
        first_listed_at=NOW,
        letter_id=number,
        status=Status.PUBLISHED,
        outcome=VisitOutcome.LETTER,
    )
    return replace(settled, **changed)  # type: ignore[arg-type]


def planned(
    absent: list[KnownAddress], due: list[KnownAddress], revisits: list[int]
) -> tuple[list[int], list[int]]:
    plan = make_plan(absent, due, revisits)
    first, others = ([each.id for each in those] for those in (plan.first, plan.others))
    return first, [*others, *plan.revisits]


def test_letters_that_may_have_moved_come_first_and_revisits_last_in_their_order() -> None:
    new = known(3, letter_id=None, status=None, outcome=None)
    assert planned([known(2)], [known(9), new], [5, 1]) == ([2], [3, 9, 5, 1])


def test_a_withdrawn_letter_is_asked_for_each_time_in_case_it_came_back() -> None:
    assert planned([known(1, status=Status.WITHDRAWN)], [], []) == ([], [1])


def test_a_page_asked_for_by_its_url_waits_until_it_is_known_whose_it_is() -> None:
    never_listed = known(1, letter_id=None, first_listed_at=None, outcome=VisitOutcome.BROKEN)
    read_once = replace(never_listed, id=2, outcome=VisitOutcome.GONE)
    listed_once = replace(never_listed, id=3, first_listed_at=NOW)
    assert planned([never_listed, read_once, listed_once], [], []) == ([], [1])


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (None, ([1], [2, 3], [8, 9])),
        (4, ([1], [2, 3], [8, 9])),
        (3, ([1], [2, 3], [8])),
        (1, ([1], [2], [])),
        (0, ([1], [], [])),
    ],
)
def test_a_limit_bounds_what_is_visited_beside_letters_that_may_have_moved(
    limit: int | None, expected: tuple[list[int], ...]
) -> None:
    plan = make_plan([known(1)], [known(2), known(3)], [8, 9]).within(limit)
    first, others = ([each.id for each in those] for those in (plan.first, plan.others))
    assert (first, others, list(plan.revisits)) == expected
    assert len(plan) == sum(map(len, expected))
