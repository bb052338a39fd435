"""Count anew what is kept as a number: the letters and changes of a source, a letter's edits."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, update

from letters.change import ChangeKind
from storage.schema.tables import change_counts, changes, letter_counts, letters

COUNTED = {letter_counts: letters, change_counts: changes}  # what each table of counts counts


def recount(connection: Connection, source: str) -> None:
    """Set the counts of `source` to what they should be; nobody else may write its letters."""
    for counts, table in COUNTED.items():
        names = counted_by(counts)
        anew = select(*(table.c[name] for name in names), func.count())
        of_source = anew.where(table.c.source == source).group_by(*names)
        connection.execute(delete(counts).where(counts.c.source == source))
        connection.execute(counts.insert().from_select([*names, "count"], of_source))
    edited = update(letters).where(letters.c.source == source, letters.c.edits != count_edits())
    connection.execute(edited.values(edits=count_edits()))


def count_edits() -> ColumnElement[Any]:
    """Return the term for how often a letter was edited, by its changes."""
    edited = changes.c.letter_id == letters.c.id, changes.c.kind == ChangeKind.EDITED.value
    return select(func.count()).where(*edited).scalar_subquery()


def counted_by(counts: Table) -> list[str]:
    """Return the columns by which a table of counts counts."""
    return [column.name for column in counts.primary_key]
