"""Which known letters are visited next, chosen by the database: few of 100,000 are loaded."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import floor
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Float,
    case,
    cast,
    func,
    literal,
    select,
)

from letters.edit_rates import AGES, EditRates
from letters.letter_record import Status
from storage.schema.tables import addresses, letter_counts, letter_files, letters

_VISITED, _LISTED_ON = letters.c.last_seen, letters.c.listed_on
_PUBLISHED = letters.c.status == Status.PUBLISHED.value
_UNSETTLED = [each.value for each in Status if each is not Status.PUBLISHED]
_LISTED = [Status.PUBLISHED.value, Status.SUSPECT.value]
_HAS_OPEN_FILES = letters.c.id.in_(
    select(letter_files.c.letter_id).where(letter_files.c.is_open.is_(True))
)


def address_keys(connection: Connection, source: str) -> set[str]:
    """Return the key of each address of `source`."""
    query = select(addresses.c.key).where(addresses.c.source == source)
    return set(connection.execute(query).scalars())


def count_listed(connection: Connection, source: str) -> int:
    """Return how many letters of `source` were listed up to now."""
    of_status = letter_counts.c.source == source, letter_counts.c.status.in_(_LISTED)
    counted = select(func.coalesce(func.sum(letter_counts.c.count), 0)).where(*of_status)
    is_present = (letters.c.id == addresses.c.letter_id) & (letters.c.address_id == addresses.c.id)
    never_listed = (
        select(func.count())
        .select_from(addresses)
        .join(letters, is_present)
        .where(
            addresses.c.source == source,
            addresses.c.first_listed_at.is_(None),
            letters.c.status.in_(_LISTED),
        )
    )
    total = int(connection.execute(counted).scalar_one())
    return total - connection.execute(never_listed).scalar_one()


def unsettled_addresses(connection: Connection, source: str) -> list[int]:
    """Return the ids of the addresses whose letters leave a question, as a failed visit does."""
    asked = letters.c.status.in_(_UNSETTLED), _HAS_OPEN_FILES
    is_present = (addresses.c.id == letters.c.address_id) & (addresses.c.letter_id == letters.c.id)
    of_source = select(addresses.c.id).join(letters, is_present).where(letters.c.source == source)
    queries = (of_source.where(is_) for is_ in asked)
    return [each for query in queries for each in connection.execute(query).scalars()]


def overdue_addresses(connection: Connection, source: str, before: datetime) -> list[int]:
    """Return the addresses of settled letters not visited since `before`, oldest visit first."""
    query = (
        select(letters.c.address_id)
        .where(letters.c.source == source, _PUBLISHED, ~_HAS_OPEN_FILES)
        .where(letters.c.last_seen <= before)
        .order_by(letters.c.last_seen, letters.c.address_id)
    )
    return list(connection.execute(query).scalars())


def urgent_addresses(
    connection: Connection, source: str, rates: EditRates, now: datetime, limit: int | None
) -> list[int]:
    """Return the addresses of the settled letters of greatest λτ², that first; at most `limit`.

    λ is the expected rate of a letter's edits, τ the time since its last visit in whole seconds.
    """
    is_postgresql = connection.dialect.name == "postgresql"
    at = literal(floor(now.timestamp()))
    if is_postgresql:
        tau = func.greatest(at - cast(func.floor(func.extract("epoch", _VISITED)), BigInteger), 0)
    else:
        tau = func.max(at - cast(func.strftime("%s", _VISITED), BigInteger), 0)
    rate = (literal(rates.shape, Float) + letters.c.edits) * _factor(rates, now)
    query = (
        select(letters.c.address_id)
        .where(letters.c.source == source, _PUBLISHED, ~_HAS_OPEN_FILES)
        .order_by((rate * tau * tau).desc(), letters.c.address_id)
    )
    return list(connection.execute(query.limit(limit)).scalars())


def _factor(rates: EditRates, now: datetime) -> ColumnElement[Any]:
    """Return the factor of a letter's rate by the classes of its age and of its watched time."""
    moments = [now - timedelta(days=days) for days in AGES[:-1]]
    ages = [
        (letters.c.first_seen > since) & (_LISTED_ON.is_(None) | (since.date() < _LISTED_ON))
        for since in moments
    ]
    watched = [letters.c.first_seen > since for since in moments]
    by_age = [
        _by_class(watched[:age], [literal(each, Float) for each in factors])
        for age, factors in enumerate(rates.factors)
    ]
    return _by_class(ages, by_age)


def _by_class(
    terms: Sequence[ColumnElement[bool]], values: Sequence[ColumnElement[Any]]
) -> ColumnElement[Any]:
    """Return the value of the first of `terms` that is true, else the last one.

    Each term implies those after it: halved again and again, few are asked.
    """
    if not terms:
        return values[0]
    middle = len(terms) // 2
    younger = _by_class(terms[:middle], values[: middle + 1])
    return case(
        (terms[middle], younger), else_=_by_class(terms[middle + 1 :], values[middle + 1 :])
    )
