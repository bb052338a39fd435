"""Runs the migrations of this folder on an engine."""

import logging
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy import Connection, Engine

from storage.database.advisory_lock import lock_until_end
from storage.derived.search_rebuild import count_unsearched, write_search_index
from storage.migrations.new_archive import is_empty, make_archive

log = logging.getLogger(__name__)

HEAD = "0022"  # the newest revision; a test holds it to the files
Follow = Callable[[Iterable[int], int], None]
_FOLDER = Path(__file__).parent


def is_known(revision: str) -> bool:
    """Return whether `revision` is one of ours, which today's code can begin from."""
    files = (_FOLDER / "versions").glob("v*_*.py")
    return revision in {file.name[1:].partition("_")[0] for file in files}


def go_through(steps: Iterable[int], _total: int) -> None:
    """Go through steps of which nobody hears."""
    deque(steps, maxlen=0)


def upgrade(engine: Engine, follow: Follow = go_through, before: str | None = None) -> None:
    """Bring the database to HEAD, in one transaction, after whoever else is doing so.

    What takes long goes through `follow`: the numbers of letters that are done, and of all.
    `before` is its schema, of which one line is logged; None: it has none.
    """
    with engine.execution_options(fuhan_writes=True).begin() as connection:
        lock_until_end(connection, "migration")
        if engine.dialect.name == "sqlite" and is_empty(connection):
            make_archive(connection, HEAD)
            return
        migrate(connection)
        if letters := count_unsearched(connection):
            follow(write_search_index(connection), letters)
    if before is not None:
        log.info("the archive was upgraded from schema %s to %s", before, HEAD)


def migrate(connection: Connection) -> None:
    """Run all migrations that a database has not had, in the transaction of `connection`."""
    # Alembic takes 0.2 s to load, which a command on an up-to-date archive need not pay.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
