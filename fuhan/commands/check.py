"""Check configuration and database before anything is fetched."""

from contextlib import closing

from fuhan.command import command
from fuhan.config.database_url import refuse_unwritable, unwritable
from fuhan.context import CommandContext
from fuhan.errors import UsageError
from fuhan.queue_access import queue_wiring
from fuhan.terminal.streams import write_note, write_sentence
from fuhan.watch_list import watch_list
from letters.counted import counted
from storage import queries
from storage.database.archive import read_archive


@command("fuhan check --config /etc/fuhan/config.yaml")
def check(context: CommandContext) -> None:
    """Check configuration and database, without fetching.

    Refuses what serve would refuse, and a folder in which it could make no backup now.
    """
    config = context.config(serving=True)
    with closing(read_archive(config.database)) as archive, archive.reading() as connection:
        listed = watch_list(config, connection)
        count = queries.count_letters(connection, queries.LetterFilter())
    config = listed.config
    refuse_unwritable(config.database)
    if config.backup.every and (problem := unwritable(config.backup.folder)):
        raise UsageError(f"backup.folder: {problem}")
    if config.queue is not None:
        queue_wiring().check_queue(config)
    for problem in listed.problems:
        write_note(problem)
    names = ", ".join(source.name for source in config.sources)
    write_sentence(f"configuration: {counted(len(config.sources), 'source')}: {names}")
    write_sentence(f"database: {counted(count, 'letter')} held")
