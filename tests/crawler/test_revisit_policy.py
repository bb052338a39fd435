"""What the history of a source says of the next edits of its letters."""

from datetime import UTC, datetime, timedelta
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.revisit_policy import learned_rates
from letters.edit_rates import AGES, MOST_EDITS, EditRates, History, LetterClass, Watched

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
OLDEST = len(AGES) - 1
CLASSES = st.builds(
    lambda age, share, edits: LetterClass(age, int(age * share), edits),
    st.integers(0, OLDEST),
    st.floats(0, 1),
    st.integers(0, MOST_EDITS),
)
HISTORIES = st.dictionaries(
    CLASSES, st.builds(Watched, st.floats(0, 1e7), st.integers(0, 500)), max_size=30
)


def history(*seen: tuple[int, int, float, int]) -> History:
    """Return a history of age, edits before, days and edits; all watched from their beginning."""
    return {
        LetterClass(age, age, before): Watched(days, edits) for age, before, days, edits in seen
    }


def rate(rates: EditRates, days: float, edits: int = 0) -> float:
    return rates.rate(NOW - timedelta(days=days), None, edits, NOW)


@pytest.mark.parametrize(
    "nothing",
    [
        pytest.param({}, id="never crawled before"),
        pytest.param(history((3, 0, 1000, 0)), id="no edit was seen"),
        pytest.param(history((3, 0, 0, 2)), id="edits in no time"),
    ],
)
def test_without_a_history_all_letters_are_alike(nothing: History) -> None:
    rates = learned_rates(nothing)
    assert {rate(rates, days, edits) for days in (0, 9, 900) for edits in (0, 5)} == {1.0}


def test_ages_that_were_edited_alike_stay_alike() -> None:
    rates = learned_rates(history(*((age, 0, 10_000.0, 10) for age in range(len(AGES)))))
    assert rate(rates, 1) == pytest.approx(rate(rates, 3000)) == pytest.approx(0.001)


def test_an_age_that_is_edited_more_often_is_expected_to_be() -> None:
    rates = learned_rates(history((0, 0, 1000, 40), (OLDEST, 0, 100_000, 4)))
    assert rate(rates, 0.5) == pytest.approx(0.04, rel=0.2)
    assert rate(rates, 3000) == pytest.approx(0.00004, rel=0.4)


def test_one_edit_of_an_age_seen_for_a_day_says_little() -> None:
    many = [(age, 0, 10_000.0, 10) for age in range(1, len(AGES))]
    rates = learned_rates(history((0, 0, 1.0, 1), *many))
    assert rate(rates, 0.5) < 0.01


def test_where_the_same_letters_are_edited_again_a_letters_own_edits_count() -> None:
    rates = learned_rates(history((OLDEST, 0, 100_000, 20), (OLDEST, 1, 1000, 20)))
    assert rates.shape < inf
    assert rate(rates, 3000, edits=2) > 5 * rate(rates, 3000)


def test_where_any_letter_is_edited_a_letters_own_edits_say_nothing() -> None:
    rates = learned_rates(history((OLDEST, 0, 100_000, 100), (OLDEST, 1, 10_000, 10)))
    assert rates.shape == inf


@given(HISTORIES, st.floats(0, 4000), st.integers(0, 9))
def test_any_history_gives_a_rate_that_grows_with_a_letters_edits(
    seen: History, days: float, edits: int
) -> None:
    rates = learned_rates(seen)
    assert 0 < rate(rates, days, edits) <= rate(rates, days, edits + 1) < inf
    assert rates == learned_rates(dict(reversed(seen.items())))
