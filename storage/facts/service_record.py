"""What the service goes by: recorded when it starts and when it reads its configuration."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from storage.database.insert import upsert
from storage.schema.tables import service_state as table

_ONLY = 1  # the id of the one row


@dataclass(frozen=True, slots=True)
class ServiceRecord:
    """What the service goes by that runs, or that ran last. Moments are in UTC."""

    started_at: datetime
    read_at: datetime  # when the configuration in force was read
    digest: str | None  # sha256 of its file; None: it is no regular file
    watched: Mapping[str, str] = field(default_factory=dict)  # by source its schedule, in words


def service_record(connection: Connection) -> ServiceRecord | None:
    """Return what the service goes by; None: none ever ran."""
    row = connection.execute(select(table)).first()
    if row is None:
        return None
    return ServiceRecord(row.started_at, row.read_at, row.digest, row.watched)


def set_service_record(connection: Connection, record: ServiceRecord) -> None:
    """Record what the service goes by from now on."""
    row = {
        "id": _ONLY,
        "started_at": record.started_at,
        "read_at": record.read_at,
        "digest": record.digest,
        "watched": dict(record.watched),
    }
    upsert(connection, table, "id", row)
