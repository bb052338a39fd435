"""Calls things at their time. The only module that knows APScheduler, which has no types."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.base import STATE_RUNNING


class Clock:
    """Calls each name's function once at the time set for it, in the running loop.

    It holds no truth: times are set again from the archive at every start.
    """

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={
                "coalesce": True,  # however many times were missed, one call
                "max_instances": 1,
                "misfire_grace_time": None,  # late is better than never: no limit to lateness
            },
        )

    @property
    def is_running(self) -> bool:
        """Whether times that come will be heeded."""
        return bool(self._scheduler.state == STATE_RUNNING)

    def start(self) -> None:
        """Begin to call; needs a running loop."""
        self._scheduler.start()

    def pause(self) -> None:
        """Call nothing more; what was called goes on."""
        if self.is_running:
            self._scheduler.pause()

    def stop(self) -> None:
        """Call nothing more, and cancel what was called and has not ended."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def call_at(self, moment: datetime, name: str, call: Callable[[], Awaitable[None]]) -> None:
        """Call `call` at `moment`, or at once if that has gone by; forget `name`'s former time."""
        self._scheduler.add_job(call, "date", run_date=moment, id=name, replace_existing=True)

    def forget(self, name: str) -> None:
        """Call nothing by `name`, if a time was set for it."""
        if self._scheduler.get_job(name):
            self._scheduler.remove_job(name)

    def times(self) -> Mapping[str, datetime]:
        """Return at what time each name will be called, in UTC."""
        return {job.id: job.trigger.run_date for job in self._scheduler.get_jobs()}
