"""Tell whether a listing can be watched."""

import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from fuhan.command import command
from fuhan.config.load import crawl_section, refuse_proxies
from fuhan.config.rules import web_address, without_secrets
from fuhan.context import CommandContext
from fuhan.crawl_jobs import politeness
from fuhan.errors import ExitCode, UsageError
from fuhan.probe.listing_probe import Probe, probe_listing
from fuhan.probe.probed_site import ProbedSite, ask_site
from fuhan.probe.report import lines
from fuhan.probe.saved_pages import check_folder, save_pages
from fuhan.terminal.progress import progress_display
from fuhan.terminal.streams import write_note
from letters.counted import counted

_Url = Annotated[
    str, typer.Argument(metavar="URL", help="A directory's first page, or a home page.")
]
_Save = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Keep the pages there, and what is read from each."),
]


@command("fuhan probe https://fzggw.cq.gov.cn/zwgk/zfxxgkml/jytabl/tagk_53512/")
def probe(context: CommandContext, url: _Url, *, save: _Save = None) -> None:
    """Tell whether a listing can be watched.

    Prints the entry for sources: as YAML; shows what would be read on stderr. Of a home page or
    a hub it names the channels. Needs no configuration; takes its manners from the one that
    --config names. Ends with 3 where the listing can't be watched.
    """
    checked_url(url)
    if save is not None:
        check_folder(save)
    result = probed(context, url)
    show_probe(context, result)
    if save is not None:
        count = save_pages(save, result)
        if not context.is_quiet:
            write_note(f"{counted(count, 'page')} saved in {save}")
    if not result.is_watchable:
        raise typer.Exit(ExitCode.PARTIAL)
    sys.stdout.write(result.yaml())


def checked_url(url: str) -> None:
    """Raise UsageError where `url` names no page of a host."""
    try:
        web_address(url)
    except ValueError as error:
        raise UsageError(f"{error}, found {without_secrets(url)!r}") from None


def show_probe(context: CommandContext, result: Probe) -> None:
    """Write to stderr what a probe showed; with -q only why a listing can't be watched."""
    if not context.is_quiet or not result.is_watchable:
        for line in lines(result):
            sys.stderr.write(f"{line}\n")


def probed(context: CommandContext, url: str) -> Probe:
    """Return what a probe of `url` shows, with progress on a terminal."""
    named = context.config_file
    section = context.config(fetching=True).crawl if named else crawl_section(os.environ)
    polite = politeness(section)
    refuse_proxies(polite, url, os.environ)
    with progress_display(context) as display:
        show = partial(display.show, "probe")

        async def work(site: ProbedSite) -> Probe:
            return await probe_listing(site, url, show)

        result: Probe = ask_site(url, polite, work)
    return result
