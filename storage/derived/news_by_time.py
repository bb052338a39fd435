"""Count the changes of each quarter of an hour, of which the days of any time zone consist."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, func, literal_column, select

from letters.change import Significance
from storage.schema.tables import changes as changes_table
from storage.schema.utc_datetime import UtcDateTime

# The beginning of the quarter of an hour of a moment; SQLite has moments as text.
_QUARTERS = {
    "sqlite": "substr(detected_at, 1, 14) || printf('%02d', substr(detected_at, 15, 2) / 15 * 15)"
    " || ':00.000000'",
    "postgresql": "date_bin('15 minutes', detected_at, timestamp '2000-01-01')",
}


def news_by_time(
    connection: Connection, since: datetime
) -> Iterator[tuple[datetime, Significance, int]]:
    """Yield how many changes of each weight were detected since `since`; no baseline ones.

    They are counted by quarters of an hour, at which the days of all time zones begin.
    """
    table = changes_table
    quarter = literal_column(_QUARTERS[connection.dialect.name], UtcDateTime).label("quarter")
    of_time = table.c.detected_at >= since, table.c.baseline.is_(False)
    query = select(quarter, table.c.significance, func.count()).where(*of_time)
    for at, significance, count in connection.execute(query.group_by("quarter", "significance")):
        yield at, Significance(significance), count
