import asyncio
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Timer
from urllib.request import urlopen

import pytest
from sqlalchemy import text

from scheduler.child_process import GRACE
from scheduler.crawl_starter import FreshStarter
from scheduler.event_loop import SHUTDOWN_BUDGET, serve
from scheduler.local_crawls import LocalCrawls
from scheduler.service import Service
from storage import queries
from storage.database.archive import Archive, open_archive
from storage.database.lock import crawl_lock
from storage.facts.crawls import begin_crawl
from tests.archive_copy import new_archive

PATIENCE = 120  # seconds until a process has done what it does at once, on a busy machine
PROGRAM = [sys.executable, str(Path(__file__).with_name("service.py"))]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = new_archive(tmp_path / "fuhan.db")
    yield opened
    opened.close()


@contextmanager
def running(archive: Archive, *sources: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Yield a service's process and its address; it is killed in the end, if it still lives."""
    service = subprocess.Popen(
        [*PROGRAM, str(archive.url), *sources],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield service, f"http://127.0.0.1:{int(service.stdout.readline())}"  # type: ignore[union-attr]
    finally:
        service.kill()
        service.communicate()


def ask(url: str) -> str:
    with urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - our own loopback
        return str(answer.read(), "utf-8")


def says(service: subprocess.Popen[str], words: str) -> bool:
    """Return whether the service says so before it ends, as it does after PATIENCE."""
    watchdog = Timer(PATIENCE, service.kill)
    watchdog.start()
    try:
        return any(words in line for line in service.stderr or ())
    finally:
        watchdog.cancel()


def begun(archive: Archive, at_least: int) -> list[datetime]:
    """Return when crawls began, newest first, once there are `at_least` so many."""
    until = time.monotonic() + PATIENCE
    while True:
        with archive.reading() as connection:
            found = [crawl.started_at for crawl in queries.crawls(connection)]
        if len(found) >= at_least or time.monotonic() > until:
            return found
        time.sleep(0.05)


def test_a_hang_up_is_heeded_from_the_moment_when_it_is_ready(archive: Archive) -> None:
    heeded: list[int] = []

    def hang_up() -> None:
        heeded.append(signal.SIGHUP)
        signal.raise_signal(signal.SIGTERM)

    service = Service(archive, (), LocalCrawls(FreshStarter([])))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ready = partial(signal.raise_signal, signal.SIGHUP)
        asyncio.run(serve(service, None, listener, on_ready=ready, on_hangup=hang_up))
    assert heeded == [signal.SIGHUP]


def test_a_service_crawls_by_itself_again_and_again(archive: Archive) -> None:
    with running(archive, "record") as (service, url):
        first, second = sorted(begun(archive, 2))[:2]
        assert second - first >= timedelta(seconds=1)
        assert ask(url).startswith("well ")
        service.send_signal(signal.SIGTERM)
        assert service.wait(PATIENCE) == 0


@pytest.mark.parametrize("act", ["hang", "deaf"])
def test_a_service_ends_in_time_whatever_its_crawls_do(
    archive: Archive, tmp_path: Path, act: str
) -> None:
    pid = tmp_path / "pid"
    with running(archive, f"{act}:{pid}") as (service, url):
        until = time.monotonic() + PATIENCE
        while not pid.exists() and time.monotonic() < until:
            time.sleep(0.02)
        assert ask(url) == "well []"  # what is being crawled has no next time
        service.send_signal(signal.SIGINT)
        assert service.wait(PATIENCE) == 0


def test_winding_down_fits_into_twenty_seconds() -> None:
    assert timedelta(seconds=18) > SHUTDOWN_BUDGET + GRACE


def test_a_service_ends_while_an_answer_is_under_way(archive: Archive) -> None:
    with running(archive) as (service, url):
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as asking:
            asking.sendall(b"GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert says(service, "an answer is under way")
            service.send_signal(signal.SIGTERM)
            assert service.wait(PATIENCE) == 0


def test_one_broken_source_does_not_keep_others_from_being_crawled(archive: Archive) -> None:
    with running(archive, "crash", "record") as (service, _):
        assert says(service, "crawl of crash ended with exit code 1")
        before = len(begun(archive, 0))
        assert len(begun(archive, before + 2)) >= before + 2
        service.send_signal(signal.SIGTERM)
        assert service.wait(PATIENCE) == 0


def test_a_second_service_calls_no_crawl_cut_off_that_goes_on(archive: Archive) -> None:
    with crawl_lock(archive, "hang"):
        with archive.writing() as connection:
            begin_crawl(connection, "hang", "normal", datetime.now(UTC))
        with running(archive, "hang") as (service, url):
            assert ask(url) == "well ['hang']"
            service.send_signal(signal.SIGTERM)
            _, said = service.communicate(timeout=PATIENCE)
        assert "cut off" not in said
    with running(archive, "hang") as (service, url):
        ask(url)
        service.send_signal(signal.SIGTERM)
        _, said = service.communicate(timeout=PATIENCE)
    assert "crawl of hang was cut off and is taken up again" in said


@pytest.mark.parametrize("schema", ["9999", "0002"])
def test_an_archive_that_was_upgraded_under_a_service_is_trouble(
    archive: Archive, schema: str
) -> None:
    with running(archive) as (_, url):
        assert ask(url) == "well []"
        with archive.writing() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :s"), {"s": schema})
        assert ask(url).startswith(f"the database's schema became {schema}, not ")


@pytest.mark.sqlite("its file is gone")
def test_a_database_that_is_gone_or_another_is_trouble_and_nothing_is_crawled_into_it(
    archive: Archive, tmp_path: Path
) -> None:
    with running(archive, "record") as (service, url):
        begun(archive, 1)
        for left in tmp_path.glob("fuhan.db*"):
            left.unlink()
        assert ask(url).startswith("the database file is gone ")
        assert says(service, "crawl of record does not begin: the database file is gone")
        assert not (tmp_path / "fuhan.db").exists()
        with closing(open_archive(str(archive.url), create=True)) as another:
            assert ask(url).startswith("the database file is another one ")
            assert says(service, "crawl of record does not begin: the database file is another")
            with another.reading() as connection:
                assert list(queries.crawls(connection)) == []
