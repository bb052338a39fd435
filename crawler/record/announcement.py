"""Puts a change into the outbox, for each alert channel that wants it, in its transaction."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from letters.subscription import NewsItem, Subscription
from storage.facts.visits import NewChange
from storage.outbox.notices import Notice, add_notices, change_key
from storage.schema.tables import letters


def announce(
    connection: Connection,
    subscriptions: Sequence[Subscription],
    change_id: int,
    new: NewChange,
) -> None:
    """Write a notice of a change for each subscription that wants it; a baseline is no news."""
    if new.baseline or not subscriptions:
        return
    news = NewsItem(new.kind, new.significance, new.edits, _letter(connection, new.letter_id))
    notices = [
        Notice(each.channel, change_key(change_id), new.announced_at, change_id=change_id)
        for each in subscriptions
        if each.wants(news)
    ]
    add_notices(connection, notices)


def _letter(connection: Connection, letter_id: int) -> tuple[str, ...]:
    columns = letters.c.title, letters.c.subject, letters.c.addressees
    row = connection.execute(select(*columns).where(letters.c.id == letter_id)).one()
    return tuple(filter(None, (row.title, row.subject, *row.addressees)))
