"""Give the space that compacting freed back to the system."""

from sqlalchemy import create_engine

from storage.database.archive import Archive
from storage.database.engines import BUSY_SECONDS, SYNCHRONOUS, is_file

_SQLITE = ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
_POSTGRESQL = ("VACUUM (FULL, ANALYZE) evidence, versions",)


def vacuum(archive: Archive) -> None:
    """Write what is kept anew without gaps; nobody can write meanwhile.

    Needs as much room again while it lasts. Raises SQLAlchemyError where somebody else has the
    database for too long.
    """
    where = archive.url.difference_update_query([SYNCHRONOUS])
    of_sqlite = is_file(where)
    patience = {"timeout": BUSY_SECONDS} if of_sqlite else {}
    # Outside of a transaction, which every other engine of ours begins.
    engine = create_engine(where, isolation_level="AUTOCOMMIT", connect_args=patience)
    try:
        with engine.connect() as connection:
            for statement in _SQLITE if of_sqlite else _POSTGRESQL:
                connection.exec_driver_sql(statement)
    finally:
        engine.dispose()
