"""Open the archive: one database, read in one state, written in one transaction at a time."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from storage.database import failpoint
from storage.database.engines import (
    LEVELS,
    SYNCHRONOUS,
    empty_engine,
    is_file,
    reading_engine,
    snapshot_reader,
    writing_engine,
)
from storage.database.errors import is_damage, reason
from storage.database.left_files import explanation
from storage.database.preflight import (
    DatabaseContents,
    database_contents,
    holds_rows,
    is_foreign,
    set_schema_revision,
)
from storage.database.readonly import is_unwritable
from storage.database.write_mark import WriteMark
from storage.migrations.run import HEAD, Follow, go_through, is_known, upgrade

# What stands for the revision while an archive is copied into a database: any fuhan, an older one
# too, refuses to open that as an archive.
_UNFINISHED = "-unfinished"
UNFINISHED_COPY = f"{HEAD}{_UNFINISHED}"


class ArchiveError(Exception):
    """Raised when the database cannot be opened or is not of this version."""


class DamagedError(ArchiveError):
    """Raised when the database's file is damaged, or no database at all."""


class Archive:
    """A database with the tables of fuhan; SQLite or PostgreSQL by its URL."""

    def __init__(
        self,
        engine: Engine,
        was_disturbed: Callable[[], bool] = lambda: False,
        writer: Engine | None = None,  # None: what reads it writes it
    ) -> None:
        self._engine = engine
        self._reader = snapshot_reader(engine)
        self._write_mark = WriteMark(engine, was_disturbed)
        self._was_disturbed = was_disturbed
        self._writer = (writer or engine).execution_options(fuhan_writes=True)

    @property
    def url(self) -> URL:
        """Where the database is."""
        return self._engine.url

    def writing_by(self, writer: Engine) -> "Archive":
        """Return the same archive, whose transactions are those of `writer`."""
        return Archive(self._engine, self._was_disturbed, writer)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the archive and writes nothing.

        Raises ArchiveError in the end where it may have been more than one.
        """
        try:
            with self._reader.connect() as connection:
                yield connection
        finally:
            if self._was_disturbed():
                raise ArchiveError(f"{_shown(self.url)}: was written while it was read: try again")

    def write_mark(self) -> Hashable | None:
        """Return what is another value once anything was written; None: it can't be said."""
        return self._write_mark.read()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield the connection of one transaction: all of it is kept, or none.

        Raises SQLAlchemyError when another writer holds the database for too long.
        """
        with self._writer.begin() as connection:
            yield connection
            failpoint.trigger("before-commit")
        failpoint.trigger("after-commit")

    @contextmanager
    def rehearsing(self) -> Iterator[Connection]:
        """Yield the connection of a transaction that is forgotten in the end."""
        with self._writer.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()

    def close(self) -> None:
        """Close the connections to the database."""
        self._write_mark.close()
        self._engine.dispose()


def refuse_others(url: str) -> None:
    """Raise ArchiveError where `open_archive` would for what is at `url`, and change nothing."""
    with _refusals(url) as where:
        _whole_contents(where)


def open_archive(url: str, *, create: bool, follow: Follow = go_through) -> Archive:
    """Open the archive at `url` for reading and writing, brought to today's schema.

    Where it does not exist yet it is made with `create`; without, an empty one in
    memory takes its place: queries return nothing, and nothing is left behind.
    `follow` goes through the letters of one of an earlier schema as they are brought forward.
    Raises ArchiveError, in one line, when it cannot be opened or is somebody else's.
    """
    with _refusals(url) as where:
        contents = _whole_contents(where)
        if "letters" in contents.tables or create:
            return Archive(_opened(where, contents.schema, follow))
        return Archive(empty_engine())


def read_archive(url: str, *, follow: Follow = go_through) -> Archive:
    """Open the archive at `url` for reading alone, which needs no right to write.

    One of an older schema is brought to today's where it can be written. Where there is none
    yet, an empty one in memory takes its place. Raises ArchiveError as `open_archive` does.
    """
    with _refusals(url) as where:
        contents = _whole_contents(where)
        if "letters" not in contents.tables:
            return Archive(empty_engine())
        if contents.schema != HEAD:
            _upgrade(where, contents.schema, follow)
        return Archive(*reading_engine(where))


def open_copy(url: str) -> Archive:
    """Open the database at `url` for an archive to be copied into: it is none until finished.

    Raises ArchiveError where it holds an archive, or a copy that another fuhan began.
    """
    with _refusals(url) as where:
        contents = _contents(where)
        if contents.schema == UNFINISHED_COPY:
            return Archive(writing_engine(where))
        if contents.schema is not None and contents.schema.endswith(_UNFINISHED):
            raise ArchiveError(f"{_shown(where)}: another fuhan began a copy in it: delete that")
        copy = Archive(_opened(where, contents.schema, go_through))
        try:
            _begin_copy(copy)
        except ArchiveError:
            copy.close()
            raise
        return copy


def _begin_copy(copy: Archive) -> None:
    """Mark an empty archive as an unfinished copy; raise ArchiveError where it is not empty."""
    with copy.writing() as connection:
        if holds_rows(connection):
            raise ArchiveError(f"{_shown(copy.url)}: holds an archive already")
        set_schema_revision(connection, UNFINISHED_COPY)


def finish_copy(copy: Archive) -> None:
    """Make an archive of a copy that is whole."""
    with copy.writing() as connection:
        set_schema_revision(connection, HEAD)


@contextmanager
def _refusals(url: str) -> Iterator[URL]:
    """Yield the parts of `url`; whatever then keeps it from being opened is an ArchiveError."""
    where = make_url(url)
    if (level := where.query.get(SYNCHRONOUS, "normal")) not in LEVELS:
        expected = "synchronous: expected normal or full"
        raise ArchiveError(f"{_shown(where)}: {expected}, found {level!r}")
    try:
        yield where
    except (SQLAlchemyError, OSError) as error:
        kind = DamagedError if is_damage(error) else ArchiveError
        more = explanation(where.database, error) if is_file(where) and where.database else ""
        raise kind(f"{_shown(where)}: cannot be opened: {reason(error)}{more}") from error


def _shown(where: URL) -> str:
    return f"database {where.render_as_string()}"  # without its password


def _contents(where: URL) -> DatabaseContents:
    """Return what the database holds; raise ArchiveError where that is not ours to touch."""
    contents = database_contents(where)
    if contents.encoding != "UTF8":
        raise ArchiveError(f"{_shown(where)}: must be of encoding UTF8, not {contents.encoding}")
    if is_foreign(where, contents.tables):
        theirs = ", ".join(sorted(contents.tables))
        raise ArchiveError(f"{_shown(where)}: is not fuhan's: it holds {theirs}")
    return contents


def _whole_contents(where: URL) -> DatabaseContents:
    """Return what the database holds; raise ArchiveError where that is no whole archive."""
    contents = _contents(where)
    if contents.schema is not None and contents.schema.endswith(_UNFINISHED):
        what = "a copy that `fuhan migrate` did not finish: run it again"
        raise ArchiveError(f"{_shown(where)}: {what}")
    if contents.schema is not None and not is_known(contents.schema):
        raise ArchiveError(f"{_shown(where)}: made by a newer fuhan (schema {contents.schema})")
    return contents


def _opened(where: URL, schema: str | None, follow: Follow) -> Engine:
    """Return the database, made where it does not exist yet, with today's schema."""
    if is_file(where) and where.database:
        Path(where.database).parent.mkdir(parents=True, exist_ok=True)
    engine = writing_engine(where)
    try:
        if schema != HEAD:
            upgrade(engine, follow, schema)
        else:
            engine.connect().close()  # says now whether it can be had
    except SQLAlchemyError:
        engine.dispose()
        raise
    return engine


def _upgrade(where: URL, schema: str | None, follow: Follow) -> None:
    """Bring an archive to today's schema; raise ArchiveError where it can't be written."""
    try:
        _opened(where, schema, follow).dispose()
    except DBAPIError as error:
        if not is_unwritable(error.orig):
            raise
        older = f"its schema {schema} is older than {HEAD}"
        raise ArchiveError(
            f"{_shown(where)}: {older}, and can't be upgraded where nothing can be written"
        ) from error
