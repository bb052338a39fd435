"""Which known letters are visited next, chosen by the database: few of 100,000 are loaded."""

from datetime import datetime
from math import floor, inf

from sqlalchemy import (
    BigInteger,
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
