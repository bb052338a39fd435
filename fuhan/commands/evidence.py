"""Write what proves changes to files."""

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from fuhan.command import command
from fuhan.context import CommandContext
from fuhan.exports.evidence_files import write_evidence
from fuhan.terminal.streams import write_line

_Changes = Annotated[
    list[int],
    typer.Argument(metavar="CHANGE...", min=1, max=2**31 - 1, help="Ids, as changes shows them."),
]
_Folder = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", help="The folder to write to; it is made.")
]
_Head = Annotated[
    str | None,
    typer.Option(
        "--head",
        metavar="HASH",
        help="A hash of the ledger that was published: the evidence ends with its entry.",
        show_default=False,
    ),
]


@command("fuhan evidence 12 14 -o out")
def evidence(
    context: CommandContext, changes: _Changes, output: _Folder = Path(), head: _Head = None
) -> None:
    """Write what proves changes, a ZIP for each, to be checked without fuhan.

    Pages before and after as served, requests and answers, versions, the ledger's entries, and
    the script that checks all this.
    """
    with context.archive() as (config, archive):
        for file in write_evidence(archive, output, changes, head, ZoneInfo(config.timezone)):
            write_line(str(file))
