"""What stands where an archive is to be: nothing, an archive, or something of somebody else's."""

from pathlib import Path

from sqlalchemy import NullPool, create_engine, inspect
from sqlalchemy.engine import URL

SYNCHRONOUS = "synchronous"  # a key of ours in a SQLite URL, which the driver does not know
_OURS = {"alembic_version", "letters"}  # made in one transaction with all others


def tables(where: URL) -> frozenset[str]:
    """Return the tables of the database; none where it is empty or not there.

    Nothing is changed by looking. Raises SQLAlchemyError where it can't be read.
    """
    if is_file(where) and not (where.database and Path(where.database).exists()):
        return frozenset()
    engine = create_engine(where.difference_update_query([SYNCHRONOUS]), poolclass=NullPool)
    with engine.connect() as connection:
        return frozenset(inspect(connection).get_table_names())


def is_foreign(where: URL, found: frozenset[str]) -> bool:
    """Return whether the tables `found` are somebody else's, so that fuhan must keep away.

    A PostgreSQL database may hold others' tables beside ours.
    """
    claimed = found if is_file(where) else found & {"alembic_version"}
    return bool(claimed) and not found >= _OURS


def is_file(where: URL) -> bool:
    """Return whether the database is a file."""
    return where.get_backend_name() == "sqlite"


def file_identity(where: URL) -> tuple[int, int] | None:
    """Return device and inode of the database's file; None where there is no file."""
    if not is_file(where) or not where.database:
        return None
    try:
        found = Path(where.database).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
