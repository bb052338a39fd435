"""Parse and compare the stored pages again."""

from collections import Counter
from typing import Annotated

import typer

from crawler.job import AUTO, CrawlJob
from crawler.reprocess.backlog import BacklogJob, read_backlog
from crawler.reprocess.reparse import reparse as read_again
from fuhan.command import command
from fuhan.commands.options import now
from fuhan.commands.resume import filled_words
from fuhan.context import CommandContext
from fuhan.crawl_jobs import crawl_job
from fuhan.terminal.streams import write_sentence
from letters.counted import counted
from storage import queries
from storage.database.archive import Archive
from storage.database.lock import crawl_lock
from storage.derived.kept_counts import recount

_DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done; keep nothing.")]


@command("fuhan reparse --dry-run")
def reparse(context: CommandContext, *, dry_run: _DryRun = False) -> None:
    """Read every stored page again with today's parser; correct versions, invent no edits."""
    with context.archive(writes=True) as (config, archive):
        jobs = {source.name: crawl_job(config, source) for source in config.sources}
        with archive.reading() as connection:
            names = queries.source_names(connection)
        for name in names:
            with crawl_lock(archive, name) as locked:
                job = jobs.get(name)
                site = job.source.site if job else AUTO
                done = read_again(locked, name, site, dry_run=dry_run)
                filled = _fill(locked, job, dry_run=dry_run)
                if not dry_run:
                    with locked.writing() as connection:
                        recount(connection, name)
            write_sentence(f"{name}: {reread_words(done)}{filled}")


def reread_words(done: Counter[str]) -> str:
    """Return in words what came of reading a source's pages again."""
    of_letters = counted(done["letters"], "letter")
    read = (
        f"{counted(done['pages'], 'page')} of {of_letters} read again",
        counted(done["corrected"], "version corrected", "versions corrected"),
        f"{done['unreadable']} unreadable",
        counted(done["files"], "file read", "files read"),
    )
    compared = (
        counted(done["compared"], "change compared again", "changes compared again"),
        f"{done['retold']} told anew",
        f"{done['retracted']} taken back",
    )
    return f"{', '.join(read)}; {', '.join(compared)}"


def _fill(archive: Archive, job: CrawlJob | None, *, dry_run: bool) -> str:
    """Read the pages that waited and return what came of it; nothing where none did."""
    if job is None:  # no longer in the configuration
        return ""
    done = read_backlog(archive, BacklogJob(job, now(), dry_run=dry_run))
    return f"; {filled_words(done)}" if done else ""
