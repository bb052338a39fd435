"""Check the URL of the database, and whether its file can be made. No password is shown."""

import re
from errno import EACCES, EISDIR
from importlib.util import find_spec
from os import W_OK, access, strerror
from pathlib import Path
from tempfile import TemporaryFile

from pydantic_core import PydanticCustomError
from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from fuhan.errors import UsageError
from storage.database.engines import LEVELS, SYNCHRONOUS
from storage.database.writable import write_problem

_FORMS = "expected sqlite:///FILE or postgresql+psycopg://user@host/name"
_NO_DRIVER = "expected the extra fuhan[postgres] to be installed for it"
_SERVERS = {"postgresql", "postgresql+psycopg"}
# What libpq takes beside host and user: https://www.postgresql.org/docs/current/libpq-connect.html
_SERVER_KEYS = {
    *("application_name", "channel_binding", "client_encoding", "connect_timeout", "gssencmode"),
    *("host", "hostaddr", "keepalives", "keepalives_count", "keepalives_idle"),
    *("keepalives_interval", "load_balance_hosts", "options", "passfile", "port", "require_auth"),
    *("service", "sslcert", "sslcrl", "sslkey", "sslmode", "sslnegotiation", "sslrootcert"),
    *("target_session_attrs", "tcp_user_timeout"),
}


def database_url(url: str) -> str:
    """Return `url`, which must be a file of SQLite or a PostgreSQL database.

    A database in memory would be another one in each crawl's own process.
    """
    where = _parsed(url)
    if where.drivername == "sqlite":
        is_file = not where.host and where.database not in {None, "", ":memory:"}
        known = {SYNCHRONOUS}
    else:
        is_file = where.drivername in _SERVERS and bool(where.database)
        known = _SERVER_KEYS
    if not is_file:
        raise _refusal(_FORMS, _shown(where))
    if known is _SERVER_KEYS and find_spec("psycopg") is None:
        raise PydanticCustomError("database", _NO_DRIVER)
    for key in where.query.keys() - known:
        raise _refusal(f"expected no key in it but {', '.join(sorted(known))}", repr(key))
    if (level := where.query.get(SYNCHRONOUS, "normal")) not in LEVELS:
        raise _refusal(f"expected {SYNCHRONOUS} to be normal or full", repr(str(level)))
    return url


def queue_url(url: str | None) -> str | None:
    """Return `url`, which must be a PostgreSQL database where there is one."""
    if url is None:
        return None
    if (where := _parsed(url)).drivername not in _SERVERS:
        raise _refusal("expected postgresql+psycopg://user@host/name", _shown(where))
    return database_url(url)


def file_problem(url: str) -> str | None:
    """Return why the file of an SQLite database could not be made or written, or None."""
    where = make_url(url)
    if where.drivername != "sqlite" or not where.database:
        return None
    file = Path(where.database)
    expected = "expected a file in a folder that can be written"
    try:
        folder = next(each for each in file.absolute().parents if each.exists())
        if file.is_dir():
            raise IsADirectoryError(EISDIR, strerror(EISDIR))
        # Never opened: to close it would drop every lock that SQLite has on it in this process.
        if file.exists() and not access(file, W_OK):
            raise PermissionError(EACCES, strerror(EACCES))
        TemporaryFile(dir=folder).close()
    except OSError as error:
        return f"{expected}: {error.strerror}, found {str(file)!r}"
    return None


def refuse_unwritable(url: str) -> None:
    """Raise UsageError where nothing can be written into a database that is there."""
    if problem := write_problem(make_url(url)):
        where = hide_password(url)
        raise UsageError(f"database {where}: expected one that can be written: {problem}")


def folder_problem(folder: str) -> str | None:
    """Return why a folder of backups can be none whatever happens, or None.

    One that is missing or can't be written now is a matter of the moment: a disk not mounted yet.
    """
    if any(each.exists() and not each.is_dir() for each in (Path(folder), *Path(folder).parents)):
        return f"expected a folder, found {folder!r}, which is a file or in one"
    return None


def unwritable(folder: str) -> str | None:
    """Return why nothing can be written now into a folder that may be made yet, or None."""
    try:
        there = next(each for each in (Path(folder), *Path(folder).parents) if each.exists())
        TemporaryFile(dir=there).close()
    except OSError as error:
        return f"expected a folder that can be written, found {folder!r}: {error.strerror}"
    return None


def hide_password(url: str) -> str:
    """Return `url` without its password."""
    return make_url(url).render_as_string()


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        # What can't be parsed may hold a password anywhere.
        scheme = re.match(r"[a-z+]+://", url)
        found = repr(f"{scheme[0]}…") if scheme else "another text"
        raise _refusal(_FORMS, found) from None


def _shown(where: URL) -> str:
    """Return a URL in quotes, without its password."""
    return repr(where.render_as_string())


def _refusal(expected: str, found: str) -> PydanticCustomError:
    parts = {"expected": expected, "found": found}
    return PydanticCustomError("database", "{expected}, found {found}", parts)
