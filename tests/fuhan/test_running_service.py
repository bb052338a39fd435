import asyncio
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from crawler.job import CrawlJob, Source
from fuhan.config.file_watch import FileWatch
from fuhan.config.load import load_config
from fuhan.running_service import RunningService, ServiceParts, schedule_steps, service_plan
from letters.letter import Kind
from scheduler.due import Schedule
from scheduler.scheduled_source import ScheduledSource
from storage.database.process_lock import SERVICE, ProcessLock
from tests.archive_copy import new_archive


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


def test_who_writes_alerts_knows_what_is_watched_before_alarms_end_by_it(folder: Path) -> None:
    """Alarms are judged in a thread, as soon as they know."""
    config, parts = load_config(folder / "config.yaml", {}), MagicMock()
    with closing(new_archive(folder / "data" / "fuhan.db")) as archive:

        async def story() -> None:
            running = RunningService(
                service_plan(config, archive),
                FileWatch(folder / "config.yaml"),
                ServiceParts(
                    archive, parts.service, parts.dispatcher, parts.alarms, parts.housekeeping
                ),
                ProcessLock(archive.url, SERVICE),
            )
            running.show(lambda _listed: None)
            await running.take_up()

        asyncio.run(story())
    replaced = [name for name, _, _ in parts.method_calls if name.endswith(".replace")]
    assert replaced.index("dispatcher.replace") < replaced.index("alarms.replace")
