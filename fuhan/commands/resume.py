"""End the alarm of drift over a source, by a person's decision."""

from collections import Counter
from typing import Annotated

import typer

from crawler.reprocess.backlog import BacklogJob, read_backlog
from fuhan.command import command
from fuhan.commands.options import NoteOption, now
from fuhan.context import CommandContext
from fuhan.crawl_jobs import crawl_job
from fuhan.errors import UnknownError
from fuhan.terminal.streams import write_sentence
from letters.counted import counted
from storage import queries
from storage.database.lock import crawl_lock

_Source = Annotated[str, typer.Argument(metavar="SOURCE", help="The source whose alarm ends.")]


@command("fuhan resume cqfgw-proposals --note 'the bureau took the phone numbers off'")
def resume(context: CommandContext, source: _Source, *, note: NoteOption = None) -> None:
    """Say that a source is as its pages show it: end its alarm, tell what was held back.

    Use it where the publisher, not the reading, changed; else mend the parser and run reparse.
    """
    with context.archive(writes=True) as (config, archive):
        jobs = {each.name: crawl_job(config, each) for each in config.sources}
        if source not in jobs:
            raise UnknownError(f"source {source!r} is not known; known: {', '.join(jobs)}")
        with archive.reading() as connection:
            alarm = queries.open_drift_alarm(connection, source)
        if alarm is None:
            raise UnknownError(f"{source}: no alarm stands")
        with crawl_lock(archive, source) as locked:
            done = read_backlog(locked, BacklogJob(jobs[source], now(), accepts=True, note=note))
    write_sentence(f"{source}: {filled_words(done)}")


def filled_words(done: Counter[str]) -> str:
    """Return in words what came of the pages that had waited to be read."""
    if done["waiting"] or done["standing"]:
        stands = "the alarm stands; " if done["standing"] else ""
        return f"{stands}{counted(done['waiting'], 'page waits', 'pages wait')} to be read"
    kept = done["unreadable"] + done["doubtful"]
    read = counted(done["filled"], "page that waited was read", "pages that waited were read")
    waits = counted(kept, "waits", "wait")
    words = f"{read}, {counted(done['told'], 'change')} told, {waits} on"
    return words + ("; the alarm is over" if done["cleared"] else "")
