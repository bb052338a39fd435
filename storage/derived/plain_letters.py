"""List letters on record for programs: all that is known of each, in plain values."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Select, and_, func, select

from letters.letter import Attachment
from letters.letter_json import attachments_from_json
from letters.plain_letter_record import PlainLetterRecord, plain_blocks
from letters.urls import url_dated_on, url_key
from storage.derived.file_texts import all_with_texts
from storage.derived.letter_lists import LetterFilter, letter_blocks, page_of_letters
from storage.derived.list_page import Cut, ListPage
from storage.derived.twins import Paper, twin_ids
from storage.facts.readable_letters import kept_by, readable_by
from storage.schema.letter_codec import values_of
from storage.schema.tables import addresses, versions
from storage.schema.tables import letters as table

_EVERY = versions.alias("every")
_COLUMNS = (
    *("id", "source", "status", "number", "session", "subject", "listed_on", "version"),
    *("first_seen", "last_seen", "digest"),
)
# A letter on record, its newest version, and where it is now.
LETTERS: Select[Any] = (
    select(
        *(table.c[name] for name in _COLUMNS),
        *(versions.c.letter, addresses.c.key, addresses.c.url),
        select(func.count())
        .where(_EVERY.c.letter_id == table.c.id)
        .scalar_subquery()
        .label("versions"),
    )
    .join(versions, and_(versions.c.letter_id == table.c.id, versions.c.number == table.c.version))
    .join(addresses, addresses.c.id == table.c.address_id)
)


def plain_letters(connection: Connection, wanted: LetterFilter) -> Iterator[PlainLetterRecord]:
    """Yield the letters on record, newest listed first."""
    for block in letter_blocks(connection, LETTERS, wanted):
        yield from _records(connection, block)


def plain_letter_page(
    connection: Connection, wanted: LetterFilter, cut: Cut, limit: int
) -> ListPage[PlainLetterRecord]:
    """Return one page of the letters on record; it is cut by `letter_position`.

    Their bodies are written already, as orjson takes them over.
    """
    read = partial(_records, connection, is_page=True)
    return page_of_letters(connection, LETTERS, read, wanted, cut, limit)


def paper_of(row: Row[Any]) -> Paper:
    """Return which paper the letter of a row of `LETTERS` answers."""
    return Paper(row.number, row.session, row.subject)


def _records(
    connection: Connection, rows: Sequence[Row[Any]], *, is_page: bool = False
) -> list[PlainLetterRecord]:
    """Return the records of rows of `LETTERS`; what belongs to them is read at once.

    Those that can't be read are logged and left out.
    """
    if is_page:
        kept = kept_by(connection, rows, "id", _with_written_body)
    else:
        kept = readable_by(connection, rows, "id", values_of)
    files = [attachments_from_json(each.get("attachments", ())) for _, each in kept]
    complete = all_with_texts(connection, files)
    twins = twin_ids(connection, {row.id: paper_of(row) for row, _ in kept})
    return [
        _record(row, values, attachments, twins.get(row.id, ()))
        for (row, values), attachments in zip(kept, complete, strict=True)
    ]


def _record(
    row: Row[Any],
    values: Mapping[str, Any],
    attachments: Sequence[Attachment],
    twins: Sequence[int],
) -> PlainLetterRecord:
    return PlainLetterRecord(
        id=row.id,
        source=row.source,
        status=row.status,
        values=_at_present_address(values, row),
        attachments=attachments,
        listed_on=row.listed_on,
        twins=twins,
        version=row.version,
        versions=row.versions,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        digest=row.digest,
    )


def _at_present_address(values: Mapping[str, Any], row: Row[Any]) -> Mapping[str, Any]:
    """Return a letter's values with its present address; its page may bear an older one."""
    if values["url"] == row.url or url_key(values["url"]) == row.key:
        return values
    return {**values, "url": row.url, "url_dated_on": _dated_on(row.url)}


@lru_cache(maxsize=1000)
def _dated_on(url: str) -> str | None:
    dated_on = url_dated_on(url)
    return dated_on.isoformat() if dated_on else None


def _with_written_body(content: bytes) -> dict[str, Any]:
    """Return the plain values of a letter, whose body is JSON as lists for programs have it."""
    values = values_of(content)
    blocks = plain_blocks(values.get("body", ()))
    with suppress(orjson.JSONEncodeError):  # a lone surrogate, which orjson does not write
        return {**values, "body": orjson.Fragment(orjson.dumps(blocks))}
    return values
