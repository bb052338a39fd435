"""Measures what grows with the number of sources, and with the size of one source.

The configuration of 10,000 sources and the start of the service with them; the plan of a source of
100,000 letters; a directory of 20,000 rows, recorded first and again. All on SQLite, in this
process, by CPU. `python -m bench.many [--sources N] [--letters N] [--rows N]`.
"""

import argparse
import asyncio
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from crawler.job import CrawlJob, Source
from crawler.record.recorder import Recorder
from fuhan.config.load import load_config
from fuhan.context import CommandContext
from fuhan.crawl_jobs import scheduled_sources
from letters.addresses import DirectoryRow
from letters.letter import Kind
from scheduler.local_crawls import LocalCrawls
from scheduler.scheduled_source import ScheduledSource
from scheduler.service import Service
from storage.database.archive import Archive, open_archive
from storage.derived.addresses import RecordedRows, mark_unlisted, record_listed
from storage.schema.tables import addresses, crawls, letters, visits

SOURCE = """  - name: s{number}
    agency: 某市第{number}局
    kind: proposal
    listing: http://127.{high}.{low}.1:9/list/
    schedule: {{every: 6h}}
"""
NOW = datetime(2026, 11, 28, 4, tzinfo=UTC)
LISTED_ON = date(2026, 1, 1)
IDLE = 5.0  # seconds for which the service is watched


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many there are of each."""

    sources: int
    letters: int
    rows: int


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--letters", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=20_000)
    sizes = Sizes(**vars(parser.parse_args()))
    table = Table("", "CPU s")
    with TemporaryDirectory() as name:
        for what, seconds in _measured(Path(name), sizes):
            table.add_row(what, f"{seconds:.3f}")
    Console().print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak of this process, all of it together: {peak:.0f} MiB")


def _measured(folder: Path, sizes: Sizes) -> Iterator[tuple[str, float]]:
    file = folder / "config.yaml"
    file.write_text(_config(sizes.sources), "utf-8")
    seconds, config = _timed(lambda: load_config(file, serving=True))
    yield f"configuration of {sizes.sources:,} sources", seconds
    with closing(open_archive(f"sqlite:///{folder}/fuhan.db", create=True)) as archive:
        sources = scheduled_sources(config)
        _add_crawls(archive, sources)
        yield from asyncio.run(_service(archive, sources))
        yield from _one_source(archive, sizes)


def _config(sources: int) -> str:
    each = (
        SOURCE.format(number=number, high=number // 250, low=number % 250)
        for number in range(sources)
    )
    return "sources:\n" + "".join(each)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def _add_crawls(archive: Archive, sources: list[ScheduledSource]) -> None:
    at = datetime.now(UTC) - timedelta(hours=1)
    row = {"mode": "normal", "outcome": "complete", "counts": {}, "errors": []}
    row |= {"started_at": at, "finished_at": at, "directory_at": at}
    with archive.writing() as connection:
        connection.execute(crawls.insert(), [row | {"source": each.name} for each in sources])


async def _service(archive: Archive, sources: list[ScheduledSource]) -> list[tuple[str, float]]:
    starter = CommandContext(None).crawl_starter(many=False)
    service = Service(archive, sources, LocalCrawls(starter))
    start, _ = _timed(service.start)
    began = time.process_time()
    await asyncio.sleep(IDLE)
    idle = (time.process_time() - began) / IDLE
    await service.stop(timedelta(0))
    return [("start of the service", start), ("a second of it, idle", idle)]


def _one_source(archive: Archive, sizes: Sizes) -> Iterator[tuple[str, float]]:
    with archive.writing() as connection:
        keys = _add_letters(connection, sizes.letters)

    yield f"plan of a source of {sizes.letters:,} letters", _planning(archive, keys)
    for what, source in (("new rows", "new"), ("the same rows", "new"), ("letters", "large")):
        rows = [_row(source, number) for number in range(sizes.rows)]
        with archive.writing() as connection:
            seconds, _ = _timed(lambda: _record(connection, source, rows))  # noqa: B023 - called at once
        yield f"directory of {sizes.rows:,} {what} recorded", seconds


def _planning(archive: Archive, keys: frozenset[str]) -> float:
    """Return what a crawl's plan costs beside recording the directory, which lists all letters."""
    source = Source("large", "某局", Kind.PROPOSAL, "http://127.0.0.1:9/", revisits=50)
    recorder = Recorder(archive, CrawlJob(archive.url, source), lambda: NOW)
    before, (known, _) = _timed(lambda: recorder.unlisted_addresses(keys))
    nothing: frozenset[int] = frozenset()
    recorded = RecordedRows(nothing, nothing, nothing)
    after, plan = _timed(lambda: recorder.plan(known, recorded))
    # A plan of nothing is quick: fifty by their rates, and a share of the sweep beside them.
    assert 50 + len(keys) // 40 < len(plan.revisits) < 50 + len(keys) // 20  # noqa: S101
    return before + after


def _record(connection: Any, source: str, rows: list[DirectoryRow]) -> None:
    record_listed(connection, source, rows, NOW)
    mark_unlisted(connection, source, NOW, NOW)


def _row(source: str, number: int) -> DirectoryRow:
    url = f"http://127.0.0.1:9/{source}/{number}.html"
    return DirectoryRow(url, url, _title(number), LISTED_ON)


def _title(number: int) -> str:
    return f"关于第{number}号提案的复函"


def _add_letters(connection: Any, count: int) -> frozenset[str]:
    keys = [f"http://127.0.0.1:9/large/{number}.html" for number in range(count)]
    common = {"source": "large", "first_seen": NOW - timedelta(days=90)}
    common |= {"status": "published", "version": 1}
    common |= {"digest": "0" * 64, "title": "关于提案的复函", "listed_on": LISTED_ON}
    listed = {"source": "large", "first_listed_at": NOW, "listed_on": LISTED_ON}
    numbered = list(enumerate(keys, 1))
    connection.execute(
        letters.insert(),
        [
            common
            | {"id": at, "address_id": at, "last_seen": NOW - timedelta(days=6.3 * at / count)}
            for at, _ in numbered
        ],
    )
    crawl = {
        "source": "large",
        "mode": "normal",
        "outcome": "complete",
        "counts": {},
        "errors": [],
    }
    starts = [NOW - timedelta(hours=6 * number) for number in range(60, 0, -1)]
    connection.execute(
        crawls.insert(), [crawl | {"started_at": at, "finished_at": at} for at in starts]
    )
    connection.execute(
        addresses.insert(),
        [
            listed
            | {"id": at, "letter_id": at, "key": key, "url": key, "listed_title": _title(at - 1)}
            for at, key in numbered
        ],
    )
    visit = {"outcome": "letter", "first_at": NOW - timedelta(days=9), "looks": 2}
    visit |= {"last_at": NOW - timedelta(days=3)}
    connection.execute(visits.insert(), [visit | {"address_id": number} for number, _ in numbered])
    return frozenset(keys)


if __name__ == "__main__":
    main()
