"""Letters by the classes of their age and of the time for which they were watched, in SQL."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case

from letters.edit_rates import AGES
from storage.schema.tables import letters

_SEEN, _LISTED_ON = letters.c.first_seen, letters.c.listed_on


def by_class(values: Sequence[Sequence[ColumnElement[Any]]], now: datetime) -> ColumnElement[Any]:
    """Return the value of a letter's class of age and, among these, of its watched time."""
    moments = [now - timedelta(days=days) for days in AGES[:-1]]
    watched = [since < _SEEN for since in moments]
    ages = [
        (since < _SEEN) & (_LISTED_ON.is_(None) | (since.date() < _LISTED_ON)) for since in moments
    ]
    return _first(ages, [_first(watched[:age], each) for age, each in enumerate(values)])


def _first(
    terms: Sequence[ColumnElement[bool]], values: Sequence[ColumnElement[Any]]
) -> ColumnElement[Any]:
    """Return the value of the first of `terms` that is true, else the last one.

    Each term implies those after it: halved again and again, few are asked.
    """
    if not terms:
        return values[0]
    middle = len(terms) // 2
    younger = _first(terms[:middle], values[: middle + 1])
    return case((terms[middle], younger), else_=_first(terms[middle + 1 :], values[middle + 1 :]))
