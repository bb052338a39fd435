"""Locks of PostgreSQL that name what they lock; SQLite, with one writer at a time, needs none."""

import hashlib

from sqlalchemy import Connection, text

_WAIT = text("SELECT pg_advisory_xact_lock(:key)")


def lock_key(name: str) -> int:
    """Return the number of 64 bits, signed, that stands for `name` in the whole database."""
    digest = hashlib.sha256(f"fuhan {name}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def lock_until_end(connection: Connection, name: str) -> None:
    """Wait for who else has locked `name`, and lock it until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(_WAIT, {"key": lock_key(name)})
