"""Run crawls for a command: each in its own process, side by side where hosts differ."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial

from crawler.job import CrawlJob
from fuhan.config.sections import SIX_HOURS
from fuhan.errors import ExitCode, FuhanError
from fuhan.terminal.progress import ProgressDisplay
from fuhan.terminal.streams import write_error
from fuhan.terminal.upgrade_line import show_upgrade
from letters.crawl_record import Crawl, CrawlOutcome
from letters.urls import host_of
from scheduler.child_process import CrawlError, run_crawl
from scheduler.concurrency import ConcurrencyLimits
from scheduler.crawl_starter import CrawlStarter
from scheduler.crawl_turns import CrawlTurn
from scheduler.due import deadline
from scheduler.scheduled_source import utc_now
from storage import queries
from storage.database.archive import open_archive, read_archive


async def crawl_all(
    starter: CrawlStarter,
    jobs: Sequence[CrawlJob],
    display: ProgressDisplay,
    report: Callable[[Crawl], None],
) -> set[int]:
    """Run `jobs`, report each crawl as it ends, and return the exit codes that they call for."""
    limits, began = ConcurrencyLimits(), utc_now()
    for database in {job.database for job in jobs}:
        # By one, before several would make it at once.
        open_archive(database, create=True, follow=show_upgrade).close()

    async def run(job: CrawlJob) -> ExitCode:
        host = host_of(job.source.listing)
        async with limits.slot(CrawlTurn(job.source.name, host, began, SIX_HOURS)):
            limit = deadline(_count_letters(job), job.source.politeness.delay)
            progress = partial(display.show, job.source.name)
            try:
                crawl = await run_crawl(starter, job, limit, progress)
            except CrawlError as error:
                with display.finish(job.source.name):
                    write_error(str(error))
                return ExitCode.FAILURE
        report(crawl)
        return ExitCode.DONE if crawl.outcome is CrawlOutcome.COMPLETE else ExitCode.PARTIAL

    try:
        async with asyncio.TaskGroup() as together:
            running = [together.create_task(run(job)) for job in jobs]
    finally:
        await starter.close()
    return {task.result() for task in running}


def run_crawl_now(starter: CrawlStarter, job: CrawlJob, limit: timedelta) -> Crawl:
    """Run `job` and return the crawl; raise FuhanError where it breaks down."""
    try:
        return asyncio.run(run_crawl(starter, job, limit, lambda _: None))
    except CrawlError as error:
        raise FuhanError(str(error)) from error


def _count_letters(job: CrawlJob) -> int:
    """Return how many letters of the job's source are on record."""
    with closing(read_archive(job.database)) as archive, archive.reading() as connection:
        return queries.count_letters(connection, queries.LetterFilter(source=job.source.name))
