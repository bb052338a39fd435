"""Read and compare again what is stored."""

from typing import Annotated

import typer

from crawler.reparse import reparse as read_again
from fuhan.command import command
from fuhan.output import write_line
from fuhan.session import Session
from storage import queries
from storage.lock import crawl_lock

_DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done; keep nothing.")]


@command("fuhan reparse --dry-run")
def reparse(session: Session, *, dry_run: _DryRun = False) -> None:
    """Read every stored page again with today's parser; correct versions, invent no edits."""
    with session.archive() as (_, archive):
        with archive.reading() as connection:
            names = [state.source for state in queries.sources(connection)]
        for name in names:
            with crawl_lock(archive, name):
                done = read_again(archive, name, dry_run=dry_run)
            write_line(
                f"{name}: {done['pages']} pages of {done['letters']} letters read again, "
                f"{done['corrected']} versions corrected, {done['unreadable']} unreadable; "
                f"{done['compared']} changes compared again, {done['retold']} told anew, "
                f"{done['retracted']} taken back"
            )
