"""How alert channels do: their last message, since when they fail, until when they rest."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from storage.database.insert import upsert
from storage.schema.tables import alert_channels as table


@dataclass(frozen=True, slots=True)
class ChannelState:
    """How one channel does. Moments are in UTC."""

    sent_at: datetime | None = None  # when it last confirmed a message; None: never
    failed_since: datetime | None = None  # None: it doesn't fail
    failures: int = 0  # in a row
    reason: str | None = None  # why the last message was not confirmed
    next_at: datetime | None = None  # it is left alone until then


def channel_state(connection: Connection, name: str) -> ChannelState:
    """Return how a channel does; one that was never used has nothing on record."""
    return channel_states(connection).get(name, ChannelState())


def channel_states(connection: Connection) -> dict[str, ChannelState]:
    """Return how each channel does that was ever sent a message."""
    return {
        row.name: ChannelState(
            row.sent_at, row.failed_since, row.failures, row.reason, row.next_at
        )
        for row in connection.execute(select(table).order_by(table.c.name))
    }


def set_channel_state(connection: Connection, name: str, state: ChannelState) -> None:
    """Record how a channel does."""
    row = {
        "name": name,
        "sent_at": state.sent_at,
        "failed_since": state.failed_since,
        "failures": state.failures,
        "reason": state.reason,
        "next_at": state.next_at,
    }
    upsert(connection, table, "name", row)


def forget_channel_states(connection: Connection, names: Collection[str]) -> None:
    """Forget how some channels did: another one of such a name is not known."""
    connection.execute(delete(table).where(table.c.name.in_(names)))
