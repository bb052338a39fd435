"""Locks of PostgreSQL that name what they lock; SQLite, with one writer at a time, needs none."""

import hashlib

from sqlalchemy import Connection, text

_WAIT = text("SELECT pg_advisory_xact_lock(:key)")
# As PostgreSQL keeps a lock on one number of 64 bits: two halves and objsubid 1. A role that may
# not see what another one does is shown the name of its session all the same.
_HOLDERS = text(
    "SELECT coalesce(application_name, '') FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE locktype = 'advisory' AND granted AND objsubid = 1"
    " AND classid = CAST(:high AS bigint) AND objid = CAST(:low AS bigint)"
    " AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def lock_key(name: str) -> int:
    """Return the number of 64 bits, signed, that stands for `name` in the whole database."""
    digest = hashlib.sha256(f"fuhan {name}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def lock_until_end(connection: Connection, name: str) -> None:
    """Wait for who else has locked `name`, and lock it until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(_WAIT, {"key": lock_key(name)})


def lock_holder(connection: Connection, name: str) -> str | None:
    """Return the name of the server's session that has locked `name`; None where none has."""
    high, low = divmod(lock_key(name) % 2**64, 2**32)
    holder: str | None = connection.execute(_HOLDERS, {"high": high, "low": low}).scalar()
    return holder
