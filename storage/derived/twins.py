"""Find twins: other live letters that answer the same paper."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, and_, select

from letters.identity import is_same_letter
from letters.letter_record import Status
from storage.derived.among import is_among
from storage.derived.newest import newest_version
from storage.schema.tables import letters

_OTHER = letters.alias("other")


class Paper(NamedTuple):
    """Which paper a letter answers, as far as its newest version says it."""

    number: str | None
    session: str | None
    subject: str | None


def twin_ids(
    connection: Connection, of_letters: Mapping[int, Paper]
) -> dict[int, tuple[int, ...]]:
    """Return the ids of each letter's twins, of letters by their ids; no key where it has none."""
    by_form: dict[tuple[bool, bool], list[int]] = defaultdict(list)
    for letter_id, paper in of_letters.items():
        if paper.subject is not None:
            by_form[paper.number is not None, paper.session is not None].append(letter_id)
    newest = cache(lambda letter_id: newest_version(connection, letter_id).letter)
    found: dict[int, list[int]] = defaultdict(list)
    for (has_number, has_session), ids in by_form.items():
        pairs = _alike(connection, ids, has_number=has_number, has_session=has_session)
        for letter_id, other in pairs:
            paper = of_letters[letter_id]
            # A subject alone names no paper.
            is_named = paper.number and paper.session
            if is_named or is_same_letter(newest(other), newest(letter_id)):
                found[letter_id].append(other)
    return {letter_id: tuple(others) for letter_id, others in found.items()}


def _alike(
    connection: Connection, ids: list[int], *, has_number: bool, has_session: bool
) -> list[tuple[int, int]]:
    """Return pairs of one of `ids` and a live letter with the same number, session and subject.

    One query serves all that have the same of these: PostgreSQL compares nulls without an index.
    """
    has = {"number": has_number, "session": has_session, "subject": True}
    same = [
        _OTHER.c[name] == letters.c[name] if has[name] else _OTHER.c[name].is_(None)
        for name in Paper._fields
    ]
    is_live = _OTHER.c.status != Status.WITHDRAWN.value
    query = select(letters.c.id, _OTHER.c.id).join_from(letters, _OTHER, and_(*same))
    wanted = query.where(
        is_among(connection, letters.c.id, ids), is_live, _OTHER.c.id != letters.c.id
    )
    return sorted((row[0], row[1]) for row in connection.execute(wanted))
