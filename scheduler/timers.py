"""Call functions at set times. The only module that knows APScheduler, which has no types."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.base import STATE_RUNNING


class Timers:
    """Calls the function of each name once, at the time set for it, in the running loop.

    Nothing is stored: times are set again from the archive at every start.
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
        """Whether functions are called when their time comes."""
        return bool(self._scheduler.state == STATE_RUNNING)

    def start(self) -> None:
        """Begin to call functions; needs a running loop."""
        self._scheduler.start()

    def pause(self) -> None:
        """Call no more functions; those under way go on."""
        if self.is_running:
            self._scheduler.pause()

    def stop(self) -> None:
        """Call no more functions, and cancel those under way."""
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
