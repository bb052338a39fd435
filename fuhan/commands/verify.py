"""Whether all that is held is what it was."""

import typer

from fuhan.audit import audit
from fuhan.command import command
from fuhan.errors import Exit
from fuhan.output import write_line
from fuhan.session import Session


@command("fuhan verify || echo 'the archive was altered'")
def verify(session: Session) -> None:
    """Check all that is kept against its digests.

    Derives every digest and the ledger again; names what was altered or lost, and exits 4.
    """
    with session.archive() as (_, archive):
        checked = audit(archive)
    for damage in checked.damages:
        write_line(str(damage))
    if checked.damages:
        raise typer.Exit(Exit.DAMAGE)
    counts = (
        f"{checked.pages} pages, {checked.versions} versions, {checked.entries} ledger entries"
    )
    write_line(f"all is as it was: {counts}")
    for source, head in checked.heads.items():
        write_line(f"{source} {head}")
