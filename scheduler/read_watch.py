"""Knows whether the archive can be read, and is the one that was opened."""

from collections.abc import Hashable

from storage.database.archive import Archive
from storage.database.errors import StorageError, reason
from storage.database.preflight import file_identity, schema_revision
from storage.migrations.run import HEAD


class ReadWatch:
    """Looks at the archive when it is asked; monitors ask every few seconds."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._file = file_identity(archive.url)
        self._well_at: Hashable | None = None  # the archive's mark where its schema was ours

    def problem(self) -> str | None:
        """Return why the archive can't be read, or None."""
        if problem := self.file_problem():
            return problem
        try:
            return self._schema_problem()
        except StorageError as error:
            return f"the database can't be read: {reason(error)}"

    def file_problem(self) -> str | None:
        """Return what is wrong when the file at the database's path is not the one opened here.

        Crawls would go on in a file of their own, and nobody would see their results.
        """
        current = file_identity(self._archive.url)
        if current == self._file:
            return None
        return "the database file is another one" if current else "the database file is gone"

    def _schema_problem(self) -> str | None:
        """Return what is wrong with the schema: read again once anything was written."""
        mark = self._archive.write_mark()
        if mark is None or mark != self._well_at:
            with self._archive.reading() as connection:
                current = schema_revision(connection)
            if current != HEAD:
                return f"the database's schema became {current}, not {HEAD}: restart the service"
            self._well_at = mark
        return None
