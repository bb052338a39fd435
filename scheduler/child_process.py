"""A crawl as a child process: told its job by one line, heard by lines, ended at its deadline.

CrawlError
├── CrawlBusyError       another crawl of the same source runs
├── CrawlDeadlineError   it took too long and was ended
└── CrawlCrashedError    it ended without telling what it found
"""

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from crawler.job import CrawlJob
from letters.records import Crawl, CrawlOutcome, PageError

Progress = Callable[[Mapping[str, int]], None]
BUSY = 75  # EX_TEMPFAIL of sysexits.h: the child's exit code when its source is being crawled
GRACE = timedelta(seconds=10)  # from SIGTERM to SIGKILL
_LONGEST_LINE = 64 * 2**20  # bytes; a crawl's line names each page that failed


class CrawlError(Exception):
    """The root of what becomes of a crawl that tells no outcome."""


class CrawlBusyError(CrawlError):
    """Raised when the source is already being crawled by another process."""


class CrawlDeadlineError(CrawlError):
    """Raised when a crawl was ended because it took too long."""


class CrawlCrashedError(CrawlError):
    """Raised when a crawl's process ended without telling what it found."""


async def run_crawl(
    command: Sequence[str],
    job: CrawlJob,
    deadline: timedelta,
    on_progress: Progress,
    grace: timedelta = GRACE,
) -> Crawl:
    """Run `job` by `command` and return how the crawl ended; raise CrawlError if it does not tell.

    `on_progress` hears counts as they grow: listed, visited, due, changed, errors, and the seconds
    by which robots.txt slowed the crawl down, which the deadline gives it.
    The child reads its job from the first line of its input and lives as long as that input is
    open: one whose parent was killed ends by itself. A group of its own keeps the keyboard's
    interrupt from it, so that it is its parent who ends it.
    """
    name = job.source.name
    try:
        child = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, limit=_LONGEST_LINE, process_group=0
        )
    except OSError as error:
        raise CrawlCrashedError(f"crawl of {name} can't be started: {error}") from error
    try:
        async with asyncio.timeout(deadline.total_seconds()) as limit:
            told, why = await _converse(child, job, _extending(limit, on_progress))
            code = await child.wait()
    except TimeoutError:
        raise CrawlDeadlineError(f"crawl of {name} was ended after {deadline}") from None
    finally:
        await _end(child, grace)
    if code == BUSY:
        raise CrawlBusyError(why or f"{name} is being crawled by another process")
    if why:
        raise CrawlCrashedError(f"crawl of {name} broke off: {why}")
    if code or told is None:
        raise CrawlCrashedError(f"crawl of {name} ended with exit code {code} and no outcome")
    return _crawl(told)


def _extending(limit: asyncio.Timeout, on_progress: Progress) -> Progress:
    """Return what hears progress and sets the limit later by what the site made it wait."""
    first = limit.when() or 0.0

    def hear(counts: Mapping[str, int]) -> None:
        limit.reschedule(first + counts.get("slowed", 0))
        on_progress(counts)

    return hear


async def _converse(
    child: Process, job: CrawlJob, on_progress: Progress
) -> tuple[dict[str, Any] | None, str | None]:
    """Tell the child its job and hear it out; return the crawl or the error that it told."""
    if not child.stdin or not child.stdout:
        raise CrawlCrashedError("a crawl's process has no pipes")
    with suppress(ConnectionError):  # it died at once: its exit code says more
        child.stdin.write(f"{job.to_line()}\n".encode())
        await child.stdin.drain()
    crawl: dict[str, Any] | None = None
    error: str | None = None
    async for line in child.stdout:
        told = _read(line)
        if "progress" in told:
            on_progress(told["progress"])
        crawl, error = told.get("crawl", crawl), told.get("error", error)
    return crawl, error


def _read(line: bytes) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(line)
    except ValueError:
        raise CrawlCrashedError(f"a crawl's process said {line[:80]!r}") from None
    return told


async def _end(child: Process, grace: timedelta) -> None:
    """See to it that the child is gone: asked first, then by force."""
    if child.returncode is None:
        with suppress(ProcessLookupError):
            child.terminate()
        try:
            async with asyncio.timeout(grace.total_seconds()):
                await child.wait()
        except TimeoutError:
            child.kill()
            await child.wait()
    if child.stdin:
        child.stdin.close()


def _crawl(told: Mapping[str, Any]) -> Crawl:
    """Return the crawl that `Crawl.as_json` told."""
    finished = told["finished_at"]
    values = dict(told) | {
        "outcome": told["outcome"] and CrawlOutcome(told["outcome"]),
        "errors": tuple(PageError(**error) for error in told["errors"]),
        "started_at": datetime.fromisoformat(told["started_at"]),
        "finished_at": finished and datetime.fromisoformat(finished),
    }
    return Crawl(**values)
