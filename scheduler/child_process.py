"""Run a crawl as a child process: its job in one line, its reports in lines, and a deadline.

CrawlError
├── CrawlBusyError       another crawl of the same source runs
├── CrawlDeadlineError   it took too long and was ended
└── CrawlCrashedError    it ended without reporting its crawl
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from crawler.job import EXIT_BUSY, CrawlJob
from letters.crawl_record import Crawl, CrawlOutcome, PageError
from scheduler.crawl_starter import CrawlChild, CrawlStarter

Progress = Callable[[Mapping[str, int]], None]
GRACE = timedelta(seconds=10)  # from SIGTERM to SIGKILL


class CrawlError(Exception):
    """The root of the reasons why a crawl reported no outcome."""


class CrawlBusyError(CrawlError):
    """Raised when the source is already being crawled by another process."""


class CrawlDeadlineError(CrawlError):
    """Raised when a crawl was ended because it took too long."""


class CrawlCrashedError(CrawlError):
    """Raised when a crawl's process ended without reporting its crawl."""


async def run_crawl(
    starter: CrawlStarter,
    job: CrawlJob,
    deadline: timedelta,
    on_progress: Progress,
    grace: timedelta = GRACE,
) -> Crawl:
    """Run `job` in a process of `starter`; return the crawl, or raise CrawlError if it has none.

    `on_progress` is called with counts as they grow: listed, visited, due, changed, errors, and
    slowed: the seconds by which robots.txt slowed the crawl down, which the deadline gives it.
    The child reads its job from the first line of its input and lives as long as that input is
    open: one whose parent was killed ends by itself.
    """
    name = job.source.name
    try:
        child = await starter.start()
    except OSError as error:
        raise CrawlCrashedError(f"crawl of {name} can't be started: {error}") from error
    try:
        async with asyncio.timeout(deadline.total_seconds()) as limit:
            crawl, failure = await _exchange(child, job, _extending_deadline(limit, on_progress))
            code = await child.wait()
    except TimeoutError:
        raise CrawlDeadlineError(f"crawl of {name} was ended after {deadline}") from None
    finally:
        await _terminate(child, grace)
    if code == EXIT_BUSY:
        raise CrawlBusyError(failure or f"{name} is being crawled by another process")
    if failure:
        raise CrawlCrashedError(f"crawl of {name} broke off: {failure}")
    if code or crawl is None:
        ending = "an unknown exit code" if code is None else f"exit code {code}"
        raise CrawlCrashedError(f"crawl of {name} ended with {ending} and no outcome")
    return read_crawl(crawl)


def _extending_deadline(limit: asyncio.Timeout, on_progress: Progress) -> Progress:
    """Return `on_progress`, which also moves the limit by the seconds that the site cost."""
    first = limit.when() or 0.0

    def extend(counts: Mapping[str, int]) -> None:
        limit.reschedule(first + counts.get("slowed", 0))
        on_progress(counts)

    return extend


async def _exchange(
    child: CrawlChild, job: CrawlJob, on_progress: Progress
) -> tuple[dict[str, Any] | None, str | None]:
    """Write the job to the child, read until it ends, and return the crawl or error reported."""
    if not child.stdin or not child.stdout:
        raise CrawlCrashedError("a crawl's process has no pipes")
    with suppress(ConnectionError):  # it died at once: its exit code says more
        child.stdin.write(f"{job.to_line()}\n".encode())
        await child.stdin.drain()
    crawl: dict[str, Any] | None = None
    error: str | None = None
    async for line in child.stdout:
        message = _read_message(line)
        if "progress" in message:
            on_progress(message["progress"])
        crawl, error = message.get("crawl", crawl), message.get("error", error)
    return crawl, error


def _read_message(line: bytes) -> dict[str, Any]:
    try:
        message: dict[str, Any] = json.loads(line)
    except ValueError:
        raise CrawlCrashedError(f"a crawl's process said {line[:80]!r}") from None
    return message


async def _terminate(child: CrawlChild, grace: timedelta) -> None:
    """End the child: by SIGTERM, after `grace` by SIGKILL."""
    if child.returncode is None:
        with suppress(ProcessLookupError):
            child.terminate()
        try:
            async with asyncio.timeout(grace.total_seconds()):
                await child.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):  # it has ended, and only the report is late
                child.kill()
            await child.wait()
    if child.stdin:
        child.stdin.close()


def read_crawl(report: Mapping[str, Any]) -> Crawl:
    """Return the crawl of which `report` is the JSON, as `Crawl.as_json` wrote it."""
    finished = report["finished_at"]
    values = dict(report) | {
        "outcome": report["outcome"] and CrawlOutcome(report["outcome"]),
        "errors": tuple(PageError(**error) for error in report["errors"]),
        "started_at": datetime.fromisoformat(report["started_at"]),
        "finished_at": finished and datetime.fromisoformat(finished),
    }
    return Crawl(**values)
