"""The crawl's own process: reads one job from stdin, writes progress and crawl to stdout.

An error that prevents the crawl is written there too, for its parent to report. It ends
when stdin closes: a crawl dies with its parent, kill -9 included.
Exit codes: 0 whatever the crawl's outcome, 1 storage error or bug, EXIT_BUSY when another
crawl of the source is running.
"""

import json
import logging
import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from functools import partial

from crawler.job import EXIT_BUSY, CrawlJob
from crawler.record.recorder import Recorder
from crawler.run import CrawlStoppedError, run
from fuhan.parent import die_with_parent
from fuhan.terminal.log_format import JSON_FLAG, LogFormat, formatter, log_bugs
from letters.urls import host_of
from storage.database.archive import Archive, ArchiveError, open_archive
from storage.database.errors import StorageError, reason
from storage.database.lock import SourceBusyError, crawl_lock

REPORT_EVERY = 0.2  # seconds between two lines of progress


def main(now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> int:
    """Run the job on the first line of stdin and return the exit code."""
    verbose = "-v" in sys.argv[1:]
    level = logging.DEBUG if verbose else logging.WARNING
    logging.basicConfig()
    handler = logging.getLogger().handlers[0]
    handler.setLevel(level)  # Scrapy sets the level of its own logger
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # the crawl reports what goes wrong
    form = LogFormat.JSON if JSON_FLAG in sys.argv[1:] else LogFormat.TEXT
    handler.setFormatter(formatter(form, "%(levelname)s %(name)s: %(message)s"))
    if form is LogFormat.JSON:
        log_bugs()
    if not (line := sys.stdin.readline()):
        return 1  # who started this is gone, or wants no crawl any more
    job = CrawlJob.from_line(line)
    die_with_parent()
    try:
        archive = open_archive(job.database, create=job.creates)
        if not archive.url.database:
            return _fail("the database is gone", 1)
        on_lost = partial(_stop, job.source.name)
        with (
            _host_lock(archive, job, on_lost),
            crawl_lock(archive, job.source.name, on_lost) as locked,
        ):
            begin = partial(Recorder, locked, job, now)
            crawl = run(job, begin, _ProgressReporter().report)
    except SourceBusyError as error:
        return _fail(str(error), EXIT_BUSY)
    except (ArchiveError, CrawlStoppedError, StorageError) as error:
        logging.getLogger("fuhan").debug("the crawl stopped", exc_info=error)
        return _fail(reason(error), 1)
    _write({"crawl": crawl.as_json()})
    return 0


class _ProgressReporter:
    """Writes progress, not oftener than a person can read it."""

    def __init__(self) -> None:
        self._reported_at = 0.0

    def report(self, progress: dict[str, int]) -> None:
        """Write one line of progress unless one was written just now."""
        if time.monotonic() - self._reported_at >= REPORT_EVERY:
            self._reported_at = time.monotonic()
            _write({"progress": progress})


def _host_lock(
    archive: Archive, job: CrawlJob, on_lost: Callable[[], None]
) -> AbstractContextManager[object]:
    """Return what keeps other queued crawls from the job's host, wherever they run."""
    if not job.alone_on_host:
        return nullcontext()
    return crawl_lock(archive, f"host {host_of(job.source.listing)}", on_lost)


def _write(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _fail(error: str, code: int) -> int:
    _write({"error": error})
    return code


def _stop(source: str) -> None:
    """End at once: another crawl of the source may begin, and what was committed is kept."""
    os._exit(_fail(f"{source}: the connection to the database broke", 1))


if __name__ == "__main__":
    sys.exit(main())
