from datetime import timedelta

import pytest

from crawler.job import CrawlJob, Source
from fuhan.running_service import schedule_steps
from letters.letter import Kind
from scheduler.due import Schedule
from scheduler.scheduled_source import ScheduledSource


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
