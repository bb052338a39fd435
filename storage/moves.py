"""Letters that moved: the same number, session and subject at another address."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from letters.archive import Status
from letters.letter import Letter
from storage.tables import letters


def find_moved(
    connection: Connection, source: str, letter: Letter, directory_at: datetime
) -> Row[Any] | None:
    """Return the letter that `letter` is at a new address, or None.

    It has the same number, session and subject, the directory read at `directory_at`
    does not list it, and the last look at its page found it gone.
    """
    gone = or_(letters.c.gone_at.is_not(None), letters.c.status == Status.WITHDRAWN.value)
    return _newest(connection, source, letter, directory_at, gone)


def find_unlisted(
    connection: Connection, source: str, letter: Letter, directory_at: datetime
) -> Row[Any] | None:
    """Return the letter that `letter` would be if that is not served any more, or None."""
    here = letters.c.status != Status.WITHDRAWN.value
    return _newest(connection, source, letter, directory_at, here)


def _newest(
    connection: Connection, source: str, letter: Letter, directory_at: datetime, term: Any
) -> Row[Any] | None:
    if letter.number is None and letter.subject is None:
        return None
    same = [
        letters.c[name].is_not_distinct_from(getattr(letter, name))
        for name in ("number", "session", "subject")
    ]
    unlisted = or_(letters.c.listed_at.is_(None), letters.c.listed_at != directory_at)
    query = select(letters).where(letters.c.source == source, *same, term, unlisted)
    return connection.execute(query.order_by(letters.c.id.desc()).limit(1)).first()
