"""Run queued crawls."""

import os
import socket
from typing import Annotated

import typer

from fuhan.command import command
from fuhan.context import CommandContext
from fuhan.queue_access import queue_url, queue_wiring
from fuhan.terminal.logs import start_logs
from scheduler.concurrency import MAX_CRAWLS

_Concurrency = Annotated[
    int, typer.Option("--concurrency", metavar="N", min=1, max=64, help="Crawls at once.")
]
_Name = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="What people are shown. Default: HOST-PROCESS.", show_default=False
    ),
]


@command("fuhan worker --config /etc/fuhan/config.yaml")
def worker(
    context: CommandContext, concurrency: _Concurrency = MAX_CRAWLS, name: _Name = None
) -> None:
    """Run the crawls that fuhan serve puts into the queue.

    Any number, on any machine that reaches the database. SIGTERM ends it: crawls end within
    seconds or are ended, and another worker takes them up.
    """
    start_logs(context, serving=True)
    config = context.config(fetching=True)
    queue_url(config)
    called = name or f"{socket.gethostname()}-{os.getpid()}"
    queue_wiring().run_worker(config, context.crawl_starter(many=True), called, concurrency)
