"""The tables of alerts: what is to be sent to which channel, and how each channel does."""

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint, text

from storage.schema.fact_tables import PARSED_JSON, id_column, metadata
from storage.schema.utc_datetime import UtcDateTime

_WAITS = text("sent_at IS NULL")

outbox = Table(
    "outbox",
    metadata,
    id_column(),
    Column("channel", Text, nullable=False),  # the name of an entry under `notify`
    Column("key", Text, nullable=False),  # what it is of, such as "change 17"
    Column("change_id", Integer),  # null: no single change; one taken back leaves its row
    Column("about", PARSED_JSON),  # null: what it is of says all
    Column("written_at", UtcDateTime, nullable=False),
    Column("message", Text),  # the key of the message that it was put into; null: none yet
    Column("sent_at", UtcDateTime),  # when the channel confirmed that message; null: it waits
    UniqueConstraint("channel", "key"),
    Index("outbox_waiting", "channel", "id", sqlite_where=_WAITS, postgresql_where=_WAITS),
    comment="What alert channels are to be sent, a row for each change and channel",
)

alert_channels = Table(
    "alert_channels",
    metadata,
    Column("name", Text, primary_key=True),
    Column("sent_at", UtcDateTime),  # when it last confirmed a message
    Column("failed_since", UtcDateTime),  # null: the last message was confirmed, or none was sent
    Column("failures", Integer, nullable=False),  # in a row
    Column("reason", Text),  # why the last message was not confirmed
    Column("next_at", UtcDateTime),  # it is left alone until then
    comment="How each alert channel does",
)
