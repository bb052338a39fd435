"""Sees that the wall clock jumps: that it goes on by another time than passes."""

import time
from collections.abc import Callable
from datetime import datetime

from scheduler.alarms.facts import ClockJump

_JUMP = 30.0  # seconds; clocks that NTP slews are off by less between two visits


class ClockWatch:
    """Compares the wall clock with one that nobody sets.

    That one stands still while a machine sleeps, so that sleep is a jump forward, too. Summer time
    is none: moments are in UTC.
    """

    def __init__(self, now: datetime, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._seen = now, monotonic()
        self.jump: ClockJump | None = None  # the last that was seen

    def visit(self, now: datetime) -> None:
        """Compare both clocks with what they showed the last time."""
        (before, passed_before), passed = self._seen, self._monotonic()
        self._seen = now, passed
        seconds = (now - before).total_seconds() - (passed - passed_before)
        if abs(seconds) >= _JUMP:
            self.jump = ClockJump(now, round(seconds))
