"""What pages cost at several sizes: the least CPU of requests to each archive in turn.

python -m bench.page_costs --letters 1000 100000 --keep DIR [--postgresql URL]

Requests go to the application itself, in this process: what else runs on the machine then changes
ratios little. Archives are made, and kept in DIR, as bench/growth.py does. Of PostgreSQL, what its
own processes do is not counted.
"""

import argparse
import asyncio
import gc
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from bench.grown_archive import source_name
from bench.growth import PAGES, prepare
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
    parser.add_argument("--postgresql", metavar="URL")
    parser.add_argument("--only", default="", help="a regular expression of names")
    asked = parser.parse_args()
    store = "postgresql" if asked.postgresql else "sqlite"
    homes = [asked.keep.resolve() / store / str(letters) for letters in asked.letters]
    for home, letters in zip(homes, asked.letters, strict=True):
        prepare(home, letters, asked.postgresql)
    apps = [_app(home) for home in homes]
    gc.freeze()  # as `serve` does
    heads = " | ".join(f"{letters:,}" for letters in asked.letters)
    print(f"| {store}, CPU ms | {heads} | ratio |\n| --- |{' ---: |' * (len(homes) + 1)}")
    for name, page in ((name, PAGES[name]) for name in PAGES if re.search(asked.only, name)):
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


def _request(app: Any, path: str) -> float:
    """Return the CPU seconds of one request."""
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

    began = time.process_time()
    asyncio.run(app(scope, receive, send))
    if statuses != [200]:
        raise ValueError(f"{path}: {statuses}")
    return time.process_time() - began


if __name__ == "__main__":
    main()
