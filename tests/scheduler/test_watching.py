"""What is watched can be changed while the service runs."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.job import CrawlJob, Source
from letters.crawl_record import Crawl, CrawlOutcome, PageError
from letters.letter import Kind
from letters.subscription import Subscription
from scheduler import service as module
from scheduler.crawl_order import MakeOrder
from scheduler.crawl_starter import FreshStarter
from scheduler.crawl_turns import CrawlTurn
from scheduler.due import Schedule
from scheduler.local_crawls import LocalCrawls
from scheduler.scheduled_source import ScheduledSource, utc_now
from scheduler.service import Service
from storage import queries
from storage.database.archive import Archive
from tests.archive_copy import new_archive

CHILD = [sys.executable, str(Path(__file__).with_name("child.py"))]
SOON = timedelta(seconds=0.1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = new_archive(tmp_path / "fuhan.db")
    yield opened
    opened.close()


def watch(archive: Archive, name: str, every: float = 3600, host: int = 1) -> ScheduledSource:
    source = Source(name, "某市", Kind.PROPOSAL, f"http://127.0.0.{host}/")
    return ScheduledSource(CrawlJob(str(archive.url), source), Schedule(timedelta(seconds=every)))


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        while not true():  # noqa: ASYNC110 - other processes make it so
            await asyncio.sleep(0.02)


async def until_planned(service: Service, *names: str) -> None:
    """Wait until these sources have a next time, and no others."""
    await until(lambda: set(service.next_runs()) == set(names))


async def until_crawled(service: Service, *names: str) -> None:
    """Wait until these sources, and no others, are due much later: their first crawls have ended."""
    later = utc_now() + timedelta(minutes=3)
    await until(
        lambda: (
            set(service.next_runs()) == set(names)
            and all(at > later for at in service.next_runs().values())
        )
    )


def begun(archive: Archive) -> int:
    with archive.reading() as connection:
        return len(list(queries.crawls(connection)))


def test_a_source_that_came_is_crawled_and_one_that_went_is_not(archive: Archive) -> None:
    record, other = watch(archive, "record", every=1), watch(archive, "explain", host=2)

    async def story() -> None:
        service = Service(archive, [record], LocalCrawls(FreshStarter(CHILD), SOON))
        service.start()
        await until(lambda: begun(archive) > 0)
        await until_planned(service, "record")
        service.replace_sources([other])
        await until_crawled(service, "explain")  # it was due at once
        await service.stop(SOON)

    asyncio.run(story())


def test_what_is_being_crawled_is_finished_and_not_crawled_again(
    archive: Archive, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    crawled = watch(archive, f"released:{gate}", every=1)

    async def story() -> None:
        service = Service(archive, [crawled], LocalCrawls(FreshStarter(CHILD), SOON))
        service.start()
        writing = await asyncio.to_thread(os.open, gate, os.O_WRONLY)  # waits for its reader
        service.replace_sources([])
        os.close(writing)
        await until(lambda: "gate: partial" in caplog.text)
        assert service.next_runs() == {}
        await service.stop(SOON)

    asyncio.run(story())
    assert caplog.text.count("gate begins") == 1


def test_one_that_is_otherwise_than_before_is_planned_anew_and_others_are_left(
    archive: Archive,
) -> None:
    early, late = watch(archive, "record", host=1), watch(archive, "explain", host=2)

    async def story() -> None:
        service = Service(archive, [early, late], LocalCrawls(FreshStarter(CHILD), SOON))
        service.start()
        await until_crawled(service, "record", "explain")
        before = service.next_runs()
        service.replace_sources([replace(early, schedule=Schedule(timedelta(hours=2))), late])
        now = service.next_runs()
        assert now["explain"] == before["explain"]
        assert now["record"] - before["record"] >= timedelta(minutes=59)
        service.replace_sources([])
        assert service.next_runs() == {}
        await service.stop(SOON)

    asyncio.run(story())


def test_who_is_alerted_to_a_source_is_no_other_way_to_watch_it(
    archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    early, late = watch(archive, "record", host=1), watch(archive, "explain", host=2)
    told = replace(late, job=replace(late.job, subscriptions=(Subscription("desk"),)))
    changed = replace(early, schedule=Schedule(timedelta(hours=2)))

    async def story() -> None:
        service = Service(archive, [early, late], LocalCrawls(FreshStarter(CHILD), SOON))
        service.replace_sources([changed, told])
        await service.stop(SOON)

    asyncio.run(story())
    assert "record is watched otherwise than before" in caplog.text
    assert "explain" not in caplog.text


def test_one_that_waited_for_its_host_when_it_went_is_not_crawled(
    archive: Archive, tmp_path: Path
) -> None:
    hang, waits = watch(archive, f"hang:{tmp_path / 'pid'}"), watch(archive, "record")

    async def story() -> None:
        service = Service(archive, [hang, waits], LocalCrawls(FreshStarter(CHILD), SOON))
        service.start()
        await until((tmp_path / "pid").exists)
        service.replace_sources([])
        await service.stop(SOON)
        assert begun(archive) == 0

    asyncio.run(story())


def test_an_archive_that_can_not_be_read_is_asked_again_later(archive: Archive) -> None:
    async def story() -> None:
        service = Service(archive, [], LocalCrawls(FreshStarter(CHILD), SOON))
        service.start()
        with archive.writing() as connection:
            connection.exec_driver_sql("ALTER TABLE crawls RENAME TO hidden")
        service.replace_sources([watch(archive, "record")])
        waits = service.next_runs()["record"] - utc_now()
        assert timedelta(minutes=4) < waits <= timedelta(minutes=5)
        await service.stop(SOON)

    asyncio.run(story())


class Held(LocalCrawls):
    """Crawls that go on until they may end, and how many of them did so at once."""

    def __init__(self) -> None:
        super().__init__(FreshStarter(CHILD), SOON)
        self.may_end = asyncio.Event()
        self.under_way = self.most = 0

    async def run(self, turn: CrawlTurn, make_order: MakeOrder) -> Crawl | None:
        del turn, make_order
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await self.may_end.wait()
        self.under_way -= 1
        return None


@pytest.mark.parametrize("steps", range(8))
def test_a_source_that_changes_as_its_crawl_begins_is_crawled_once_at_a_time(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """Each of the event loop's first steps is a moment between being due and being crawled."""
    monkeypatch.setattr(module, "_MIN_PAUSE", timedelta(0))
    before = watch(archive, "record")

    async def story() -> int:
        crawls = Held()
        service = Service(archive, [before], crawls)
        service.start()
        for _ in range(steps):
            await asyncio.sleep(0)
        service.replace_sources([replace(before, schedule=Schedule(timedelta(hours=2)))])
        await until(lambda: crawls.under_way > 0 and not service.next_runs())
        await asyncio.sleep(0)  # what was due has begun
        crawls.may_end.set()
        await until_planned(service, "record")
        await service.stop(SOON)
        return crawls.most

    assert asyncio.run(story()) == 1


