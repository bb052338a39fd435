"""What pictures count: categories of the newest changes, letters of a session by day."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from letters.change import Category, ChangeKind, Significance
from storage.schema.tables import changes, letters

NewsCategories = tuple[datetime, ChangeKind, Significance, frozenset[Category]]


def news_categories(
    connection: Connection, since: datetime, most: int
) -> Iterator[NewsCategories]:
    """Yield when each change since `since` was detected, newest first, and its categories.

    There are at most `most`; none is of a first crawl.
    """
    table = changes
    columns = table.c.detected_at, table.c.kind, table.c.significance, table.c.edits
    query = (
        select(*columns)
        .where(table.c.detected_at >= since, table.c.baseline.is_(False))
        .order_by(table.c.detected_at.desc(), table.c.id.desc())
        .limit(most)
    )
    for row in connection.execute(query).all():
        categories = frozenset(Category(edit["category"]) for edit in row.edits)
        yield row.detected_at, ChangeKind(row.kind), Significance(row.significance), categories


def session_days(connection: Connection, source: str) -> list[tuple[str, date, int]]:
    """Return how many letters of `source` answer a session and were listed on a day."""
    session, day = letters.c.session, letters.c.listed_on
    known = letters.c.source == source, session.is_not(None), day.is_not(None)
    counted = select(session, day, func.count()).where(*known).group_by(session, day)
    return [(name, at, count) for name, at, count in connection.execute(counted)]
