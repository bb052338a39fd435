"""The table of what the service does for the archive by itself: how far it is with each task."""

from sqlalchemy import Column, Table, Text

from storage.schema.fact_tables import PARSED_JSON, metadata
from storage.schema.utc_datetime import UtcDateTime

housekeeping = Table(
    "housekeeping",
    metadata,
    Column("task", Text, primary_key=True),
    Column("done_at", UtcDateTime, nullable=False),  # when it was last done
    Column("state", PARSED_JSON, nullable=False),  # where it goes on
    comment="How far the service is with what it does for the archive by itself",
)
