"""Whether all that is held is what it was."""

import logging
import sys

import typer

from crawler.letters import PARSER
from crawler.reread import read_again
from fuhan.command import command
from fuhan.errors import Exit
from fuhan.output import write_line
from fuhan.session import Session
from letters.letter import Letter
from storage.audit import Checked
from storage.audit import verify as audit

log = logging.getLogger(__name__)


@command("fuhan verify && fuhan backup fuhan.db")
def verify(session: Session) -> None:
    """Derive every digest and the ledger again; name what was altered or lost, and exit 4."""
    with session.archive() as (_, archive):
        checked = audit(archive, _read_again, lambda part: log.debug("checking the %s", part))
    for damage in checked.damages:
        write_line(str(damage))
    if checked.damages:
        raise typer.Exit(Exit.DAMAGE)
    if not session.is_quiet:
        sys.stderr.write(_summary(checked))


def _summary(checked: Checked) -> str:
    counts = f"{checked.pages} pages, {checked.versions} versions, {checked.entries} entries"
    heads = "".join(f"  {source} {head}\n" for source, head in checked.heads.items())
    return f"all is as it was: {counts} of the ledger, which ends in\n{heads}"


def _read_again(body: bytes, headers: dict[str, str], parser: str, old: Letter) -> Letter | None:
    """Read a stored page again; another parser than today's may have read it otherwise."""
    return read_again(body, headers, old, old.kind) if parser == PARSER else None
