"""Count anew what triggers count: the letters and changes of a source."""

from sqlalchemy import Connection, Table, delete, func, select

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


def counted_by(counts: Table) -> list[str]:
    """Return the columns by which a table of counts counts."""
    return [column.name for column in counts.primary_key]
