"""Show the main job in a minute, with no network."""

import os
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated

import typer

from fuhan.command import command
from fuhan.context import CommandContext
from fuhan.demo_story import Demo
from fuhan.terminal.table import console

_Keep = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Keep archive and report there.", show_default=False),
]


@command("fuhan demo --keep /tmp/fuhan-demo")
def demo(context: CommandContext, *, keep: _Keep = None) -> None:
    """Show the main job in a minute, without network.

    A bundled directory is crawled, changes overnight and is crawled again; ends with the report.
    """
    os.environ |= dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1")  # nor through a proxy
    folder = keep or Path(mkdtemp(prefix="fuhan-demo-"))
    Demo(folder.absolute(), context.crawl_starter(many=False), console(markup=True)).run()
