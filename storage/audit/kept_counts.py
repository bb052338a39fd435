"""Check what is kept as a number against the rows that were counted."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from storage.audit.damage import Damage
from storage.derived.kept_counts import COUNTED, count_edits, counted_by
from storage.schema.tables import letters


def check_counts(connection: Connection) -> Iterator[Damage]:
    """Yield each count that is not how many rows there are; `fuhan reparse` counts anew."""
    for counts, table in COUNTED.items():
        names = counted_by(counts)
        columns = [table.c[name] for name in names]
        there = connection.execute(select(*columns, func.count()).group_by(*columns))
        kept = connection.execute(select(*(counts.c[name] for name in names), counts.c.count))
        expected = {tuple(key): count for *key, count in there}
        found = {tuple(key): count for *key, count in kept if count}
        for key in sorted(k for k in expected | found if expected.get(k) != found.get(k)):
            place = " ".join(map(str, key))
            yield Damage(f"count of {table.name} {place}", "it is not how many there are")
    wrong = select(letters.c.id).where(letters.c.edits != count_edits()).order_by(letters.c.id)
    for letter_id in connection.execute(wrong).scalars():
        yield Damage(f"count of edits of letter {letter_id}", "it is not how many there are")
