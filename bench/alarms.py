"""What alarms cost: a judgement of many sources at rest, after a crawl, and at a start.

usage: python bench/alarms.py [SOURCES]   (10,000 unless given; CPU time of this process)
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from crawler.job import CrawlJob, Source
from letters.crawl_record import CrawlOutcome
from letters.letter import Kind
from scheduler.alarms.alarm_watch import AlarmWatch
from scheduler.alarms.facts import Watched
from scheduler.due import Schedule
from scheduler.scheduled_source import ScheduledSource, utc_now
from storage.database.archive import Archive, open_archive
from storage.facts.crawls import CrawlEnd, begin_crawl, end_crawl
from storage.schema.tables import crawls

CRAWLS = 20  # of each source, every six hours
OF_HOST = 5  # sources
FAILING = 50  # of so many sources one fails


def name_of(place: int) -> str:
    """Return the name of a source by its place."""
    return f"source-{place:05d}"


def scheduled(place: int) -> ScheduledSource:
    """Return a source that is crawled every six hours, five on a host."""
    listing = f"http://host-{place // OF_HOST}.example/{place}/"
    job = CrawlJob("", Source(name_of(place), "某市", Kind.PROPOSAL, listing))
    return ScheduledSource(job, Schedule(timedelta(hours=6)))


def fill(archive: Archive, sources: int) -> None:
    """Record crawls of each source, the last an hour ago; some fail for a day."""
    now = utc_now()
    for age in reversed(range(CRAWLS)):
        at = now - timedelta(hours=1 + 6 * age)
        rows = []
        for place in range(sources):
            fails = place % FAILING == 0 and age < 4
            row = {"source": name_of(place), "mode": "normal", "started_at": at, "finished_at": at}
            row["outcome"] = (CrawlOutcome.FAILED if fails else CrawlOutcome.COMPLETE).value
            row["counts"] = {} if fails else {"listed": 100, "fetched": 10}
            row["errors"] = [{"url": "http://x/", "reason": "timed out"}] if fails else []
            rows.append(row)
        with archive.writing() as connection:
            connection.execute(crawls.insert(), rows)


@contextmanager
def measured(what: str) -> Iterator[None]:
    """Print the CPU time that the block takes."""
    began = time.process_time()
    yield
    print(f"{what:44}{(time.process_time() - began) * 1000:8.0f} ms")


def main() -> None:
    """Print what a judgement takes."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'fuhan.db'}"
        with closing(open_archive(url, create=True)) as archive:
            fill(archive, count)
            watch = AlarmWatch(archive, Watched.of(map(scheduled, range(count)), {}))
            with measured(f"{count} sources, the first judgement"):
                begun = watch.judge().begun
            print(f"{'alarms that began':44}{len(begun):8}")
            with measured("at rest, each minute"):
                watch.judge()
            with archive.writing() as connection:
                crawl_id = begin_crawl(connection, name_of(1), "normal", utc_now())
                ended = CrawlEnd(CrawlOutcome.COMPLETE, utc_now(), None, None, {}, [])
                end_crawl(connection, crawl_id, ended)
            with measured("after a crawl"):
                watch.judge()


if __name__ == "__main__":
    main()