def test_a_clock_that_is_set_back_during_a_crawl_does_not_make_its_source_wait_for_so_long(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> timedelta:
        crawls = Held()
        service = Service(archive, [watch(archive, "record")], crawls)
        service.start()
        await until(lambda: crawls.under_way > 0)
        set_at = utc_now() - timedelta(days=1)
        monkeypatch.setattr(module, "utc_now", lambda: set_at)
        crawls.may_end.set()
        await until_planned(service, "record")
        waits = service.next_runs()["record"] - set_at
        await service.stop(SOON)
        return waits

    assert asyncio.run(story()) == timedelta(minutes=5)


class Answers(LocalCrawls):
    """Crawls of which the first finds its host down, and the next ones wait until it is up."""

    def __init__(self, reason: str) -> None:
        super().__init__(FreshStarter(CHILD), SOON)
        self.errors = (PageError("http://127.0.0.1/", reason),)
        self.is_up = asyncio.Event()
        self.ran: list[str] = []

    async def run(self, turn: CrawlTurn, make_order: MakeOrder) -> Crawl | None:
        if self.ran:
            await self.is_up.wait()
        if make_order() is None:
            return None
        is_first = not self.ran
        outcome = CrawlOutcome.FAILED if is_first else CrawlOutcome.COMPLETE
        self.ran.append(turn.source)
        errors = self.errors if is_first else ()
        return Crawl(len(self.ran), turn.source, outcome, utc_now(), utc_now(), errors=errors)


def test_who_waits_for_a_host_is_crawled_as_soon_as_that_answers(
    archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    failing, waiting = watch(archive, "failing", every=1), watch(archive, "waiting")

    async def story() -> None:
        crawls = Answers("timed out")
        service = Service(archive, [failing], crawls)
        service.start()
        await until(lambda: bool(crawls.ran))
        await until(lambda: "crawl of failing: failed" in caplog.text)
        service.replace_sources([failing, waiting])
        await until(lambda: "crawl of waiting waits" in caplog.text)
        crawls.is_up.set()
        await until(lambda: "waiting" in crawls.ran)
        await service.stop(SOON)

    asyncio.run(story())


def test_a_directory_that_is_gone_makes_no_other_source_of_its_host_wait(archive: Archive) -> None:
    gone, other = watch(archive, "gone"), watch(archive, "other")

    async def story() -> None:
        crawls = Answers("HTTP 404")
        crawls.is_up.set()
        service = Service(archive, [gone], crawls)
        service.start()
        await until_crawled(service, "gone")
        service.replace_sources([gone, other])
        await until(lambda: crawls.ran == ["gone", "other"])
        await service.stop(SOON)

    asyncio.run(story())
