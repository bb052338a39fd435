"""How long letters of each class were watched, and how often they were edited, by source.

Sums to which each crawl adds, so that a plan walks over no history.
"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, literal, select, update

from letters.change import ChangeKind
from letters.edit_rates import AGES, MOST_EDITS, History, LetterClass, Watched, class_of
from letters.letter_record import Status
from storage.database.prepared import run
from storage.derived.among import is_among
from storage.derived.letter_classes import by_class
from storage.schema.tables import changes, edit_history, letters

_DAY = 86400
_ADD = (
    update(edit_history)
    .where(
        edit_history.c.source == bindparam("of"),
        edit_history.c.age == bindparam("of_age"),
        edit_history.c.watched == bindparam("of_watched"),
        edit_history.c.edits == bindparam("of_edits"),
    )
    .values(
        seconds=edit_history.c.seconds + bindparam("more_seconds"),
        edited=edit_history.c.edited + bindparam("more_edited"),
    )
)


def history_of(connection: Connection, source: str) -> History:
    """Return what was seen of the letters of `source`, by their classes."""
    rows = connection.execute(select(edit_history).where(edit_history.c.source == source))
    return {
        LetterClass(row.age, row.watched, row.edits): Watched(row.seconds / _DAY, row.edited)
        for row in rows
    }


def add_history(
    connection: Connection,
    source: str,
    since: datetime | None,
    now: datetime,
    edited: Counter[LetterClass],
) -> None:
    """Add that letters were watched from `since` to `now`, and which classes were `edited`.

    A `since` of None stands for a first crawl: nothing was watched before it.
    """
    seconds: Counter[LetterClass] = Counter()
    if since is not None and since < now:
        waited = int((now - since).total_seconds())
        for each, count in _letters_by_class(connection, source, now).items():
            seconds[each] = count * waited
    rows = []
    for each in seconds.keys() | edited.keys():
        more = {"more_seconds": seconds[each], "more_edited": edited[each]}
        of_class = {"of_age": each.age, "of_watched": each.watched, "of_edits": each.edits}
        if not run(connection, _ADD, {"of": source, **of_class, **more}).rowcount:
            sums = {"seconds": seconds[each], "edited": edited[each]}
            rows.append({"source": source, **each._asdict(), **sums})
    if rows:
        connection.execute(edit_history.insert(), rows)


def edited_classes(
    connection: Connection, crawl_id: int, letter_ids: Collection[int]
) -> Counter[LetterClass]:
    """Return how many edits of a crawl were made in letters of each class; held ones don't count.

    A letter is as old as it was in the middle of the change's window.
    """
    query = (
        select(
            *(letters.c[name] for name in ("first_seen", "listed_on", "edits")),
            *(changes.c[name] for name in ("after", "before")),
        )
        .join(letters, letters.c.id == changes.c.letter_id)
        .where(is_among(connection, changes.c.letter_id, letter_ids))
        .where(changes.c.crawl_id == crawl_id, changes.c.held.is_(False))
        .where(changes.c.kind == ChangeKind.EDITED.value)
    )
    classes: Counter[LetterClass] = Counter()
    for seen, listed_on, edits, after, before in connection.execute(query):
        at = before if after is None else after + (before - after) / 2
        age, watched = class_of(seen, listed_on, at), class_of(seen, None, at)
        classes[LetterClass(age, watched, min(max(edits - 1, 0), MOST_EDITS))] += 1
    return classes


def _letters_by_class(connection: Connection, source: str, now: datetime) -> Counter[LetterClass]:
    ages = len(AGES)
    numbered = [[literal(age * ages + each) for each in range(age + 1)] for age in range(ages)]
    of_source = letters.c.source == source, letters.c.status == Status.PUBLISHED.value
    classes = select(by_class(numbered, now).label("number"), letters.c.edits).where(*of_source)
    each = classes.subquery()
    query = select(each.c.number, each.c.edits, func.count()).group_by(each.c.number, each.c.edits)
    counts: Counter[LetterClass] = Counter()
    for number, edits, count in connection.execute(query):
        age, watched = divmod(number, ages)
        counts[LetterClass(age, watched, min(edits, MOST_EDITS))] += count
    return counts
