"""Whether a listing can be watched."""

import os
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from fuhan.command import command
from fuhan.commands.show import summary
from fuhan.config.load import refuse_proxies
from fuhan.config.rules import web_address
from fuhan.config.sections import CrawlSection
from fuhan.config.yaml_text import write_yaml
from fuhan.context import CommandContext
from fuhan.crawl_jobs import politeness
from fuhan.errors import ExitCode, UsageError
from fuhan.probe import Probe
from fuhan.probe import probe as read

_Url = Annotated[str, typer.Argument(metavar="URL", help="The directory's first page.")]


@command("fuhan probe https://fzggw.cq.gov.cn/zwgk/zfxxgkml/jytabl/tagk_53512/")
def probe(context: CommandContext, url: _Url) -> None:
    """Tell whether a listing can be watched.

    Prints the entry for sources: as YAML; shows what would be read on stderr. Needs no
    configuration; takes its manners from the one that --config names. Ends with 3 where the
    listing can't be watched.
    """
    try:
        web_address(url)
    except ValueError as error:
        raise UsageError(f"{error}, found {url!r}") from None
    told = context.config(fetching=True).crawl if context.config_file else CrawlSection()
    asked = politeness(told)
    refuse_proxies(asked, url, os.environ)
    found = read(context.child_command(), url, asked)
    if not context.is_quiet or not found.is_watchable:
        for line in _told(found):
            sys.stderr.write(f"{line}\n")
    if not found.is_watchable:
        raise typer.Exit(ExitCode.PARTIAL)
    sys.stdout.write(write_yaml({"sources": [found.entry()]}))


def _told(found: Probe) -> Iterator[str]:
    """Yield in lines what would be read, or why the listing can't be watched."""
    if not found.is_watchable:
        yield f"{found.listing} can't be watched:"
        yield from (f"  {reason}" for reason in found.reasons)
        return
    yield f"{found.crawl.listed} letters listed on the first pages; the first of them read:"
    for held in found.letters:
        yield ""
        yield from (f"  {line}" for line in summary(held))
