"""Notices: what alert channels are to be sent. They are written, put into messages, and sent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, or_, select, update

from letters.change import Change
from storage.database.insert import insert_all_once
from storage.derived.changes import change_of, rows_of
from storage.facts.reviews import is_dismissed
from storage.schema.tables import changes, crawls, outbox

MOST_READ = 1000  # notices that one message is made of; no more wait beside one that was begun


@dataclass(frozen=True, slots=True)
class Notice:
    """What one channel is to be sent of one thing: a change, alarms, changes folded."""

    channel: str
    key: str  # by which it is written once for each channel
    written_at: datetime  # UTC
    change_id: int | None = None  # None: `about` says it
    about: Mapping[str, Any] | None = None
    message: str | None = None  # the key of the message that it is in; None: none yet
    id: int = 0  # 0: not written yet


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one channel, whether it may be sent yet or not."""

    count: int  # notices, those that were folded counted one by one
    oldest: datetime


def change_key(change_id: int) -> str:
    """Return the key of what is sent of a change."""
    return f"change {change_id}"


def add_notices(connection: Connection, notices: Sequence[Notice]) -> None:
    """Write those notices that were not written before, for whichever message."""
    rows = [
        {
            "channel": each.channel,
            "key": each.key,
            "change_id": each.change_id,
            "about": each.about,
            "written_at": each.written_at,
        }
        for each in notices
    ]
    insert_all_once(connection, outbox, rows)


def sendable(connection: Connection, channel: str, cut_off: Collection[int]) -> list[Notice]:
    """Return what may be sent to a channel now: what is in a message, then the rest, oldest first.

    Twice `MOST_READ` at most, so that beside a message that was begun a whole one is seen. Not
    a change that is held, dismissed or was taken back; nor one of a crawl that goes on, whose end
    may withhold it. `cut_off` are crawls that never ended and go on no more.
    """
    query = _sendable(cut_off).where(outbox.c.channel == channel)
    ordered = query.order_by(outbox.c.message.is_(None), outbox.c.id)
    return [_notice(row) for row in connection.execute(ordered.limit(2 * MOST_READ))]


def oldest_sendable(connection: Connection, cut_off: Collection[int]) -> dict[str, datetime]:
    """Return by channel since when the first waits that may be sent now: written, or released."""
    since = func.coalesce(changes.c.announced_at, outbox.c.written_at)
    first = func.min(since).label("first")
    query = _sendable(cut_off).with_only_columns(outbox.c.channel, first)
    return {row.channel: row.first for row in connection.execute(query.group_by(outbox.c.channel))}


def changes_of(
    connection: Connection, notices: Sequence[Notice]
) -> list[tuple[Notice, Change | None]]:
    """Return notices with the changes that they are of; None where one is of no change."""
    ids = [each.change_id for each in notices if each.change_id is not None]
    found = {row.id: change_of(row) for row in rows_of(connection, ids)}
    return [(each, found.get(each.change_id or 0)) for each in notices]


def waiting(connection: Connection) -> dict[str, Waiting]:
    """Return what waits by channel, held changes too; not what was dismissed or taken back."""
    is_wanted = or_(outbox.c.change_id.is_(None), changes.c.id.is_not(None) & ~is_dismissed())
    query = _waiting().where(is_wanted).order_by(outbox.c.channel, outbox.c.id)
    found: dict[str, Waiting] = {}
    for notice in map(_notice, connection.execute(query)):
        before = found.get(notice.channel, Waiting(0, notice.written_at))
        count = before.count + folded_count(notice)
        found[notice.channel] = Waiting(count, min(before.oldest, notice.written_at))
    return found


def folded_count(notice: Notice) -> int:
    """Return how many changes a notice stands for."""
    return int((notice.about or {}).get("folded", 1))


def put_into_message(connection: Connection, ids: Collection[int], key: str) -> None:
    """Put notices into the message of a key: whenever it is sent again, they are in it."""
    connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(message=key))


def mark_sent(
    connection: Connection, channel: str, key: str, ids: Collection[int], at: datetime
) -> None:
    """Mark what was sent in a confirmed message; what else was put into it waits for another."""
    connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(sent_at=at))
    rest = outbox.c.channel == channel, outbox.c.message == key, outbox.c.sent_at.is_(None)
    connection.execute(update(outbox).where(*rest).values(message=None))


def forget_sent(connection: Connection, before: datetime) -> None:
    """Delete what was sent before a moment."""
    connection.execute(delete(outbox).where(outbox.c.sent_at < before))


def waiting_channels(connection: Connection) -> set[str]:
    """Return the channels for which anything waits."""
    names = select(outbox.c.channel).where(outbox.c.sent_at.is_(None)).distinct()
    return set(connection.execute(names).scalars())


def forget_channels(connection: Connection, names: Collection[str]) -> int:
    """Delete what waits for some channels; return how many notices."""
    unsent = outbox.c.sent_at.is_(None), outbox.c.channel.in_(names)
    return connection.execute(delete(outbox).where(*unsent)).rowcount


def fold(connection: Connection, notices: Sequence[Notice]) -> None:
    """Replace notices of changes, those of one channel in order, by one that counts them."""
    first, last = notices[0], notices[-1]
    connection.execute(delete(outbox).where(outbox.c.id.in_([each.id for each in notices])))
    about = {"folded": sum(map(folded_count, notices))}
    key = f"folded {first.id} to {last.id}"
    add_notices(connection, [Notice(first.channel, key, first.written_at, about=about)])


def is_foldable(notice: Notice) -> bool:
    """Return whether a notice is of changes, and in no message yet."""
    is_of_changes = notice.change_id is not None or "folded" in (notice.about or {})
    return is_of_changes and notice.message is None


def _sendable(cut_off: Collection[int]) -> Any:
    is_over = or_(crawls.c.outcome.is_not(None), crawls.c.id.in_(cut_off))
    is_announced = changes.c.held.is_(False) & ~is_dismissed() & is_over
    joined = _waiting().outerjoin(crawls, crawls.c.id == changes.c.crawl_id)
    return joined.where(or_(outbox.c.change_id.is_(None), is_announced))


def _waiting() -> Any:
    joined = outbox.outerjoin(changes, changes.c.id == outbox.c.change_id)
    return select(outbox).select_from(joined).where(outbox.c.sent_at.is_(None))


def _notice(row: Row[Any]) -> Notice:
    return Notice(
        channel=row.channel,
        key=row.key,
        written_at=row.written_at,
        change_id=row.change_id,
        about=row.about,
        message=row.message,
        id=row.id,
    )
