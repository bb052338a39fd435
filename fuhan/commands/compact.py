"""Pack what is kept into fewer bytes."""

from typing import Annotated

import typer

from fuhan.command import command
from fuhan.context import CommandContext
from fuhan.errors import FuhanError
from fuhan.terminal.progress import tracked
from fuhan.terminal.streams import write_note, write_sentence
from letters.counted import counted
from storage import queries
from storage.compaction.compact_source import SourceCompaction
from storage.compaction.repack import Compacted
from storage.compaction.vacuum import vacuum as free_space
from storage.database.archive import Archive
from storage.database.lock import SourceBusyError, crawl_lock
from storage.facts.dictionaries import mend_copies

_Vacuum = Annotated[
    bool,
    typer.Option(
        "--vacuum", help="Give the space back to the system; nobody can write meanwhile."
    ),
]


@command("fuhan compact")
def compact(context: CommandContext, *, vacuum: _Vacuum = False) -> None:
    """Pack what is kept into fewer bytes; no fact changes, and no digest.

    Trains dictionaries where they pay, and stores pages that differ little as differences. May be
    cut off and run again. A source that is being crawled is left as it is.
    """
    with context.archive(writes=True) as (_, archive):
        with archive.reading() as connection:
            sources = queries.source_names(connection)
        with archive.writing() as connection:
            if mended := mend_copies(connection):
                write_sentence(f"{counted(mended, 'copy', 'copies')} of dictionaries written anew")
        busy = [each for each in sources if not _compact(archive, each, context)]
        if vacuum:
            free_space(archive)
    if busy:
        raise FuhanError(f"left as they are: {', '.join(busy)}: run this again")


def _compact(archive: Archive, source: str, context: CommandContext) -> bool:
    """Compact one source and say what came of it; return False where it is being crawled."""
    try:
        with crawl_lock(archive, source) as locked:
            compaction = SourceCompaction(locked, source)
            tracked(compaction.run(), source, context, compaction.steps())
    except SourceBusyError as error:
        write_note(str(error))
        return False
    write_sentence(f"{source}: {packed_words(compaction.done)}")
    return True


def packed_words(done: Compacted) -> str:
    """Return in words what came of packing a source anew."""
    unreadable = f"; {done.unreadable} can't be read, as verify names" if done.unreadable else ""
    packed = f"{counted(done.pages, 'page')} and {counted(done.letters, 'version')} packed anew"
    return f"{packed}, {done.saved:,} {'byte' if done.saved == 1 else 'bytes'} saved{unreadable}"
