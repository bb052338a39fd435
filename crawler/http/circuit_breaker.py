"""Leaves a host alone that does not answer: rests that grow, then no request more.

The breaker of Nygard, Release It! (closed, open, half-open), with the pauses that a server
asks for by Retry-After (RFC 9110, 10.2.3).
"""

import asyncio
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

TIRED = 8  # requests in a row without an answer, after which the host is left alone
RESTS = (10, 30, 90, 270)  # how many times the pause between two requests each rest lasts
LONGEST_WAIT = 300.0  # seconds that a server may ask to be left alone; longer: until next time
# Seconds of one crawl spent waiting for answers that did not come. A dead URL costs its timeout
# with each retry; a whole dead directory must not cost a night.
BUDGET = 600.0

_OVERLOADED = {429, 503}
_BLOCKED = {403, 405, 412, 418, 521}
_BEGAN = "patience_began"
_WAITED = "patience_waited"


class CircuitOpenError(IgnoreRequest):
    """Raised in place of a request to a host that is left alone until the next crawl."""


class CircuitBreaker:
    """Whether a host may be asked, by how it answered up to now. Times in monotonic seconds."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._failures = 0  # in a row
        self._blocked = 0  # in a row
        self._rests = 0  # since the last answer
        self._spent = 0.0
        self.rests_until = 0.0
        self.gave_up: str | None = None  # why, in words

    def answered(self, now: float, *, blocked: bool) -> None:
        """Take in an answer; one that blocks slows the next request down."""
        self._failures = self._rests = 0
        self._blocked = self._blocked + 1 if blocked else 0
        if blocked:
            self.rests_until = now + self._delay * 2 ** min(self._blocked, 5)

    def asked_to_wait(self, now: float, seconds: float) -> None:
        """Take in that the server wants to be left alone for so long."""
        if seconds > LONGEST_WAIT:
            self.gave_up = f"not tried: the server asked to be left alone for {seconds:.0f} s"
        self.rests_until = max(self.rests_until, now + seconds)

    def failed(self, began: float, now: float) -> None:
        """Take in a request, sent at `began`, that had no answer."""
        self._failures += 1
        self._spent += now - began
        if self._spent > BUDGET:
            self.gave_up = f"not tried: {BUDGET:.0f} s were spent waiting for answers"
        if self._failures < TIRED or began < self.rests_until:  # sent before the last rest
            return
        if self._rests == len(RESTS):
            self.gave_up = f"not tried: {self._failures} requests in a row had no answer"
            return
        self.rests_until = now + self._delay * RESTS[self._rests]
        self._rests += 1


class CircuitBreakerMiddleware:
    """Downloader middleware: asks the breaker before each attempt and tells it what came."""

    def __init__(self, delay: float) -> None:
        self._breaker = CircuitBreaker(delay)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CircuitBreakerMiddleware":
        """Return the middleware of one crawl."""
        return cls(crawler.settings.getfloat("DOWNLOAD_DELAY"))

    async def process_request(self, request: Request) -> None:
        """Wait while the host rests; raise CircuitOpenError once it is left alone."""
        if self._breaker.gave_up is None:
            rest = self._breaker.rests_until - time.monotonic()
            if rest > 0:
                await asyncio.sleep(rest)
        if self._breaker.gave_up is not None:
            raise CircuitOpenError(self._breaker.gave_up)
        request.meta[_BEGAN] = time.monotonic()

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Take in an answer; one that asks to wait is waited for, once."""
        now = time.monotonic()
        if response.status not in _OVERLOADED:
            self._breaker.answered(now, blocked=response.status in _BLOCKED)
            return response
        self._breaker.failed(request.meta.get(_BEGAN, now), now)
        seconds = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        if seconds is None:
            return response
        self._breaker.asked_to_wait(now, seconds)
        if _WAITED in request.meta or self._breaker.gave_up:
            return response
        return request.replace(meta=request.meta | {_WAITED: True}, dont_filter=True)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Take in that no answer came."""
        if not isinstance(exception, IgnoreRequest):
            now = time.monotonic()
            self._breaker.failed(request.meta.get(_BEGAN, now), now)


def retry_after(header: bytes | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, or None where it says nothing.

    >>> retry_after(b"120", datetime.now(UTC))
    120.0
    >>> retry_after(b"soon", datetime.now(UTC)) is None
    True
    """
    told = (header or b"").decode("latin-1").strip()
    if told.isdecimal():
        return float(told)
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((aware - now).total_seconds(), 0.0)
