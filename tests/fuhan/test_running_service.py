import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from crawler.job import CrawlJob, Source
from fuhan.config.file_watch import FileWatch, file_digest
from fuhan.config.load import load_config
from fuhan.running_service import RunningService, ServiceParts, schedule_steps, service_plan
from letters.letter import Kind
from scheduler.due import Schedule
from scheduler.scheduled_source import ScheduledSource
from storage.database.archive import Archive
from storage.database.process_lock import SERVICE, ProcessLock
from storage.facts.watch_decisions import add_source
from tests.archive_copy import new_archive

AT = datetime(2026, 11, 28, 20, tzinfo=UTC)


def source(name: str, hours: int = 6) -> ScheduledSource:
    job = CrawlJob("", Source(name, "某市", Kind.PROPOSAL, f"http://{name}.example/"))
    return ScheduledSource(job, Schedule(timedelta(hours=hours)))


A, B, C, D, E = map(source, "abcde")
OTHER_A = source("a", hours=1)


@pytest.mark.parametrize(
    ("before", "after", "steps"),
    [
        pytest.param([A], [A], [[A]], id="nothing new"),
        pytest.param([], [A, B], [[A, B]], id="as many as one step has"),
        pytest.param([], [A, B, C], [[A, B], [A, B, C]], id="one more"),
        pytest.param([A, B], [], [[]], id="all are gone"),
        pytest.param([E, D], [A, B, C, D], [[D, A, B], [A, B, C, D]], id="what is gone goes first"),
        pytest.param([A], [B, C, OTHER_A], [[B, C, A], [B, C, OTHER_A]], id="otherwise, at its turn"),
    ],
)  # fmt: skip
def test_many_new_sources_are_watched_a_few_a_step(
    before: list[ScheduledSource],
    after: list[ScheduledSource],
    steps: list[list[ScheduledSource]],
) -> None:
    assert list(schedule_steps(before, after, size=2)) == steps


@contextmanager
def running_service(folder: Path, parts: MagicMock) -> Iterator[RunningService]:
    """Yield a service that goes by the file in `folder`, with nothing beside it but the archive."""
    file = folder / "config.yaml"
    with closing(new_archive(folder / "data" / "fuhan.db")) as archive:
        lock = ProcessLock(archive.url, SERVICE)
        running = RunningService(
            service_plan(load_config(file, {}), archive),
            FileWatch(file),
            ServiceParts(
                archive, parts.service, parts.dispatcher, parts.alarms, parts.housekeeping
            ),
            lock,
        )
        running.show(lambda _listed: None)
        yield running
        lock.release()


def test_who_writes_alerts_knows_what_is_watched_before_alarms_end_by_it(folder: Path) -> None:
    """Alarms are judged in a thread, as soon as they know."""
    parts = MagicMock()
    with running_service(folder, parts) as running:
        asyncio.run(running.take_up())
    replaced = [name for name, _, _ in parts.method_calls if name.endswith(".replace")]
    assert replaced.index("dispatcher.replace") < replaced.index("alarms.replace")


def test_a_file_is_read_again_once_the_source_is_added_that_it_names(folder: Path) -> None:
    file, parts = folder / "config.yaml", MagicMock()
    reports: list[str | None] = []
    parts.alarms.report.side_effect = lambda _kind, reason: reports.append(reason)

    async def story(running: RunningService) -> None:
        going_on = asyncio.create_task(running.keep_up(lambda: load_config(file, {}), tick=0.01))
        async with asyncio.timeout(120):
            await until(lambda: reports == [None])
            channel = "notify:\n  - {url: 'json://127.0.0.1', sources: [village]}\n"
            written = folder / "config.new"
            written.write_text(file.read_text("utf-8") + channel, "utf-8")
            written.replace(file)  # whole, whenever it is looked at
            await until(lambda: len(reports) > 1)
            assert "expected the name of a source, found 'village'" in str(reports[1])
            assert running.plan.config.notify == ()
            with running.parts.archive.writing() as connection:
                entry = {"name": "village", "agency": "某村", "kind": "proposal"}
                add_source(connection, {**entry, "listing": "http://127.0.0.1:9/v/"}, "lin", AT)
            await until(lambda: len(reports) > 2)
        assert reports[2] is None
        assert running.plan.config.notify[0].sources == ("village",)
        going_on.cancel()

    with running_service(folder, parts) as running:
        asyncio.run(story(running))


def test_a_file_that_changes_while_the_archive_is_away_is_taken_up_afterwards(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    file, parts = folder / "config.yaml", MagicMock()

    async def story(running: RunningService) -> None:
        going_on = asyncio.create_task(running.keep_up(lambda: load_config(file, {}), tick=0.01))
        async with asyncio.timeout(120):
            rename(running.parts.archive, "watch_decisions", "hidden")
            await until(lambda: "what is watched can't be read" in caplog.text)
            written = folder / "config.new"
            written.write_text(file.read_text("utf-8") + "mass: 0.25\n", "utf-8")
            written.replace(file)
            digest = file_digest(file)
            await until(lambda: vars(running)["_file"].digest == digest)  # it was seen
            caplog.clear()
            await until(lambda: "what is watched can't be read" in caplog.text)
            rename(running.parts.archive, "hidden", "watch_decisions")
            await until(lambda: running.plan.config.mass == 0.25)
        going_on.cancel()

    with running_service(folder, parts) as running:
        asyncio.run(story(running))


def rename(archive: Archive, table: str, name: str) -> None:
    with archive.writing() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {name}")


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - the service makes it so
        await asyncio.sleep(0.01)
