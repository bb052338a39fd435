"""Query the pages from which a version of a letter was read, as they were served."""

from sqlalchemy import Connection, select

from storage.facts.snapshots import StoredPage, stored_pages
from storage.schema.tables import versions


def version_pages(connection: Connection, letter_id: int, number: int) -> list[StoredPage]:
    """Return the first page of a version and its further ones; none of no such version.

    Raises EvidenceError where one is lost or damaged.
    """
    of_version = select(versions.c.snapshot_id).where(
        versions.c.letter_id == letter_id, versions.c.number == number
    )
    first = connection.execute(of_version).scalar()
    return [] if first is None else stored_pages(connection, first)
