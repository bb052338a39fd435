"""The service: crawls each source when it is due, and logs how that goes."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from letters.counted import counted
from letters.crawl_record import Crawl, CrawlOutcome
from scheduler.alarms.failure_kinds import is_unanswered
from scheduler.child_process import CrawlError
from scheduler.crawl_log import log_ending, substantive_edits
from scheduler.crawl_order import CrawlOrder, Crawls, Urgency
from scheduler.crawl_turns import CrawlTurn
from scheduler.due import deadline
from scheduler.host_backoff import HostBackoff
from scheduler.read_watch import ReadWatch
from scheduler.scheduled_source import (
    ScheduledSource,
    count_known,
    first_crawls,
    is_behind,
    next_crawl_at,
    recorded_backoff,
    turn_of,
    utc_now,
)
from scheduler.timers import Timers
from scheduler.write_watch import WriteWatch, unwritable
from storage.database.archive import Archive
from storage.database.errors import StorageError, reason
from storage.queue.queue_state import QueueState

log = logging.getLogger(__name__)

_RETRY_AFTER = timedelta(minutes=5)  # at least, after a crawl that never began
_LATENESS = timedelta(minutes=1)  # of a crawl's beginning, on a busy machine
_UNWRITABLE = timedelta(minutes=1)  # until a crawl that could not be recorded is due again
_MIN_PAUSE = timedelta(seconds=1)  # between two crawls of a source


class Service:
    """Has sources crawled on their schedules, each crawl in a process of its own."""

    def __init__(
        self,
        archive: Archive,
        sources: Sequence[ScheduledSource],
        crawls: Crawls,
        after_crawl: Callable[[str], None] = lambda _: None,  # called with the source's name
    ) -> None:
        self._archive = archive
        self._read_watch = ReadWatch(archive)
        self._write_watch = WriteWatch(archive)
        self._sources = {source.name: source for source in sources}
        self._crawls = crawls
        self._after_crawl = after_crawl
        self._timers = Timers()
        self._crawling: dict[str, asyncio.Task[None]] = {}
        self._backoff = HostBackoff()

    @property
    def archive(self) -> Archive:
        """What its crawls are recorded in."""
        return self._archive

    def trouble(self) -> str | None:
        """Return why the service is not well, or None."""
        if not self._timers.is_running:
            return "the schedule does not run"
        if problem := self._read_watch.problem():
            return problem
        if problem := self._write_watch.problem:
            return unwritable(problem)
        return self._crawls.trouble()

    def look_at_database(self) -> None:
        """See whether crawls can be recorded; it may take as long as a server takes."""
        self._write_watch.look()

    def summary(self) -> str:
        """Return in a line what the service does."""
        return f"watching {counted(len(self._sources), 'source')}"

    def is_alive(self) -> bool:
        """Return whether the schedule goes on: nothing is left that was due a minute ago."""
        late = utc_now() - _LATENESS
        is_late = any(at < late for at in self._timers.times().values())
        return self._timers.is_running and not is_late

    def next_runs(self) -> Mapping[str, datetime]:
        """Return when each source is crawled next, in UTC; one being crawled has no next time."""
        return self._timers.times()

    def progress(self) -> Mapping[str, Mapping[str, int]]:
        """Return the counts of each crawl under way, by source: none yet where it waits."""
        known = self._crawls.progress()
        return {name: known.get(name, {}) for name in self._crawling}

    def crawl_now(self, name: str) -> None:
        """Crawl a source that is watched at once, unless that is under way; a person wishes so.

        To be called in the event loop.
        """
        source = self._sources.get(name)
        if source is not None and name not in self._crawling:
            self._backoff.record_answer(source.host)
            self._schedule(source, utc_now())

    def queue_state(self) -> QueueState | None:
        """Return what waits in the queue and who works; None where there is no queue."""
        return self._crawls.queue_state()

    def start(self) -> None:
        """Begin to crawl what is due; a crawl that was cut off or missed, at once."""
        self._backoff = recorded_backoff(self._archive, self._sources.values())
        for first in first_crawls(self._archive, self._sources.values(), utc_now()):
            if first.was_cut_off:
                log.info("crawl of %s was cut off and is taken up again", first.source.name)
            self._schedule(first.source, first.at)
        self._crawls.start()
        self._timers.start()

    def replace_sources(self, sources: Sequence[ScheduledSource]) -> None:
        """Crawl `sources` from now on, and no others; a crawl under way is finished."""
        before, self._sources = self._sources, {source.name: source for source in sources}
        for name in before.keys() - self._sources.keys():
            self._timers.cancel(name)
            self._crawls.withdraw(name)
            log.info("%s is watched no more", name)
        for name, source in self._sources.items():
            if source == (old := before.get(name)):
                continue
            if old is None or old.entry != source.entry:
                log.info("%s is watched%s", name, " otherwise than before" * (old is not None))
            if name in self._crawling:  # it is planned when that ends
                self._crawls.withdraw(name)
            else:
                self._schedule(source, self._next_time(source, utc_now() - _RETRY_AFTER))

    async def stop(self, budget: timedelta) -> None:
        """Begin no more crawls; let those in flight end, and end them by force after `budget`.

        One that is ended by force has kept all it saw; the next crawl does the rest. Crawls
        that outlive the service are waited for no more.
        """
        self._timers.pause()
        if self._crawling:
            crawling = self._crawling.values()
            patience = 0.0 if self._crawls.outlive_service else budget.total_seconds()
            _, late = await asyncio.wait(crawling, timeout=patience)
            for crawl in late:
                crawl.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        self._timers.stop()
        await self._crawls.close()

    def _schedule(self, source: ScheduledSource, moment: datetime) -> None:
        call = partial(self._crawl_and_reschedule, source, moment)
        self._timers.call_at(moment, source.name, call)

    async def _crawl_and_reschedule(self, source: ScheduledSource, due: datetime) -> None:
        """Crawl once and schedule the next crawl, whatever became of this one."""
        if source.name in self._crawling:  # since it was due: what is under way schedules the next
            return
        began = utc_now()
        if self._write_watch.problem:  # nothing could be recorded, which the log has said once
            self._schedule(source, began + _UNWRITABLE)
            return
        if later := self._backoff.wait_until(source.host, source.name, began):
            log.info("crawl of %s waits: its host did not answer", source.name)
            self._schedule(source, later)
            return
        crawl = self._crawling[source.name] = asyncio.create_task(self._crawl(source, due))
        await asyncio.wait([crawl])
        del self._crawling[source.name]
        self._after_crawl(source.name)
        if current := self._sources.get(source.name):
            self._schedule(current, self._next_time(current, began))
        if not crawl.cancelled():
            crawl.result()  # a bug is raised here, to be logged with its traceback

    async def _crawl(self, source: ScheduledSource, due: datetime) -> None:
        try:
            turn = turn_of(self._archive, source, due)
            crawl = await self._crawls.run(turn, partial(self._make_order, source, turn))
        except (CrawlError, StorageError) as error:
            log.error("%s", reason(error))  # noqa: TRY400 - its text says all, a traceback no more
            return
        if crawl is not None:
            self._record_host(source, crawl)
            log_ending(crawl, substantive_edits(self._archive, crawl))

    def _record_host(self, source: ScheduledSource, crawl: Crawl) -> None:
        """Record whether the host answered at all."""
        reason = crawl.errors[0].reason if crawl.errors else ""
        if crawl.outcome is CrawlOutcome.FAILED and is_unanswered(reason):
            self._backoff.record_failure(source.host, source.name, utc_now())
        elif self._backoff.record_answer(source.host):
            for other in self._sources.values():
                if other.host == source.host and other.name not in self._crawling:
                    self._schedule(other, self._next_time(other, utc_now() - _RETRY_AFTER))

    def _make_order(self, source: ScheduledSource, turn: CrawlTurn) -> CrawlOrder | None:
        """Return the crawl of `source` to run now; None where it is no longer to be crawled so."""
        if self._sources.get(source.name) != source:
            return None
        if problem := self._read_watch.file_problem():
            raise CrawlError(f"crawl of {source.name} does not begin: {problem}")
        known = count_known(self._archive, source)
        limit = deadline(known, source.job.source.politeness.delay)
        return CrawlOrder(replace(source.job, creates=False), limit, self._urgency(source, turn))

    def _urgency(self, source: ScheduledSource, turn: CrawlTurn) -> Urgency:
        if turn.is_long:
            return Urgency.LONG
        return Urgency.CATCH_UP if is_behind(self._archive, source) else Urgency.ORDINARY

    def _next_time(self, source: ScheduledSource, began: datetime) -> datetime:
        now = utc_now()
        begun = min(began, now)  # where the clock was set back since
        soonest = max(begun + min(source.schedule.every, _RETRY_AFTER), now + _MIN_PAUSE)
        try:
            return max(next_crawl_at(self._archive, source, now), soonest)
        except StorageError as error:
            log.error("%s can't be planned: %s", source.name, reason(error))  # noqa: TRY400
            return now + _RETRY_AFTER
