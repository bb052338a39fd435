"""The service: crawls each source when it is due, and tells how that goes."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from letters.records import Crawl, CrawlOutcome
from scheduler.child_process import GRACE, CrawlError, run_crawl
from scheduler.clock import Clock
from scheduler.concurrency import ConcurrencyLimits
from scheduler.due import deadline
from scheduler.host_backoff import HostBackoff
from scheduler.scheduled_source import ScheduledSource, job_now, next_crawl, utc_now, was_killed
from storage import queries
from storage.database.archive import Archive
from storage.database.errors import StorageError, reason
from storage.database.preflight import file_identity, schema_revision
from storage.migrations.run import HEAD

log = logging.getLogger(__name__)

_AGAIN = timedelta(minutes=5)  # at the soonest after a crawl that never came to begin
_BREATH = timedelta(seconds=1)  # so that a call has returned before its name is called again


class Service:
    """Keeps sources watched, each crawl in a process of its own."""

    def __init__(
        self,
        archive: Archive,
        watches: Sequence[ScheduledSource],
        command: Sequence[str],
        grace: timedelta = GRACE,
    ) -> None:
        self._archive = archive
        self._file = file_identity(archive.url)
        self._watches = {watch.name: watch for watch in watches}
        self._command = command
        self._grace = grace
        self._clock = Clock()
        self._limits = ConcurrencyLimits()
        self._crawling: dict[str, asyncio.Task[None]] = {}
        self._rests = HostBackoff()
        self._swept: dict[str, datetime] = {}  # a restart forgets, and sweeps once more

    def trouble(self) -> str | None:
        """Return why the service is not well, or None."""
        if not self._clock.is_running:
            return "the schedule does not run"
        if lost := self._lost():
            return lost
        try:
            with self._archive.reading() as connection:
                next(queries.crawls(connection, limit=1), None)
                standing = schema_revision(connection)
        except StorageError as error:
            return f"the database can't be read: {reason(error)}"
        if standing != HEAD:
            return f"the database's schema became {standing}, not {HEAD}: restart the service"
        return None

    def _lost(self) -> str | None:
        """Say so when what stands at the database's path is not the file that is open here.

        Crawls would go on in a file of their own, and nobody would see what they found.
        """
        standing = file_identity(self._archive.url)
        if standing == self._file:
            return None
        return "the database file is another one" if standing else "the database file is gone"

    def next_runs(self) -> Mapping[str, datetime]:
        """Return when each source is crawled next, in UTC; one being crawled has no next time."""
        return self._clock.times()

    def start(self) -> None:
        """Begin to crawl what is due; what was killed or missed while nobody watched, at once."""
        now = utc_now()
        for watch in self._watches.values():
            if was_killed(self._archive, watch):
                log.info("crawl of %s was cut off and is taken up again", watch.name)
                self._plan(watch, now)
            else:
                self._plan(watch, next_crawl(self._archive, watch, now))
        self._clock.start()

    def watch(self, watches: Sequence[ScheduledSource]) -> None:
        """Keep `watches` watched from now on, and no others; what is being crawled is finished."""
        before, self._watches = self._watches, {watch.name: watch for watch in watches}
        for name in before.keys() - self._watches.keys():
            self._clock.forget(name)
            log.info("%s is watched no more", name)
        for name, watch in self._watches.items():
            if watch == before.get(name):
                continue
            log.info("%s is watched%s", name, " otherwise than before" * (name in before))
            if name not in self._crawling:  # else it is planned when that ends
                self._plan(watch, self._next(watch, utc_now() - _AGAIN))

    async def stop(self, budget: timedelta) -> None:
        """Begin no crawl more; let those in flight end, and end them by force after `budget`.

        One that is ended by force has kept all it saw; the next crawl takes up the rest.
        """
        self._clock.pause()
        if self._crawling:
            crawling = self._crawling.values()
            _, late = await asyncio.wait(crawling, timeout=budget.total_seconds())
            for crawl in late:
                crawl.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        self._clock.stop()

    def _plan(self, watch: ScheduledSource, moment: datetime) -> None:
        self._clock.call_at(moment, watch.name, partial(self._call, watch))

    async def _call(self, watch: ScheduledSource) -> None:
        """Crawl once and plan the next time, whatever became of this one."""
        began = utc_now()
        host = urlsplit(watch.job.source.listing).netloc
        if later := self._rests.until(host, watch.name, began):
            log.info("crawl of %s waits: its host did not answer lately", watch.name)
            self._plan(watch, later)
            return
        crawl = self._crawling[watch.name] = asyncio.create_task(self._crawl(watch))
        await asyncio.wait([crawl])
        del self._crawling[watch.name]
        if now := self._watches.get(watch.name):
            self._plan(now, self._next(now, began))
        if not crawl.cancelled():
            crawl.result()  # a bug is raised here, to be logged with its traceback

    async def _crawl(self, watch: ScheduledSource) -> None:
        try:
            async with self._limits.slot(watch.job.source.listing):
                if self._watches.get(watch.name) != watch:
                    return  # it is no longer to be crawled so
                crawl = await self._run(watch)
        except (CrawlError, StorageError) as error:
            log.error("%s", reason(error))  # noqa: TRY400 - its text says all, a traceback no more
            return
        self._rest(watch, crawl)
        told = (crawl.outcome, crawl.listed, crawl.fetched, len(crawl.errors))
        log.info("crawl of %s ended: %s, %d listed, %d fetched, %d errors", watch.name, *told)

    def _rest(self, watch: ScheduledSource, crawl: Crawl) -> None:
        """Remember whether the host was there at all."""
        host = urlsplit(watch.job.source.listing).netloc
        if crawl.outcome is CrawlOutcome.FAILED:
            self._rests.failed(host, watch.name, utc_now())
        else:
            self._rests.answered(host)

    async def _run(self, watch: ScheduledSource) -> Crawl:
        if lost := self._lost():
            raise CrawlError(f"crawl of {watch.name} does not begin: {lost}")
        now = utc_now()
        job, known = job_now(self._archive, watch, self._swept.get(watch.name), now)
        if job.full:
            self._swept[watch.name] = now
        log.info("crawl of %s begins%s", watch.name, ", a sweep" if job.full else "")
        limit = deadline(known, job.source.politeness.delay)
        job = replace(job, creates=False)
        return await run_crawl(self._command, job, limit, _unheard, self._grace)

    def _next(self, watch: ScheduledSource, began: datetime) -> datetime:
        now = utc_now()
        soonest = max(began + min(watch.schedule.every, _AGAIN), now + _BREATH)
        try:
            return max(next_crawl(self._archive, watch, now), soonest)
        except StorageError as error:
            log.error("%s can't be planned: %s", watch.name, reason(error))  # noqa: TRY400
            return now + _AGAIN


def _unheard(_progress: Mapping[str, int]) -> None:
    """Let progress pass: the service's log tells how each crawl ended."""
