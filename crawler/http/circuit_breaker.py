"""The circuit breaker of a host that does not answer: pauses that grow, then no request more.

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

FAILURES_TO_OPEN = 8  # requests in a row without an answer
PAUSES = (10, 30, 90, 270)  # in delays between two requests; after the last it stays open
LONGEST_RETRY_AFTER = 300.0  # seconds; a server that asks for more is left to the next crawl
# Seconds of one crawl spent waiting for answers that did not come. A dead URL costs its timeout
# with each retry; a whole dead directory must not cost a night.
WAITING_BUDGET = 600.0

_OVERLOADED = {429, 503}
_BLOCKED = {403, 405, 412, 418, 521}
_STARTED = "breaker_started"
_RETRIED = "breaker_retried"


class CircuitOpenError(IgnoreRequest):
    """Raised in place of a request to a host whose breaker is open until the next crawl."""


class CircuitBreaker:
    """Whether a host may be sent requests, by its answers up to now. Times in monotonic seconds.

    Closed until too many requests in a row fail; then open for a pause, after which one more
    failure opens it for a longer one (half-open); at last open until the next crawl.
    """

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._failures = 0  # in a row
        self._blocked = 0  # in a row
        self._pauses = 0  # since the last answer
        self._waited = 0.0  # for answers that did not come
        self.paused_until = 0.0
        self.open_reason: str | None = None  # why it is open until the next crawl, in words

    def record_answer(self, now: float, *, blocked: bool) -> None:
        """Record an answer; one that blocks delays the next request."""
        self._failures = self._pauses = 0
        self._blocked = self._blocked + 1 if blocked else 0
        if blocked:
            self.paused_until = now + self._delay * 2 ** min(self._blocked, 5)

    def record_retry_after(self, now: float, seconds: float) -> None:
        """Record that the server asked for a pause of so many seconds."""
        if seconds > LONGEST_RETRY_AFTER:
            self.open_reason = f"not tried: the server asked to be left alone for {seconds:.0f} s"
        self.paused_until = max(self.paused_until, now + seconds)

    def record_failure(self, began: float, now: float) -> None:
        """Record a request, sent at `began`, that had no answer."""
        self._failures += 1
        self._waited += now - began
        if self._waited > WAITING_BUDGET:
            self.open_reason = f"not tried: {WAITING_BUDGET:.0f} s were spent waiting for answers"
        was_sent_before_pause = began < self.paused_until
        if self._failures < FAILURES_TO_OPEN or was_sent_before_pause:
            return
        if self._pauses == len(PAUSES):
            self.open_reason = f"not tried: {self._failures} requests in a row had no answer"
            return
        self.paused_until = now + self._delay * PAUSES[self._pauses]
        self._pauses += 1


class CircuitBreakerMiddleware:
    """Downloader middleware: has the breaker decide on each attempt, and records what came."""

    def __init__(self, delay: float) -> None:
        self._breaker = CircuitBreaker(delay)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CircuitBreakerMiddleware":
        """Return the middleware of one crawl."""
        return cls(crawler.settings.getfloat("DOWNLOAD_DELAY"))

    async def process_request(self, request: Request) -> None:
        """Wait while the breaker is open; raise CircuitOpenError where it stays so."""
        if self._breaker.open_reason is None:
            pause = self._breaker.paused_until - time.monotonic()
            if pause > 0:
                await asyncio.sleep(pause)
        if self._breaker.open_reason is not None:
            raise CircuitOpenError(self._breaker.open_reason)
        request.meta[_STARTED] = time.monotonic()

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Record an answer; a request whose answer asks for a pause is sent again, once."""
        now = time.monotonic()
        if response.status not in _OVERLOADED:
            self._breaker.record_answer(now, blocked=response.status in _BLOCKED)
            return response
        self._breaker.record_failure(request.meta.get(_STARTED, now), now)
        seconds = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        if seconds is None:
            return response
        self._breaker.record_retry_after(now, seconds)
        if _RETRIED in request.meta or self._breaker.open_reason:
            return response
        return request.replace(meta=request.meta | {_RETRIED: True}, dont_filter=True)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Record that no answer came."""
        if not isinstance(exception, IgnoreRequest):
            now = time.monotonic()
            self._breaker.record_failure(request.meta.get(_STARTED, now), now)


def retry_after(header: bytes | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, or None where it says nothing.

    >>> retry_after(b"120", datetime.now(UTC))
    120.0
    >>> retry_after(b"soon", datetime.now(UTC)) is None
    True
    """
    value = (header or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((aware - now).total_seconds(), 0.0)
