"""Find a letter that moved: the same paper at another address."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select

from letters.identity import is_same_letter
from letters.letter import Letter
from letters.letter_record import Status
from letters.urls import url_key
from storage.database.prepared import fetch
from storage.derived.newest import letter_row, newest_version
from storage.schema.tables import addresses, letters, snapshots, versions


def is_page_of(connection: Connection, row: Row[Any], url: str, final_url: str) -> bool:
    """Return whether the page at `url`, as redirected to `final_url`, is a letter's own page.

    One address leads to the other: a directory may list its letters by links that redirect.
    """
    own = select(addresses.c.key).where(addresses.c.id == row.address_id)
    served = (
        select(snapshots.c.final_url)
        .join(versions, versions.c.snapshot_id == snapshots.c.id)
        .where(versions.c.letter_id == row.id, versions.c.number == row.version)
    )
    if url_key(final_url) == connection.execute(own).scalar_one():
        return True
    return url_key(url) == url_key(connection.execute(served).scalar_one() or "")


def find_same_paper(connection: Connection, source: str, letter: Letter) -> list[Row[Any]]:
    """Return the letters of `source` that may be `letter` at another address, newest first."""
    if letter.number is None and letter.subject is None:
        return []
    names = ["number", "session"]
    if letter.number is None or letter.session is None:
        names.append("subject")
    paper = {name: getattr(letter, name) for name in names}
    query = _same(**{name: value is None for name, value in paper.items()})
    same = sorted(
        (row[0] for row in fetch(connection, query, {"of": source, **paper})), reverse=True
    )
    return [
        letter_row(connection, letter_id)
        for letter_id in same
        if is_same_letter(newest_version(connection, letter_id).letter, letter)
    ]


def is_moved(row: Row[Any], directory_at: datetime) -> bool:
    """Return whether a letter is no longer listed and the last visit to its page found it gone."""
    is_gone = row.gone_at is not None or row.status == Status.WITHDRAWN.value
    return bool(row.listed_at != directory_at and is_gone)


def is_unlisted(row: Row[Any], directory_at: datetime) -> bool:
    """Return whether a letter is no longer listed, and not withdrawn."""
    return bool(row.listed_at != directory_at and row.status != Status.WITHDRAWN.value)


def is_listed(row: Row[Any], directory_at: datetime) -> bool:
    """Return whether the directory read at `directory_at` lists a letter."""
    return bool(row.listed_at == directory_at and row.status != Status.WITHDRAWN.value)


@cache
def _same(**is_missing: bool) -> Select[Any]:
    """Return the query for ids of letters of a source that have the same values, or miss them too.

    What is missing is asked for by IS NULL: no index of PostgreSQL serves a comparison that takes
    null for a value. Each query is made once: one is asked for each new letter of a directory.
    """
    same = (
        letters.c[name].is_(None) if missing else letters.c[name] == bindparam(name)
        for name, missing in is_missing.items()
    )
    # SQLite would rather walk all letters of the source, were its column compared as it is.
    of_source = letters.c.source.concat("") == bindparam("of")
    return select(letters.c.id).where(of_source, *same)
