"""Query the letters that are missed: gone, unlisted or suspect."""

from typing import Any

from sqlalchemy import Connection, Row, func, select

from letters.letter_record import Status
from storage.schema.tables import letters


def absent_letters(connection: Connection, source: str) -> list[Row[Any]]:
    """Return the letters of `source` that are gone or unlisted, and not withdrawn."""
    is_absent = letters.c.gone_at.is_not(None) | (letters.c.unlisted_crawls > 0)
    query = select(letters).where(letters.c.source == source, is_absent)
    not_withdrawn = query.where(letters.c.status != Status.WITHDRAWN.value)
    return list(connection.execute(not_withdrawn.order_by(letters.c.id)))


def count_suspect(connection: Connection, source: str) -> int:
    """Return how many letters of `source` are suspect."""
    suspect = letters.c.status == Status.SUSPECT.value
    query = select(func.count()).where(letters.c.source == source, suspect)
    return connection.execute(query).scalar_one()
