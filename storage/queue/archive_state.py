"""Which database an archive in PostgreSQL is, and which schema it has at this moment."""

from dataclasses import dataclass

from sqlalchemy import make_url

from storage.database.engines import reading_engine
from storage.database.preflight import schema_revision

_IDENTITY = (
    "SELECT system_identifier || '/' || oid FROM pg_control_system(), pg_database"
    " WHERE datname = current_database()"
)
_HAS_SCHEMA = "SELECT to_regclass('alembic_version') IS NOT NULL"


@dataclass(frozen=True, slots=True)
class ArchiveState:
    """The archive as a worker or a service reaches it."""

    identity: str  # of server and database: the same by whatever address it is reached
    schema: str | None  # its revision; None: it has not been made yet


def archive_state(url: str) -> ArchiveState:
    """Return the state of the archive at `url`; raises StorageError where it can't be read."""
    engine, _ = reading_engine(make_url(url))
    try:
        with engine.connect() as connection:
            identity = connection.exec_driver_sql(_IDENTITY).scalar_one()
            is_made = connection.exec_driver_sql(_HAS_SCHEMA).scalar_one()
            return ArchiveState(identity, schema_revision(connection) if is_made else None)
    finally:
        engine.dispose()
