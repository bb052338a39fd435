"""The table of alarms: what was wrong with a source or the service, from when until when."""

from sqlalchemy import Column, Index, Table, Text, text

from storage.schema.fact_tables import id_column, metadata
from storage.schema.utc_datetime import UtcDateTime

_STANDS = text("ended_at IS NULL")

alarm_history = Table(
    "alarm_history",
    metadata,
    id_column(),
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False),  # empty: the service
    Column("subject", Text, nullable=False),  # such as an alert channel; mostly empty
    Column("host", Text),  # where all sources of it are concerned
    Column("reason", Text, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("judged_at", UtcDateTime, nullable=False),  # when it was last known to stand
    Column("ended_at", UtcDateTime),  # null: it stands
    Index(
        "alarms_standing",
        *("kind", "source", "subject"),
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    ),
    Index("alarms_by_source_and_id", "source", "id"),
    comment="What was wrong with sources and the service, and until when",
)
