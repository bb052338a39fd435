"""The tables of the queue: fuhan's own, and those of Procrastinate that are read beside them.

All are in a schema of their own. Nothing in them is kept for long: what is due follows from the
archive, so that a service may make them anew.
"""

from sqlalchemy import JSON, BigInteger, Column, DateTime, Integer, MetaData, String, Table
from sqlalchemy.dialects.postgresql import ENUM

SCHEMA = "fuhan_queue"
FORMAT = 1  # of the tables below: raised when they change

_MOMENT = DateTime(timezone=True)

metadata = MetaData(schema=SCHEMA)

# One row: what the tables are like, and the service that fills the queue.
about = Table(
    "about",
    metadata,
    Column("format", Integer, primary_key=True, autoincrement=False),
    Column("library", String, nullable=False),  # sha256 of Procrastinate's own schema
    Column("version", String, nullable=False),  # of the service
    Column("schema", String, nullable=False),  # of its archive
    Column("archive", String, nullable=False),  # which database that is
)

workers = Table(
    "workers",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("name", String, nullable=False),
    Column("version", String, nullable=False),
    Column("started_at", _MOMENT, nullable=False),
    Column("seen_at", _MOMENT, nullable=False),
    Column("waits", String),  # why it runs no crawls; null: it runs what there is
)

# The newest attempt at each job; one that ended stays until the service has read it.
attempts = Table(
    "attempts",
    metadata,
    Column("job", BigInteger, primary_key=True, autoincrement=False),
    Column("worker", BigInteger, nullable=False),
    Column("crawl", JSON(none_as_null=True)),  # as the contract has it
    Column("error", String),  # why there is no crawl
)


def _enum(name: str, *used: str) -> ENUM:
    """Return a type of Procrastinate's, of which only the values in `used` are known here."""
    return ENUM(*used, name=f"procrastinate_{name}", create_type=False)


_theirs = MetaData(schema=SCHEMA)

jobs = Table(
    "procrastinate_jobs",
    _theirs,
    Column("id", BigInteger, primary_key=True),
    Column("queue_name", String),  # whose workers take it
    Column("queueing_lock", String),  # the source
    Column("status", _enum("job_status", "todo", "doing")),
)

events = Table(
    "procrastinate_events",
    _theirs,
    Column("job_id", BigInteger),
    Column("type", _enum("job_event_type", "deferred")),
    Column("at", _MOMENT),
)
