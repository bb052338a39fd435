"""Find the letter that an id, a URL or SOURCE/NUMBER names."""

import re
from unicodedata import normalize

from sqlalchemy import Connection, select

from letters.urls import url_key
from storage.schema.tables import addresses as addresses_table
from storage.schema.tables import letters as letters_table

_ID = re.compile(r"[1-9][0-9]{0,17}")  # what begins with a zero is a letter's number, no id


class UnknownLetterError(Exception):
    """Raised when a reference names no letter of the archive."""


def find_letter(connection: Connection, reference: str) -> int:
    """Return the id of the letter that `reference` names: an id, a URL or SOURCE/NUMBER.

    Of several letters with one number the one that was listed last is meant. Raises
    UnknownLetterError, with the letters that were perhaps meant.
    """
    table = letters_table
    letter_id: int | None = None
    if _ID.fullmatch(reference):
        query = select(table.c.id).where(table.c.id == int(reference))
        letter_id = connection.execute(query).scalar()
    elif "://" in reference:
        query = select(addresses_table.c.letter_id).where(
            addresses_table.c.key == url_key(reference), addresses_table.c.letter_id.is_not(None)
        )
        letter_id = connection.execute(query.limit(1)).scalar()
    elif "/" in reference:
        source, _, number = reference.partition("/")
        query = select(table.c.id).where(table.c.source == source, table.c.number == number)
        newest = query.order_by(table.c.listed_on.desc().nulls_last(), table.c.id.desc()).limit(1)
        letter_id = connection.execute(newest).scalar()
    if letter_id is None:
        near = ", ".join(_with_number(connection, reference))
        hint = f"; did you mean {near}?" if near else ""
        raise UnknownLetterError(f"letter {reference!r} is not known{hint}")
    return letter_id


def _with_number(connection: Connection, reference: str) -> list[str]:
    """Return SOURCE/NUMBER of each letter that bears the number which `reference` holds.

    Zeros before a number make no other one of it; a letter may bear several, joined by 、.
    """
    number = normalize("NFKC", reference).rpartition("/")[2].strip()
    wanted = number.removeprefix("第").removesuffix("号").lstrip("0")
    if not wanted or "://" in reference:
        return []
    table = letters_table
    query = select(table.c.source, table.c.number).distinct()
    query = query.where(table.c.number.contains(wanted, autoescape=True))
    return [
        f"{row.source}/{row.number}"
        for row in connection.execute(query.order_by(table.c.source, table.c.number))
        if wanted in (each.lstrip("0") for each in row.number.split("、"))
    ]
