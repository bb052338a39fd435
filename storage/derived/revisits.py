"""Which known letters are visited next, chosen by the database: few of 100,000 are loaded."""

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate, pairwise
from math import floor, inf

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Float,
    bindparam,
    cast,
    func,
    literal,
    select,
)

from letters.edit_rates import EditRates
from letters.letter_record import Status
from storage.database.prepared import fetch
from storage.derived.letter_classes import by_class
from storage.schema.tables import addresses, letter_counts, letter_files, letters

_VISITED = letters.c.last_seen
_PUBLISHED = letters.c.status == Status.PUBLISHED.value
_KEYS = select(addresses.c.key).where(addresses.c.source == bindparam("of"))
_UNSETTLED = [each.value for each in Status if each is not Status.PUBLISHED]
_LISTED = [Status.PUBLISHED.value, Status.SUSPECT.value]
_HAS_OPEN_FILES = letters.c.id.in_(
    select(letter_files.c.letter_id).where(letter_files.c.is_open.is_(True))
)


def address_keys(connection: Connection, source: str) -> set[str]:
    """Return the key of each address of `source`."""
    return {key for (key,) in fetch(connection, _KEYS, {"of": source})}


def count_listed(connection: Connection, source: str) -> int:
    """Return how many letters of `source` were listed up to now."""
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
    total = _count(connection, source, _LISTED)
    return total - connection.execute(never_listed).scalar_one()


def count_published(connection: Connection, source: str) -> int:
    """Return how many letters of `source` are published, whether settled or not."""
    return _count(connection, source, [Status.PUBLISHED.value])


def _count(connection: Connection, source: str, statuses: list[str]) -> int:
    of_status = letter_counts.c.source == source, letter_counts.c.status.in_(statuses)
    counted = select(func.coalesce(func.sum(letter_counts.c.count), 0)).where(*of_status)
    return int(connection.execute(counted).scalar_one())


def unsettled_addresses(connection: Connection, source: str) -> list[int]:
    """Return the ids of the addresses whose letters leave a question, as a failed visit does."""
    asked = letters.c.status.in_(_UNSETTLED), _HAS_OPEN_FILES
    is_present = (addresses.c.id == letters.c.address_id) & (addresses.c.letter_id == letters.c.id)
    of_source = select(addresses.c.id).join(letters, is_present).where(letters.c.source == source)
    queries = (of_source.where(is_) for is_ in asked)
    return [each for query in queries for each in connection.execute(query).scalars()]


def count_visited(connection: Connection, source: str, moments: Sequence[datetime]) -> list[int]:
    """Return how many published letters were last visited after each moment, the newest first."""
    within: list[ColumnElement[bool]] = [
        (since < _VISITED) & (until >= _VISITED) for until, since in pairwise(moments)
    ]
    counted = select(func.count()).where(letters.c.source == source, _PUBLISHED)
    parts = [counted.where(each) for each in (moments[0] < _VISITED, *within)]
    counts = connection.execute(select(*(each.scalar_subquery() for each in parts))).one()
    return list(accumulate(counts))


def longest_waiting(connection: Connection, source: str, limit: int) -> list[int]:
    """Return the addresses of settled letters, the one first whose last visit is longest ago."""
    query = (
        select(letters.c.address_id)
        .where(letters.c.source == source, _PUBLISHED, ~_HAS_OPEN_FILES)
        .order_by(_VISITED, letters.c.address_id)
    )
    return list(connection.execute(query.limit(limit)).scalars())


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
    factors = [[literal(each, Float) for each in of_age] for of_age in rates.factors]
    rate = by_class(factors, now)
    if rates.shape < inf:
        rate = (literal(rates.shape, Float) + letters.c.edits) * rate
    query = (
        select(letters.c.address_id)
        .where(letters.c.source == source, _PUBLISHED, ~_HAS_OPEN_FILES)
        .order_by((rate * tau * tau).desc(), letters.c.address_id)
    )
    return list(connection.execute(query.limit(limit)).scalars())
