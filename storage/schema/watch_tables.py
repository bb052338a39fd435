"""The tables of what is watched: people's decisions, and what the running service goes by."""

from sqlalchemy import Column, Index, Integer, Table, Text

from storage.schema.fact_tables import PARSED_JSON, id_column, metadata
from storage.schema.utc_datetime import UtcDateTime

watch_decisions = Table(
    "watch_decisions",
    metadata,
    id_column(),
    Column("source", Text, nullable=False),
    Column("act", Text, nullable=False),  # add | pause | resume
    Column("entry", PARSED_JSON),  # of add: what config.yaml would have under `sources`
    Column("who", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("watch_decisions_by_source", "source", "id"),
    comment="Decisions of people on what is watched: sources added, paused, resumed",
)

service_state = Table(
    "service_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # 1: there is one service
    Column("started_at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),  # when the configuration in force was read
    Column("digest", Text),  # sha256 of its file; null: it is no regular file
    Column("watched", PARSED_JSON, nullable=False),  # the schedule of each source, by its name
    comment="What the service goes by that runs, or that ran last",
)
