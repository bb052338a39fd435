"""List letters on record for programs: all that is known of each, in plain values."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from letters.letter import Attachment
from letters.letter_json import attachments_from_json
from letters.plain_letter_record import PlainLetterRecord
from letters.urls import url_dated_on, url_key
from storage.derived.file_texts import all_with_texts
from storage.derived.letter_lists import LetterFilter, letter_blocks, page_of_letters
from storage.derived.list_page import Cut, ListPage
from storage.derived.twins import Paper, twin_ids
from storage.facts.packed_letters import readable_values
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
    """Return one page of the letters on record; it is cut by `letter_position`."""
    return page_of_letters(connection, LETTERS, partial(_records, connection), wanted, cut, limit)


def paper_of(row: Row[Any]) -> Paper:
    """Return which paper the letter of a row of `LETTERS` answers."""
    return Paper(row.number, row.session, row.subject)


def _records(connection: Connection, rows: Sequence[Row[Any]]) -> list[PlainLetterRecord]:
    """Return the records of rows of `LETTERS`; what belongs to them is read at once.

    Those that can't be read are logged and left out.
    """
    kept = readable_values(connection, rows, "id")
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
    dated_on = url_dated_on(row.url)
    return {**values, "url": row.url, "url_dated_on": dated_on and dated_on.isoformat()}
