"""What pages cost at several sizes: the least CPU of requests to each archive in turn.

python -m bench.page_costs --letters 1000 100000 --keep DIR [--store postgresql]

With --memory 10000 it is what so many mixed requests to the last archive leave in memory: those of
the table in turn, each with other letters, changes and words.

Requests go to the application itself, in this process: what else runs on the machine then changes
ratios little. Archives are made, and kept in DIR, as bench/growth.py does. Of PostgreSQL, what its
own processes do is not counted.
"""

import argparse
import asyncio
import gc
import os
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import yaml

from bench.grown_archive import source_name
from bench.growth import PAGES, STORES, homes
from review.app import create_app
from review.settings import ReviewSettings, WatchedSource
from storage.database.archive import Archive, read_archive

ROUNDS = 12
_LISTING = "https://gov.example/"


class _Idle:
    """The state of a service that has nothing to crawl."""

    def trouble(self) -> str | None:
        return None

    def next_runs(self) -> Mapping[str, Any]:
        return {}

    def queue_state(self) -> None:
        return None


def main() -> None:
    """Measure each page, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--store", choices=STORES, default=STORES[0])
    parser.add_argument("--only", default="", help="a regular expression of names")
    parser.add_argument("--memory", type=int, metavar="REQUESTS")
    asked = parser.parse_args()
    with homes(asked.keep.resolve(), asked.store) as prepared:
        apps = [_app(prepared(letters)) for letters in asked.letters]
        gc.freeze()  # as `serve` does
        if asked.memory:
            asyncio.run(_print_memory(apps[-1], asked.memory))
        else:
            _print_costs(apps, asked.store, asked.letters, asked.only)


def _print_costs(apps: Sequence[Any], store: str, sizes: Sequence[int], only: str) -> None:
    heads = " | ".join(f"{letters:,}" for letters in sizes)
    print(f"| {store}, CPU ms | {heads} | ratio |\n| --- |{' ---: |' * (len(sizes) + 1)}")
    for name, page in ((name, PAGES[name]) for name in PAGES if re.search(only, name)):
        least = least_costs(apps, page, ROUNDS)
        cells = " | ".join(f"{each:.1f}" for each in least)
        print(f"| `{name}` | {cells} | {least[-1] / least[0]:.1f} |", flush=True)


def _app(home: Path) -> Any:
    config = yaml.safe_load((home / "config.yaml").read_text(encoding="utf-8"))
    return pages_over(read_archive(config["database"]), len(config["sources"]))


def pages_over(archive: Archive, sources: int) -> Any:
    """Return the application that answers over an archive with so many sources."""
    watched = tuple(
        WatchedSource(source_name(place), "某委", "proposal", _LISTING) for place in range(sources)
    )
    return create_app(archive, ReviewSettings(sources=watched), _Idle())


def least_costs(apps: Sequence[Any], page: str, rounds: int) -> list[float]:
    """Return the least CPU, in ms, of requests for a page to each application in turn."""
    path = page.replace("last ", "") + ("?cursor=last" if page.startswith("last ") else "")
    took = [[_request(app, path) for app in apps] for _ in range(rounds)]
    return [min(of) * 1000 for of in zip(*took, strict=True)]


async def _print_memory(app: Any, requests: int) -> None:
    """Ask for all pages in turn, and print the memory of this process after each tenth."""
    pages = [path.replace("last ", "") for path in PAGES.values()]
    for number in range(1, requests + 1):
        await _answer(app, _varied(pages[number % len(pages)], number))
        if number % (requests // 10) == 0:
            print(f"{number:,} requests: {_resident():.1f} MiB", flush=True)


def _varied(path: str, number: int) -> str:
    """Return a path of the same kind as no other request has it."""
    if "search=" in path:
        word = quote("交通建设办理委员提案问题工作重庆"[number % 15 :][:2])
        return re.sub("search=[^&]*", f"search={word}", path)
    path = re.sub("/[0-9]+$", f"/{number}", path)
    return f"{path}{'&' if '?' in path else '?'}visitor={number}"


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _request(app: Any, path: str) -> float:
    """Return the CPU seconds of one request."""
    began = time.process_time()
    asyncio.run(_answer(app, path))
    return time.process_time() - began


async def _answer(app: Any, path: str) -> None:
    """Ask for a path; raise ValueError where it is refused."""
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": "GET",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"127.0.0.1:8321"), (b"accept-encoding", b"gzip")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8321),
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
    }
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        statuses.extend([message["status"]] if "status" in message else [])

    await app(scope, receive, send)
    if statuses != [200]:
        raise ValueError(f"{path}: {statuses}")


if __name__ == "__main__":
    main()
