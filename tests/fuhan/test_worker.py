"""What keeps a worker or a service from its queue is said in one line."""

import gc
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from fuhan.queue_wiring import obstacle
from scheduler.queue.job_queue import library_schema
from storage.database.archive import open_archive
from storage.database.preflight import database_contents
from storage.database.process_lock import QUEUE, ProcessLock
from storage.migrations.run import HEAD
from storage.queue.archive_state import ArchiveState, archive_state
from storage.queue.queue_database import QueueDatabase, QueueOwner, digest
from storage.queue.queue_state import read_state
from storage.queue.tables import FORMAT
from storage.queue.workers import add_worker, note_worker
from tests.fuhan.conftest import SOURCE
from tests.postgres_server import new_database

Fuhan = Callable[..., Any]  # the command line, as a shell would call it

OWN = version("fuhan")
ARCHIVE = ArchiveState("1/5", HEAD)
OWNER = QueueOwner(OWN, HEAD, "1/5", digest(library_schema()))


@pytest.mark.parametrize(
    ("owner", "archive", "expected"),
    [
        pytest.param(OWNER, ARCHIVE, None, id="nothing"),
        pytest.param(
            replace(OWNER, version="9.0"),
            ARCHIVE,
            f"the service is fuhan 9.0, this worker is fuhan {OWN}",
            id="another version",
        ),
        pytest.param(
            replace(OWNER, format=FORMAT + 1),
            ARCHIVE,
            "the queue is of another release of fuhan than this worker",
            id="other tables",
        ),
        pytest.param(
            replace(OWNER, library="another"),
            ARCHIVE,
            "the service has another version of Procrastinate than this worker",
            id="another library",
        ),
        pytest.param(
            OWNER,
            replace(ARCHIVE, identity="1/6"),
            "the service's archive is another database than this worker's",
            id="another archive",
        ),
        pytest.param(
            OWNER,
            replace(ARCHIVE, schema="9999"),
            f"the archive has schema 9999, this worker knows {HEAD}",
            id="an archive upgraded since",
        ),
        pytest.param(
            replace(OWNER, schema="9999"),
            ARCHIVE,
            f"the service's archive has schema 9999, this worker knows {HEAD}",
            id="a service of another schema",
        ),
    ],
)
def test_a_worker_says_what_is_in_its_way(
    owner: QueueOwner, archive: ArchiveState, expected: str | None
) -> None:
    assert obstacle(owner, archive) == expected


