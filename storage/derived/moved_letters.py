"""Find a letter that moved: the same paper at another address."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from letters.identity import is_same_letter
from letters.letter import Letter
from letters.letter_record import Status
from storage.derived.newest import newest_version
from storage.schema.tables import letters


def find_moved(
    connection: Connection, source: str, letter: Letter, directory_at: datetime
) -> Row[Any] | None:
    """Return the letter that `letter` is at a new address, or None.

    It answers the same paper, the directory read at `directory_at` does not list it, and
    the last visit to its page found it gone.
    """
    unlisted = or_(letters.c.listed_at.is_(None), letters.c.listed_at != directory_at)
    gone = or_(letters.c.gone_at.is_not(None), letters.c.status == Status.WITHDRAWN.value)
    return next(_on_same_paper(connection, source, letter, unlisted, gone), None)


def find_unlisted(
    connection: Connection, source: str, letter: Letter, directory_at: datetime
) -> Row[Any] | None:
    """Return the letter that `letter` would be if that is not served any more, or None."""
    unlisted = or_(letters.c.listed_at.is_(None), letters.c.listed_at != directory_at)
    is_present = letters.c.status != Status.WITHDRAWN.value
    return next(_on_same_paper(connection, source, letter, unlisted, is_present), None)


def find_listed(
    connection: Connection, source: str, letter: Letter, directory_at: datetime
) -> list[Row[Any]]:
    """Return the letters listed by the directory read at `directory_at` that `letter` may be."""
    is_listed = letters.c.listed_at == directory_at
    is_present = letters.c.status != Status.WITHDRAWN.value
    return list(_on_same_paper(connection, source, letter, is_listed, is_present))


def find_same_paper(connection: Connection, source: str, letter: Letter) -> Row[Any] | None:
    """Return the newest letter that answers the same paper as `letter`, or None."""
    return next(_on_same_paper(connection, source, letter), None)


def _on_same_paper(
    connection: Connection, source: str, letter: Letter, *terms: Any
) -> Iterator[Row[Any]]:
    """Yield the letters of `source` that may be `letter` elsewhere, newest first."""
    if letter.number is None and letter.subject is None:
        return
    # By the index of identity: this is queried for each new letter of a directory.
    is_named = letter.number is not None and letter.session is not None
    same = [
        letters.c[name].is_not_distinct_from(getattr(letter, name))
        for name in ("number", "session", *(() if is_named else ("subject",)))
    ]
    query = select(letters).where(letters.c.source == source, *same, *terms)
    for row in connection.execute(query.order_by(letters.c.id.desc())):
        if is_same_letter(newest_version(connection, row.id).letter, letter):
            yield row
