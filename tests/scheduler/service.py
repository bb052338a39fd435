"""A service as tests need it, in a process of its own: python service.py DATABASE SOURCE..."""

import asyncio
import logging
import socket
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from crawler.job import CrawlJob, Source
from letters.letter import Kind
from scheduler.crawl_starter import FreshStarter
from scheduler.due import Schedule
from scheduler.event_loop import serve
from scheduler.local_crawls import LocalCrawls
from scheduler.scheduled_source import ScheduledSource
from scheduler.service import Service
from storage.database.archive import open_archive

log = logging.getLogger(__name__)

CHILD = [sys.executable, str(Path(__file__).with_name("child.py"))]


def main(database: str, *names: str) -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(message)s")
    archive = open_archive(database, create=True)
    watches = [
        ScheduledSource(
            CrawlJob(database, Source(name, "某市", Kind.PROPOSAL, f"http://127.0.0.{place}/")),
            Schedule(timedelta(seconds=1 if name == "record" else 3600)),
        )
        for place, name in enumerate(names, start=1)
    ]
    listener = socket.create_server(("127.0.0.1", 0))
    service = Service(archive, watches, LocalCrawls(FreshStarter(CHILD), timedelta(seconds=0.3)))

    async def app(scope: dict[str, Any], _receive: Any, send: Any) -> None:
        if scope["path"] == "/slow":
            log.info("an answer is under way")
            await asyncio.sleep(600)
        trouble = service.trouble() or "well"
        body = f"{trouble} {sorted(service.next_runs())}".encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})

    def say_port() -> None:
        sys.stdout.write(f"{listener.getsockname()[1]}\n")
        sys.stdout.flush()

    asyncio.run(serve(service, app, listener, timedelta(seconds=0.3), on_ready=say_port))


if __name__ == "__main__":
    main(*sys.argv[1:])
