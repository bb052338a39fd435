"""Call functions at set times. The only module that knows APScheduler, which has no types."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from time import monotonic

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.base import STATE_RUNNING

log = logging.getLogger(__name__)

_LOOK_EVERY = 30.0  # seconds: so late it is noticed that the clock was set
_SET = timedelta(minutes=1)  # by less it is not set, but kept right


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Timers:
    """Calls the function of each name once, at the time set for it, in the running loop.

    Nothing is stored: times are set again from the archive at every start.
    """

    def __init__(
        self,
        now: Callable[[], datetime] = _utc_now,
        elapsed: Callable[[], float] = monotonic,  # seconds, by a clock that nobody sets
    ) -> None:
        self._now, self._elapsed = now, elapsed
        self._started_at = self._start_of_time()
        self._next_look: asyncio.TimerHandle | None = None
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={
                "coalesce": True,  # however many times were missed, one call
                "max_instances": sys.maxsize,  # else one that is due as another ends is lost
                "misfire_grace_time": None,  # late is better than never: no limit to lateness
            },
        )

    @property
    def is_running(self) -> bool:
        """Whether functions are called when their time comes."""
        return bool(self._scheduler.state == STATE_RUNNING)

    def start(self) -> None:
        """Begin to call functions; needs a running loop."""
        self._scheduler.start()
        self._look()

    def adjust_to_clock(self) -> None:
        """Keep times as far away as they were where the clock was set back since the last look.

        What is due by a clock that was set forward is called at once.
        """
        started_at = self._start_of_time()
        step, self._started_at = started_at - self._started_at, started_at
        if step < -_SET:
            log.warning("the clock was set back by %d s", -step.total_seconds())
            for job in self._scheduler.get_jobs():
                job.reschedule("date", run_date=job.trigger.run_date + step)
        elif step > _SET and self.is_running:
            self._scheduler.wakeup()

    def _start_of_time(self) -> datetime:
        """Return when the clock that nobody sets began to run, by the one that shows the time."""
        return self._now() - timedelta(seconds=self._elapsed())

    def _look(self) -> None:
        self.adjust_to_clock()
        self._next_look = asyncio.get_running_loop().call_later(_LOOK_EVERY, self._look)

    def pause(self) -> None:
        """Call no more functions; those under way go on."""
        if self.is_running:
            self._scheduler.pause()

    def stop(self) -> None:
        """Call no more functions, and cancel those under way."""
        if self._next_look:
            self._next_look.cancel()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def call_at(self, moment: datetime, name: str, call: Callable[[], Awaitable[None]]) -> None:
        """Call `call` at `moment`, or at once if that has gone by; this replaces `name`'s time."""
        self._scheduler.add_job(call, "date", run_date=moment, id=name, replace_existing=True)

    def cancel(self, name: str) -> None:
        """Cancel the time set for `name`, if there is one."""
        if self._scheduler.get_job(name):
            self._scheduler.remove_job(name)

    def times(self) -> Mapping[str, datetime]:
        """Return the time set for each name, in UTC."""
        return {job.id: job.trigger.run_date for job in self._scheduler.get_jobs()}
