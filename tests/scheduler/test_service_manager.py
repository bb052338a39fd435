"""What started the service gets a datagram for each thing that systemd listens for."""

import asyncio
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.job import CrawlJob, Source
from letters.letter import Kind
from scheduler.crawl_starter import FreshStarter
from scheduler.due import Schedule
from scheduler.local_crawls import LocalCrawls
from scheduler.scheduled_source import ScheduledSource
from scheduler.service import Service
from scheduler.service_manager import ServiceManager, take_service_manager
from storage.database.archive import Archive
from storage.facts.crawls import begin_crawl
from tests.archive_copy import new_archive

PATIENCE = 120


@pytest.fixture(params=["path", "abstract name"])
def systemd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, socket.socket]]:
    """Yield the address of a socket as systemd gives it, and the socket."""
    name = (
        f"@fuhan-{os.getpid()}" if request.param == "abstract name" else str(tmp_path / "notify")
    )
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.settimeout(PATIENCE)
        receiver.bind(name.replace("@", "\0"))
        yield name, receiver


def received(receiver: socket.socket) -> list[str]:
    return receiver.recv(4096).decode().split("\n")


def test_each_report_is_a_datagram(systemd: tuple[str, socket.socket]) -> None:
    address, receiver = systemd
    manager = ServiceManager(address)
    manager.ready("watching 2 sources")
    manager.reloading()
    manager.ending()
    assert received(receiver) == ["READY=1", "STATUS=watching 2 sources"]
    reloading, moment = received(receiver)
    assert reloading == "RELOADING=1"
    assert moment.removeprefix("MONOTONIC_USEC=").isdecimal()
    assert received(receiver) == ["STOPPING=1", "STATUS=ending"]


def test_signs_of_life_end_when_the_schedule_does(systemd: tuple[str, socket.socket]) -> None:
    address, receiver = systemd
    left = iter([True, True, False, False])

    async def until_asked_four_times() -> None:
        over = asyncio.Event()

        def is_alive() -> bool:
            alive = next(left, None)
            if alive is None:
                over.set()
            return bool(alive)

        ServiceManager(address, timedelta(milliseconds=3)).watch(is_alive)
        async with asyncio.timeout(PATIENCE):
            await over.wait()

    asyncio.run(until_asked_four_times())
    assert [received(receiver), received(receiver)] == [["WATCHDOG=1"], ["WATCHDOG=1"]]
    receiver.setblocking(False)
    with pytest.raises(BlockingIOError):
        receiver.recv(4096)


@pytest.mark.parametrize("manager", [ServiceManager(), ServiceManager("", timedelta(seconds=9))])
def test_without_an_address_nothing_is_reported(
    manager: ServiceManager, caplog: pytest.LogCaptureFixture
) -> None:
    manager.ready("watching")
    manager.ending()
    assert caplog.text == ""


def test_where_nobody_listens_a_line_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ServiceManager(str(tmp_path / "gone")).ready("watching")
    assert caplog.messages == [
        "READY=1 could not be reported: [Errno 2] No such file or directory"
    ]


HERE = str(os.getpid())


@pytest.mark.parametrize(
    ("variables", "address", "watchdog"),
    [
        pytest.param({}, "", None, id="started by hand"),
        pytest.param({"NOTIFY_SOCKET": "/run/n"}, "/run/n", None, id="by systemd"),
        pytest.param({"NOTIFY_SOCKET": "@n"}, "\0n", None, id="an abstract name"),
        pytest.param({"NOTIFY_SOCKET": "vsock:2:1"}, "", None, id="an address of another kind"),
        pytest.param(
            {"NOTIFY_SOCKET": "/n", "WATCHDOG_USEC": "120000000", "WATCHDOG_PID": HERE},
            "/n", timedelta(minutes=2), id="with a watchdog",
        ),
        pytest.param(
            {"NOTIFY_SOCKET": "/n", "WATCHDOG_USEC": "1000", "WATCHDOG_PID": "1"},
            "/n", None, id="with a watchdog for another process",
        ),
        pytest.param({"WATCHDOG_USEC": "-3"}, "", None, id="with nonsense"),
    ],
)  # fmt: skip
def test_no_child_inherits_what_started_the_service(
    variables: dict[str, str], address: str, watchdog: timedelta | None
) -> None:
    environment = {"HOME": "/", **variables}
    manager = take_service_manager(environment)
    assert (manager._address, manager._watchdog) == (address, watchdog)  # noqa: SLF001
    assert environment == {"HOME": "/"}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = new_archive(tmp_path / "fuhan.db")
    yield opened
    opened.close()


def test_a_schedule_is_alive_while_it_runs_and_does_what_is_due(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Source("city", "某市", Kind.PROPOSAL, "http://127.0.0.1/")
    watched = ScheduledSource(CrawlJob(str(archive.url), source), Schedule(timedelta(days=1)))
    with archive.writing() as connection:
        begin_crawl(connection, "city", "normal", datetime.now(UTC))

    async def story() -> None:
        service = Service(archive, [watched], LocalCrawls(FreshStarter([])))
        assert not service.is_alive()  # as it was not started
        service.start()
        assert service.is_alive()
        with monkeypatch.context() as later:
            later.setattr(
                "scheduler.service.utc_now", lambda: datetime.now(UTC) + timedelta(days=2)
            )
            assert not service.is_alive()
        assert service.is_alive()
        await service.stop(timedelta(0))
        assert not service.is_alive()

    asyncio.run(story())
