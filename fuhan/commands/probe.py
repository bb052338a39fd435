"""Whether a listing can be watched."""

import os
from typing import Annotated

import typer

from fuhan.command import command
from fuhan.commands.show import summary
from fuhan.config import refuse_proxies
from fuhan.errors import Exit, UsageError
from fuhan.jobs import manners
from fuhan.output import write_line
from fuhan.probe import Probe
from fuhan.probe import probe as read
from fuhan.rules import web_address
from fuhan.sections import Manners as MannersSection
from fuhan.session import Session

_Url = Annotated[str, typer.Argument(metavar="URL", help="The directory's first page.")]


@command("fuhan probe https://fzggw.cq.gov.cn/zwgk/zfxxgkml/jytabl/tagk_53512/")
def probe(session: Session, url: _Url) -> None:
    """Tell whether a listing can be watched.

    Shows what would be read, and prints the entry for sources:. Needs no configuration; takes
    its manners from the one that --config names. Ends with 3 where the listing can't be
    watched.
    """
    try:
        web_address(url)
    except ValueError as error:
        raise UsageError(f"{error}, found {url!r}") from None
    told = session.config(fetching=True).crawl if session.config_file else MannersSection()
    asked = manners(told)
    refuse_proxies(asked, url, os.environ)
    found = read(session.child_command(), url, asked)
    _tell(found)
    if not found.is_watchable:
        raise typer.Exit(Exit.PARTIAL)


def _tell(found: Probe) -> None:
    """Write as comments what was found, so that the output is an entry of a configuration."""
    if not found.is_watchable:
        write_line(f"# {found.listing} can't be watched:")
        for reason in found.reasons:
            write_line(f"#   {reason}")
        return
    write_line(
        f"# {found.crawl.listed} letters listed on the first pages; the first of them read:"
    )
    for held in found.letters:
        write_line("#")
        for line in summary(held):
            write_line(f"#   {line}")
    write_line("sources:")
    write_line(found.entry().rstrip("\n"))
