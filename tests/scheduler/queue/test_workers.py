"""Workers and a service around one queue, in one loop; crawls are processes of their own."""

import asyncio
import gc
import logging
import threading
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from psycopg_pool.base import AttemptWithBackoff

from crawler.job import CrawlJob
from letters.crawl_record import Crawl
from scheduler.child_process import CrawlCrashedError, CrawlError
from scheduler.crawl_order import CrawlOrder, Urgency
from scheduler.queue import job_queue, queued_crawls, retrying_job_manager
from scheduler.queue.job_queue import JobQueue, library_schema
from scheduler.queue.queued_crawls import QueuedCrawls
from scheduler.scheduled_source import ScheduledSource
from storage.database.errors import StorageError
from storage.database.process_lock import QUEUE, ProcessLock
from storage.queue.queue_database import QueueDatabase
from storage.queue.queue_state import QueueState
from tests.postgres_server import OwnServer, new_database
from tests.scheduler.queue.conftest import (
    NAME,
    OWNER,
    PACE,
    Queue,
    ended,
    order,
    source,
    turn,
    until,
)
from tests.scheduler.starters import PATIENCE


def running(
    crawls: object, wanted: ScheduledSource, urgency: Urgency = Urgency.ORDINARY
) -> "asyncio.Task[object]":
    has_turn = turn(wanted, is_long=urgency is Urgency.LONG)
    return asyncio.create_task(crawls.run(has_turn, order(wanted, urgency)))  # type: ignore[attr-defined]


def logged(caplog: pytest.LogCaptureFixture, words: str) -> list[str]:
    return [each for each in caplog.messages if words in each]