@pytest.fixture
def url(postgres: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.delenv("FUHAN_DATABASE", raising=False)
    with new_database(postgres) as made:
        yield made


@pytest.fixture
def queue(folder: Path, url: str) -> Iterator[QueueDatabase]:
    """Return the queue that the configuration in the working folder names."""
    text = f"database: {url}\nqueue: {url}\nreview: {{port: 0}}\n{SOURCE}"
    (folder / "config.yaml").write_text(text, "utf-8")
    with closing(QueueDatabase(url)) as made:
        yield made


def said(fuhan: Fuhan, command: str, *, code: int) -> str:
    """Return what a command that ends with `code` says on stderr."""
    told = fuhan(command)
    assert told.code == code, told
    return str(told.err)


def test_a_worker_without_a_queue_is_refused(fuhan: Fuhan, folder: Path) -> None:
    (folder / "config.yaml").write_text(SOURCE, "utf-8")
    assert (
        said(fuhan, "worker", code=2)
        == "fuhan: queue: expected the URL of a PostgreSQL database, found null\n"
    )


@pytest.mark.parametrize("command", ["worker", "serve", "check"])
def test_a_queue_that_can_t_be_reached_is_named(
    fuhan: Fuhan, url: str, folder: Path, command: str
) -> None:
    text = f"database: {url}\nqueue: postgresql://me:secret@127.0.0.1:9/q\nreview: {{port: 0}}\n{SOURCE}"
    (folder / "config.yaml").write_text(text, "utf-8")
    told = said(fuhan, command, code=1)
    (line,) = [each for each in told.splitlines() if each.startswith("fuhan: ")]
    assert line.startswith("fuhan: queue postgresql://me:***@127.0.0.1:9/q: can't be used: ")
    assert "secret" not in told


@pytest.mark.parametrize("command", ["serve", "check"])
def test_a_queue_of_a_newer_fuhan_is_refused(
    fuhan: Fuhan, queue: QueueDatabase, command: str
) -> None:
    queue.prepare(replace(OWNER, format=FORMAT + 1, version="9.0"), library_schema())
    assert "was made by a newer fuhan (9.0)" in said(fuhan, command, code=1)
    gc.collect()  # a connection that was left open would warn, which fails a test


def test_a_second_service_is_refused_before_it_makes_or_upgrades_the_archive(
    fuhan: Fuhan, queue: QueueDatabase
) -> None:
    first = ProcessLock(queue.url, QUEUE)
    assert first.take()
    assert "another fuhan serve fills it" in said(fuhan, "serve", code=1)
    first.release()
    assert "letters" not in database_contents(queue.url).tables
    gc.collect()  # as above


@pytest.mark.usefixtures("queue")
@pytest.mark.parametrize("command", ["worker", "serve", "check"])
def test_the_library_of_the_queue_is_asked_for_where_it_is_missing(
    fuhan: Fuhan, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("fuhan.queue_access.find_spec", lambda _name: None)
    told = said(fuhan, command, code=2)
    assert "queue: expected the extra fuhan[queue] to be installed for it" in told


def not_heeded(*_: object) -> None:
    raise AssertionError("the worker heeds no SIGTERM yet")


class EndingAt(logging.Handler):
    """Sends this process SIGTERM as soon as some words are logged."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def emit(self, record: logging.LogRecord) -> None:
        if self.words in record.getMessage():
            signal.raise_signal(signal.SIGTERM)


def test_a_worker_heeds_signals_once_it_says_that_it_runs(
    fuhan: Fuhan, queue: QueueDatabase, url: str
) -> None:
    open_archive(url, create=True).close()
    queue.prepare(replace(OWNER, archive=archive_state(url).identity), library_schema())
    logger, ending = logging.getLogger("fuhan.queue_wiring"), EndingAt(" runs 4 crawls at once")
    before = signal.signal(signal.SIGTERM, not_heeded)
    logger.addHandler(ending)
    try:
        assert said(fuhan, "worker", code=0).endswith(" INFO ended\n")
    finally:
        logger.removeHandler(ending)
        signal.signal(signal.SIGTERM, before)
    assert workers(queue) == []


def workers(queue: QueueDatabase) -> list[str]:
    with queue.transaction() as connection:
        return [each.name for each in read_state(connection, lively=60).workers]


def test_status_shows_the_queue_and_fails_where_nobody_works(
    fuhan: Fuhan, queue: QueueDatabase, url: str
) -> None:
    assert "queue: not made yet: fuhan serve makes it" in said(fuhan, "status", code=1)
    open_archive(url, create=True).close()
    queue.prepare(replace(OWNER, archive=archive_state(url).identity), library_schema())
    told = said(fuhan, "status", code=1)
    assert "queue: 0 crawls wait; 0 are running\nno worker runs: start fuhan worker\n" in told
    with queue.transaction() as connection:
        waiting = add_worker(connection, "two", "9.0")
        note_worker(connection, waiting, "the service is fuhan 0.1.0")
    assert "worker two: waits: the service is fuhan 0.1.0 (fuhan 9.0, " in said(
        fuhan, "status", code=1
    )
    with queue.transaction() as connection:
        add_worker(connection, "one", OWN)
    assert f"worker one: is idle (fuhan {OWN}, " in said(fuhan, "status", code=0)


def test_status_shows_the_queue_under_its_table(
    fuhan: Fuhan, queue: QueueDatabase, url: str
) -> None:
    open_archive(url, create=True).close()
    queue.prepare(replace(OWNER, archive=archive_state(url).identity), library_schema())
    told = fuhan("status", "--format", "table")
    assert told.out.endswith("no worker runs: start fuhan worker\n")
    assert "worker" not in told.err
