"""Write anew what searches go through."""

from fuhan.command import command
from fuhan.context import CommandContext
from fuhan.terminal.progress import tracked
from fuhan.terminal.streams import write_sentence
from letters.counted import counted
from storage import queries
from storage.derived.search_rebuild import write_search_index


@command("fuhan reindex")
def reindex(context: CommandContext) -> None:
    """Write anew what searches go through."""
    with context.archive(writes=True) as (_, archive), archive.writing() as connection:
        letters = queries.count_letters(connection, queries.LetterFilter())
        tracked(write_search_index(connection), "letters", context, letters)
    write_sentence(f"{counted(letters, 'letter')} can be searched")
