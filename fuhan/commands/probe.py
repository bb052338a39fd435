"""Tell whether a listing can be watched."""

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
from fuhan.probe_crawl import ProbeResult, probe_listing

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
    section = context.config(fetching=True).crawl if context.config_file else CrawlSection()
    polite = politeness(section)
    refuse_proxies(polite, url, os.environ)
    result = probe_listing(context.child_command(), url, polite)
    if not context.is_quiet or not result.is_watchable:
        for line in _lines(result):
            sys.stderr.write(f"{line}\n")
    if not result.is_watchable:
        raise typer.Exit(ExitCode.PARTIAL)
    sys.stdout.write(write_yaml({"sources": [result.entry()]}))


def _lines(result: ProbeResult) -> Iterator[str]:
    """Yield in lines what would be read, or why the listing can't be watched."""
    if not result.is_watchable:
        yield f"{result.listing} can't be watched:"
        yield from (f"  {reason}" for reason in result.reasons)
        return
    yield f"{result.crawl.listed} letters listed on the first pages; the first of them read:"
    for record in result.letters:
        yield ""
        yield from (f"  {line}" for line in summary(record))
