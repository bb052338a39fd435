"""Check the archive against its digests and its ledger."""

from pathlib import Path
from typing import Annotated

import typer

from fuhan.archive_audit import audit, checked_counts
from fuhan.command import command
from fuhan.context import CommandContext
from fuhan.errors import ExitCode, UsageError
from fuhan.ledger_alarm import record_check
from fuhan.terminal.streams import write_line, write_note, write_sentence
from fuhan.timestamp import write_request
from storage.audit import Checked, Damage
from storage.database.archive import DamagedError

_Stamp = Annotated[
    Path | None,
    typer.Option(
        "--stamp",
        metavar="FILE",
        help="Write a request for a time stamp over the heads (RFC 3161).",
        show_default=False,
    ),
]


@command("fuhan verify || echo 'the archive was altered'")
def verify(context: CommandContext, *, stamp: _Stamp = None) -> None:
    """Check all that is kept against its digests.

    Derives every digest and the ledger again; names what was altered or lost, and exits 4.
    Ends with the head of each source's ledger, to be published or stamped.
    """
    if stamp is not None and (stamp.suffix == ".txt" or not stamp.name):
        raise UsageError(f"expected a file that does not end in .txt, found {str(stamp)!r}")
    checked = _checked(context)
    for damage in checked.damages:
        write_sentence(str(damage))
    if checked.damages:
        raise typer.Exit(ExitCode.DAMAGE)
    write_sentence(f"all is as it was: {checked_counts(checked)}")
    for source, head in checked.heads.items():
        write_line(f"{source} {head}")
    if stamp is not None:
        heads_file = write_request(stamp, checked.heads)
        write_note(f"{stamp}: send it to a time-stamping authority; keep {heads_file}")


def _checked(context: CommandContext) -> Checked:
    """Return what the audit found; a file that can't even be opened is damage like any other."""
    try:
        with context.unread_archive() as (config, archive):
            checked = audit(archive)
            record_check(config, archive, checked.damages)
            return checked
    except DamagedError as error:
        return Checked(damages=[Damage("database", str(error).partition(": ")[2])])
