"""What is expected of a letter by its age, its own edits and the time for which it was watched."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.edit_rates import AGES, EditRates, class_of

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
BY_AGE = [0.02 / (1 + each) for each in range(len(AGES))]
RATES = EditRates.of(BY_AGE, 0.5)


def rate(days: float, edits: int = 0, *, listed_on: date | None = None) -> float:
    return RATES.rate(NOW - timedelta(days=days), listed_on, edits, NOW)


def test_a_letter_of_which_nothing_is_known_is_edited_as_others_of_its_age() -> None:
    assert rate(0) == pytest.approx(BY_AGE[0], rel=0.05)


def test_a_young_letter_and_one_that_was_edited_are_expected_to_be_edited_sooner() -> None:
    assert rate(1) > rate(30) > rate(3000)
    assert rate(3000, edits=2) > rate(3000, edits=1) > rate(3000)


def test_a_letter_that_was_watched_for_long_without_an_edit_is_expected_to_stay() -> None:
    listed_long_ago = date(2016, 11, 24)
    assert rate(1, listed_on=listed_long_ago) > rate(3650)


@given(st.floats(0, 4000), st.integers(0, 9), st.floats(0.05, 50))
def test_the_surer_the_age_is_the_less_a_letters_own_edits_say(
    days: float, edits: int, shape: float
) -> None:
    of_age = BY_AGE[class_of(NOW - timedelta(days=days), None, NOW)]
    first_seen = NOW - timedelta(days=days)
    unsure = EditRates.of(BY_AGE, shape).rate(first_seen, None, edits, NOW)
    sure = EditRates.of(BY_AGE, shape * 1e6).rate(first_seen, None, edits, NOW)
    assert abs(sure - of_age) <= abs(unsure - of_age) + 1e-6


@pytest.mark.parametrize(
    ("days", "listed_on", "expected"),
    [
        pytest.param(0, None, 0, id="first seen now"),
        pytest.param(2, None, 1, id="as old as the bound of a class"),
        pytest.param(-3, None, 0, id="in the future, as a clock was set back"),
        pytest.param(0, date(2026, 11, 10), 3, id="listed before it was seen"),
        pytest.param(3, date(2026, 11, 25), 1, id="listed in the future"),
        pytest.param(4000, None, len(AGES) - 1, id="older than all bounds"),
    ],
)
def test_a_letter_is_as_old_as_its_date_or_as_what_was_seen_of_it(
    days: float, listed_on: date | None, expected: int
) -> None:
    assert class_of(NOW - timedelta(days=days), listed_on, NOW) == expected
