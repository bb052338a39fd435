"""How often letters are edited, by their age: what decides which known letter is visited next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import inf
from typing import NamedTuple

# Upper bounds of the classes of age, in days: edits come early, so young classes are narrow.
AGES: tuple[float, ...] = (2, 5, 10, 20, 40, 80, 160, 320, 640, 1280, inf)
MOST_EDITS = 3  # of a letter, from which on it is of one class
_FROM = (0.0, *AGES[:-1])
_MIDDLE = (*((low + high) / 2 for low, high in zip(_FROM[:-1], AGES[:-1], strict=True)), 2560.0)


class LetterClass(NamedTuple):
    """Letters of one class: of age, of the time for which they were watched, of their edits."""

    age: int  # its place in AGES
    watched: int  # the same, of the days since it was first seen: no more than its age
    edits: int  # up to then, at most MOST_EDITS


class Watched(NamedTuple):
    """What was seen of the letters of a class."""

    days: float  # for which they were watched, added up
    edits: int  # that were made in them


History = Mapping[LetterClass, Watched]


@dataclass(frozen=True, slots=True)
class EditRates:
    """The expected rate of edits of a letter, by its age and by its own edits.

    A letter's rate is that of its age times a factor of its own, of which a Gamma distribution
    of mean 1 is known beforehand. `shape` says how sure that is, as a number of edits: after n
    edits where m were to be expected, the factor is (shape + n) / (shape + m).
    """

    shape: float
    # By class of age, then of the time for which the letter was watched, which is no longer:
    # the rate of that age, in edits a day, over shape + m.
    factors: tuple[tuple[float, ...], ...]

    @classmethod
    def of(cls, by_age: Sequence[float], shape: float) -> "EditRates":
        """Return the rates where letters have so many edits a day, by class of their age."""
        return cls(
            shape,
            tuple(
                tuple(
                    rate if shape == inf else rate / (shape + _expected(by_age, age, watched))
                    for watched in range(age + 1)
                )
                for age, rate in enumerate(by_age)
            ),
        )

    def own(self, age: int, watched: int, edits: int) -> float:
        """Return the expected edits a day of a letter of these classes with so many edits.

        A shape without end stands for letters that are all as others of their age.
        """
        known = 1.0 if self.shape == inf else self.shape + edits
        return known * self.factors[age][watched]

    def rate(
        self, first_seen: datetime, listed_on: date | None, edits: int, now: datetime
    ) -> float:
        """Return the expected edits a day of a letter that was first seen, and listed, then."""
        watched, age = class_of(first_seen, None, now), class_of(first_seen, listed_on, now)
        return self.own(age, watched, edits)


def class_of(first_seen: datetime, listed_on: date | None, now: datetime) -> int:
    """Return the class of age of a letter: since it was listed or first seen, what is longer."""
    for age, days in enumerate(AGES[:-1]):
        since = now - timedelta(days=days)
        if first_seen > since and (listed_on is None or listed_on > since.date()):
            return age
    return len(AGES) - 1


def _watched_days(age: int, watched: int) -> tuple[float, ...]:
    """Return for how many days a letter of these classes was watched in each class of age."""
    until = _MIDDLE[age]
    since = 0.0 if watched == age else max(until - _MIDDLE[watched], 0.0)
    return tuple(
        max(min(until, high) - max(since, low), 0.0) for low, high in zip(_FROM, AGES, strict=True)
    )


_WATCHED = tuple(
    tuple(_watched_days(age, watched) for watched in range(age + 1)) for age in range(len(AGES))
)


def _expected(by_age: Sequence[float], age: int, watched: int) -> float:
    """Return how many edits were to be expected of a letter while it was watched."""
    return sum(rate * days for rate, days in zip(by_age, _WATCHED[age][watched], strict=True))