@pytest.fixture(autouse=True)
def _listen(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    for name in ("procrastinate", "psycopg.pool"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def test_a_crawl_runs_on_a_worker_and_its_outcome_reaches_the_service(queue: Queue) -> None:
    async def story() -> None:
        async with queue.service() as crawls, queue.worker():
            city = source("city")
            crawl = await crawls.run(turn(city), order(city))
            assert crawl
            assert (crawl.source, crawl.outcome, crawl.listed) == ("city", "partial", 60)
            assert crawl.errors[0].reason == "timed out"

    asyncio.run(story())


def test_crawls_of_one_host_follow_each_other_and_others_run_beside_them(
    queue: Queue, tmp_path: Path
) -> None:
    gate, second, beside = (tmp_path / name for name in ("gate", "second", "beside"))

    async def story() -> None:
        async with queue.service() as crawls, queue.worker("one"), queue.worker("two"):
            first = running(crawls, source(f"gated:{gate}"))
            await until(lambda: bool(names(crawls.queue_state())))
            later = running(crawls, source(f"city:{second}"))
            await running(crawls, source(f"town:{beside}", host=2))
            assert beside.exists()
            assert not second.exists()
            gate.touch()
            await asyncio.gather(first, later)
            assert second.exists()

    asyncio.run(story())


def names(state: QueueState | None) -> list[str]:
    """Return the sources that are being crawled."""
    return [name for worker in (state.workers if state else ()) for name in worker.crawls]


def test_what_is_behind_is_crawled_first_and_what_takes_long_last(
    queue: Queue, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        async with queue.service() as crawls:
            urgencies = [Urgency.LONG, Urgency.ORDINARY, Urgency.CATCH_UP]
            wanted = [
                running(crawls, source(each.name.lower(), host), each)
                for host, each in enumerate(urgencies, start=1)
            ]
            await until(lambda: len(logged(caplog, "is queued")) == 3)
            async with queue.worker(concurrency=1):
                await asyncio.gather(*wanted)

    asyncio.run(story())
    begun = [each.removesuffix(" begins") for each in logged(caplog, " begins")]
    assert begun == ["crawl of catch_up", "crawl of ordinary", "crawl of long"]


def test_a_queue_has_one_crawl_that_takes_long_for_each_worker_at_most(
    queue: Queue, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"

    async def story() -> None:
        async with queue.service() as crawls, queue.worker(concurrency=3):
            first = running(crawls, source(f"gated:{gate}"), Urgency.LONG)
            await until(lambda: bool(names(crawls.queue_state())))
            second = running(crawls, source("huge", 2), Urgency.LONG)
            await running(crawls, source("city", 3))
            assert not logged(caplog, "crawl of huge is queued")
            gate.touch()
            await asyncio.gather(first, second)

    asyncio.run(story())
    assert logged(caplog, "crawl of huge is queued")


def test_a_crawl_that_fails_is_tried_again_and_in_the_end_reported(
    queue: Queue, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        async with queue.service() as crawls, queue.worker():
            crash = source("explain")
            with pytest.raises(CrawlCrashedError, match="broke off: database is locked"):
                await crawls.run(turn(crash), order(crash))

    asyncio.run(story())
    assert len(logged(caplog, "crawl of explain begins")) == 3


def test_a_worker_that_is_ended_gives_its_crawl_to_another(queue: Queue, tmp_path: Path) -> None:
    pid = tmp_path / "pid"

    async def story() -> None:
        async with queue.service() as crawls:
            wanted = running(crawls, source(f"hang:{pid}"))
            async with queue.worker("one"):
                await until(lambda: pid.exists() and pid.read_text("utf-8") != "")
                first = int(pid.read_text("utf-8"))
            assert ended(first)
            async with queue.worker("two"):
                await until(lambda: pid.read_text("utf-8") not in {"", str(first)})
            wanted.cancel()

    asyncio.run(story())


def test_a_worker_waits_while_something_is_in_its_way_and_says_so_once(
    queue: Queue, caplog: pytest.LogCaptureFixture
) -> None:
    obstacles = ["the service is fuhan 9"]

    async def story() -> None:
        async with (
            queue.service() as crawls,
            queue.worker(find_obstacle=lambda: obstacles[0] if obstacles else None),
        ):
            wanted = running(crawls, source("city"))
            await until(lambda: waits(crawls.queue_state()) == ["the service is fuhan 9"])
            await asyncio.sleep(2 * PACE.beat)
            assert not wanted.done()
            obstacles.clear()
            assert await wanted
            await until(lambda: waits(crawls.queue_state()) == [None])

    asyncio.run(story())
    assert logged(caplog, "waits: ") == ["waits: the service is fuhan 9"]


def waits(state: QueueState | None) -> list[str | None]:
    return [worker.waits for worker in (state.workers if state else ())]


def test_a_job_whose_worker_was_lost_runs_again(queue: Queue) -> None:
    async def story() -> None:
        async with queue.service() as crawls:
            wanted = running(crawls, source("city"))
            await until(lambda: waiting(crawls.queue_state()) == 1)
            queue.execute("UPDATE procrastinate_jobs SET status = 'doing'")  # of nobody
            async with queue.worker():
                assert await wanted

    asyncio.run(story())


def test_a_job_that_ends_as_it_is_to_be_put_back_keeps_no_other_from_that(
    queue: Queue, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stalled = JobManager.get_stalled_jobs
    gone = Job(id=99, queue="", lock=None, queueing_lock="gone", task_name="crawl")

    async def stalled_and_gone(*arguments: Any, **named: Any) -> list[Job]:
        return [gone, *await stalled(*arguments, **named)]

    monkeypatch.setattr(JobManager, "get_stalled_jobs", stalled_and_gone)

    async def story() -> None:
        async with queue.service() as crawls, asyncio.timeout(PATIENCE):
            wanted = running(crawls, source("city"))
            await until(lambda: waiting(crawls.queue_state()) == 1)
            queue.execute("UPDATE procrastinate_jobs SET status = 'doing'")  # of nobody
            async with queue.worker():
                assert await wanted

    asyncio.run(story())
    assert not logged(caplog, "waits: ")


def test_a_worker_that_was_taken_for_lost_ends_its_crawl_without_a_traceback(
    queue: Queue, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gate = tmp_path / "gate"

    async def story() -> None:
        async with queue.service() as crawls, queue.worker():
            wanted = running(crawls, source(f"gated:{gate}"))
            await until(lambda: bool(names(crawls.queue_state())))
            queue.execute("DELETE FROM procrastinate_jobs")  # another one ended it
            assert await wanted is None
            gate.touch()
            await until(lambda: bool(logged(caplog, "partial, 60 listed")))

    asyncio.run(story())
    gc.collect()  # a task whose exception nobody has seen says so as it is forgotten
    assert not logged(caplog, "never retrieved")


def test_a_worker_that_was_taken_for_lost_goes_on_with_its_crawls(
    queue: Queue, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """As after a minute in which its machine, or the way to the database, stood still."""
    gate = tmp_path / "gate"

    async def story() -> None:
        async with queue.service() as crawls, queue.worker():
            wanted = running(crawls, source(f"gated:{gate}"))
            await until(lambda: bool(names(crawls.queue_state())))
            queue.execute("DELETE FROM procrastinate_workers")  # as another worker does
            for number in range(3):
                town = source(f"town{number}", host=2)
                assert await crawls.run(turn(town), order(town))
            gate.touch()
            assert await wanted

    asyncio.run(story())
    assert len(logged(caplog, "gate begins")) == 1
    assert not logged(caplog, "waits: ")


def waiting(state: QueueState | None) -> int:
    return state.waiting if state else 0


def test_a_job_that_lost_each_of_its_workers_is_given_up(queue: Queue) -> None:
    async def story() -> None:
        async with queue.service() as crawls:
            wanted = running(crawls, source("city"))
            await until(lambda: waiting(crawls.queue_state()) == 1)
            queue.execute("UPDATE procrastinate_jobs SET status = 'doing', attempts = 2")
            async with queue.worker():
                with pytest.raises(CrawlCrashedError, match="city was given up: each worker"):
                    await wanted

    asyncio.run(story())


def test_a_rescue_that_the_database_keeps_waiting_keeps_nothing_else_waiting(queue: Queue) -> None:
    """Crawls have their deadlines in the same loop."""
    locked, goes_on = threading.Event(), threading.Event()

    def hold() -> None:
        with queue.database.transaction() as connection:
            connection.exec_driver_sql("LOCK TABLE attempts")
            locked.set()
            goes_on.wait(PATIENCE)

    async def story() -> None:
        holding = asyncio.create_task(asyncio.to_thread(hold))
        await asyncio.to_thread(locked.wait)
        queue.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts, lock,"
            " queueing_lock) VALUES ('of tests', 'crawl', 'doing', 2, 'host', 'lost')"
        )
        async with queue.worker():
            await until(
                lambda: holding.done() or has(queue, "SELECT FROM pg_locks WHERE NOT granted")
            )
            assert not holding.done()
            goes_on.set()
            await holding
            await until(lambda: not has(queue, "SELECT FROM procrastinate_jobs"))

    asyncio.run(story())


def has(queue: Queue, rows: str) -> bool:
    with queue.database.transaction() as connection:
        return connection.exec_driver_sql(rows).first() is not None


def test_a_service_that_a_bug_keeps_from_its_queue_says_so(
    queue: Queue, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    async def story() -> None:
        async with queue.service() as crawls:
            await until(lambda: crawls.queue_state() is not None)
            monkeypatch.setattr(queued_crawls, "read_state", fail)
            async with asyncio.timeout(PATIENCE):
                await until(lambda: crawls.trouble() is not None)
            assert crawls.trouble() == "the queue: is watched no more: restart the service"

    asyncio.run(story())
    assert logged(caplog, "unexpected RuntimeError")


def test_a_crawl_that_is_withdrawn_does_not_run(queue: Queue) -> None:
    async def story() -> None:
        async with queue.service() as crawls:
            wanted = running(crawls, source("city"))
            await until(lambda: waiting(crawls.queue_state()) == 1)
            crawls.withdraw("city")
            assert await wanted is None
            assert waiting(crawls.queue_state()) == 0

    asyncio.run(story())


def test_a_crawl_that_is_withdrawn_while_it_is_put_into_the_queue_does_not_run(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        async with queue.service() as crawls:
            put = JobQueue.put

            async def put_late(*arguments: Any) -> int | None:
                crawls.withdraw("city")
                for _ in range(2):
                    await next_look(crawls)
                return await put(*arguments)

            monkeypatch.setattr(JobQueue, "put", put_late)
            async with asyncio.timeout(PATIENCE):
                assert await crawls.run(turn(source("city")), order(source("city"))) is None

    asyncio.run(story())


async def next_look(crawls: QueuedCrawls) -> None:
    """Wait until the service has looked at the queue again."""
    seen = crawls.queue_state()
    await until(lambda: crawls.queue_state() is not seen)


def test_a_service_that_begins_waits_for_what_runs_and_withdraws_what_waits(
    queue: Queue, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    city, town = source(f"gated:{gate}"), source("town")

    def not_again() -> CrawlOrder:
        raise AssertionError("it runs already")

    async def story() -> None:
        async with queue.worker():
            async with queue.service() as before:
                asked = [running(before, city)]
                await until(lambda: bool(names(before.queue_state())))
                asked.append(running(before, town))
                await until(lambda: waiting(before.queue_state()) == 1)
                for each in asked:
                    each.cancel()
            async with queue.service() as crawls:
                adopted = asyncio.create_task(crawls.run(turn(city), not_again))
                await until(lambda: adopted.done() or bool(vars(crawls)["_awaited"]))
                await until(lambda: crawls.queue_state() is not None)
                assert waiting(crawls.queue_state()) == 0
                gate.touch()
                assert await adopted

    asyncio.run(story())


def test_what_a_worker_of_an_older_version_gives_back_keeps_nothing_from_its_turn(
    queue: Queue, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    city, town = source(f"gated:{gate}"), source("town")  # on one host

    async def story() -> None:
        async with AsyncExitStack() as older:
            await older.enter_async_context(queue.worker("old", of="older"))
            async with queue.service(of="older") as before:
                asked = running(before, city)
                await until(lambda: bool(names(before.queue_state())))
                asked.cancel()
            async with queue.service() as crawls, queue.worker("new"):
                adopted = running(crawls, city)
                await until(lambda: bool(vars(crawls)["_awaited"]))
                await older.aclose()
                async with asyncio.timeout(PATIENCE):
                    assert await adopted is None
                    assert await crawls.run(turn(town), order(town))

    asyncio.run(story())


def test_the_archive_s_password_is_in_no_job(queue: Queue) -> None:
    async def story() -> None:
        async with queue.service() as crawls:
            city = source("city")
            secret = CrawlJob("postgresql://fuhan:secret@host/fuhan", city.job.source)
            wanted = running(crawls, ScheduledSource(secret, city.schedule))
            await until(lambda: waiting(crawls.queue_state()) == 1)
            wanted.cancel()

    asyncio.run(story())
    with queue.database.transaction() as connection:
        (args,) = connection.exec_driver_sql("SELECT args::text FROM procrastinate_jobs").scalars()
    assert "127.0.0.1" in args
    assert "secret" not in args


def taken_right(queue: Queue) -> ProcessLock:
    """Take the right to fill the queue from whoever has it; a service takes it again if it can."""
    right = ProcessLock(queue.database.url, QUEUE)
    while not right.take():
        queue.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND"
            " database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
    return right


def test_a_service_whose_right_was_taken_orders_nothing(queue: Queue) -> None:
    async def story() -> None:
        async with queue.service() as crawls:
            await until(lambda: crawls.queue_state() is not None)
            async with queue.service(taken_right(queue)):
                await until(lambda: crawls.trouble() is not None)
                assert crawls.trouble() == "the queue: another fuhan serve fills the queue"
                city = source("city")
                with pytest.raises(CrawlError, match="city is not ordered: another fuhan serve"):
                    await crawls.run(turn(city), order(city))
            await until(lambda: crawls.trouble() is None)

    asyncio.run(story())


async def crawled_at_last(crawls: QueuedCrawls, wanted: ScheduledSource) -> Crawl | None:
    """Order a crawl as a service does: again where the queue could not be used just now."""
    async with asyncio.timeout(120):
        while True:
            with suppress(CrawlError, StorageError):
                return await crawls.run(turn(wanted), order(wanted))
            await asyncio.sleep(PACE.poll)


def test_broken_connections_lose_and_repeat_no_crawl_and_cost_a_service_no_right(
    queue: Queue, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gate = tmp_path / "gate"

    async def story() -> None:
        async with queue.service() as crawls, queue.worker():
            wanted = running(crawls, source(f"gated:{gate}"))
            await until(lambda: bool(names(crawls.queue_state())))
            queue.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            assert await crawled_at_last(crawls, source("town", host=2))
            await until(lambda: crawls.trouble() is None)
            gate.touch()
            assert await wanted

    asyncio.run(story())
    assert len(logged(caplog, "gate begins")) == 1


def broken() -> ConnectorException:
    """Return what is raised as the connection breaks."""
    error = ConnectorException()
    error.__cause__ = psycopg.OperationalError()
    return error


def test_a_job_that_was_given_out_as_the_connection_broke_is_run(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch, unheard = JobManager.fetch_job, []

    async def fetch_unheard(manager: JobManager, *arguments: Any, **named: Any) -> Job | None:
        job = await fetch(manager, *arguments, **named)
        if job and not unheard:
            unheard.append(job)
            raise broken()
        return job

    monkeypatch.setattr(JobManager, "fetch_job", fetch_unheard)

    async def story() -> None:
        async with queue.service() as crawls, queue.worker(), asyncio.timeout(PATIENCE):
            assert await crawls.run(turn(source("city")), order(source("city")))

    asyncio.run(story())
    assert unheard


@pytest.mark.parametrize("name", ["city", "explain"])  # its job is ended, put back
def test_a_job_whose_end_could_not_be_written_for_long_keeps_nothing_waiting(
    queue: Queue, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(retrying_job_manager, "_WAITS", (0.0, 0.0))
    failures = iter([broken()] * 2)
    for each in ("finish_job", "retry_job"):
        write = getattr(JobManager, each)

        async def write_later(*arguments: Any, write: Any = write, **named: Any) -> None:
            if failure := next(failures, None):
                raise failure
            await write(*arguments, **named)

        monkeypatch.setattr(JobManager, each, write_later)

    async def story() -> None:
        async with queue.service() as crawls, queue.worker(), asyncio.timeout(PATIENCE):
            with suppress(CrawlError):
                await crawls.run(turn(source(name)), order(source(name)))
            town = source("town")  # on the same host
            assert await crawls.run(turn(town), order(town))

    asyncio.run(story())
    assert next(failures, None) is None


def test_a_database_that_was_away_for_long_is_used_again_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(AttemptWithBackoff, "DELAY_BACKOFF", 1000.0)  # as after minutes
    monkeypatch.setattr(job_queue, "_PATIENCE", 2.0)
    city, town = source("city"), source("town")

    async def story(server: OwnServer, url: str) -> None:
        jobs = JobQueue(url, NAME, PACE)
        async with jobs.opened():
            assert await jobs.put(order(city)(), city.host)
            await asyncio.to_thread(server.stop)
            for _ in range(2):
                with pytest.raises(ConnectorException):
                    await jobs.put(order(town)(), town.host)
            await asyncio.to_thread(server.start)
            async with asyncio.timeout(60):
                while True:
                    with suppress(ConnectorException):
                        assert await jobs.put(order(town)(), town.host)
                        return

    with OwnServer.running() as server, new_database(server.url) as url:
        database = QueueDatabase(url)
        database.prepare(OWNER, library_schema())
        database.close()
        asyncio.run(story(server, url))
