"""Crawls of the command line: each in its own process, side by side where hosts differ."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from functools import partial

from crawler.job import CrawlJob
from fuhan.errors import Exit
from fuhan.terminal.progress import ProgressDisplay
from letters.records import Crawl, CrawlOutcome
from scheduler.child_process import CrawlError, run_crawl
from scheduler.concurrency import ConcurrencyLimits
from scheduler.due import deadline
from storage import queries
from storage.database.archive import open_archive, read_archive


async def crawl_all(
    command: Sequence[str],
    jobs: Sequence[CrawlJob],
    shown: ProgressDisplay,
    tell: Callable[[Crawl], None],
) -> set[int]:
    """Run `jobs` and tell each crawl as it ends; return the exit codes that they ask for."""
    lanes = ConcurrencyLimits()
    for database in {job.database for job in jobs}:
        open_archive(database, create=True).close()  # by one, before several would make it at once

    async def run(job: CrawlJob) -> Exit:
        async with lanes.on(job.source.listing):
            limit = deadline(_known(job), job.source.politeness.delay)
            progress = partial(shown.show, job.source.name)
            try:
                crawl = await run_crawl(command, job, limit, progress)
            except CrawlError as error:
                with shown.after(job.source.name):
                    sys.stderr.write(f"fuhan: {error}\n")
                return Exit.FAILURE
        tell(crawl)
        return Exit.DONE if crawl.outcome is CrawlOutcome.COMPLETE else Exit.PARTIAL

    async with asyncio.TaskGroup() as together:
        running = [together.create_task(run(job)) for job in jobs]
    return {task.result() for task in running}


def _known(job: CrawlJob) -> int:
    """Return how many letters of the job's source are held."""
    archive = read_archive(job.database)
    with archive.reading() as connection:
        known = queries.count_letters(connection, queries.LetterFilter(source=job.source.name))
    archive.close()
    return known
