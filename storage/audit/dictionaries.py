"""Check the dictionaries that prime the compressor: each copy, and each that something needs."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from storage.audit.damage import Damage
from storage.facts.dictionaries import (
    DictionaryError,
    damaged_copies,
    forget_dictionaries,
    is_dictionary,
    load_dictionary,
)
from storage.facts.evidence import forget_earlier_pages
from storage.facts.packed_letters import LetterError, dictionary_of
from storage.schema.tables import evidence, versions

_COUNTED = select(evidence.c.dictionary, func.count()).group_by(evidence.c.dictionary)


def check_dictionaries(connection: Connection) -> Iterator[Damage]:
    """Yield each dictionary, or copy of one, that is lost or damaged, and what it harms.

    What was read of the archive before is forgotten, so that what is checked is what is there.
    """
    forget_dictionaries()
    forget_earlier_pages()
    pages, letters = _pages(connection), _letters(connection)
    unreadable: set[str] = set()
    for name in sorted(pages.keys() | letters.keys()):
        try:
            load_dictionary(connection, name)
        except DictionaryError as error:
            unreadable.add(name)
            yield Damage(f"dictionary {name}", _harmed(error, pages[name], letters[name]))
    for name, copy in damaged_copies(connection):
        if name not in unreadable:
            said = f"its copy {copy} is lost or damaged; fuhan compact writes it anew"
            yield Damage(f"dictionary {name}", said)


def _harmed(error: DictionaryError, pages: int, letters: int) -> str:
    how = str(error).rpartition(" ")[2]
    return f"it is {how}: {pages} pages and {letters} letters, and what differs from them"


def _pages(connection: Connection) -> Counter[str]:
    """Return how many pages are packed with each dictionary."""
    counts = {name: count for name, count in connection.execute(_COUNTED) if name}
    return Counter({name: count for name, count in counts.items() if is_dictionary(name)})


def _letters(connection: Connection) -> Counter[str]:
    """Return how many versions of letters are packed with each dictionary."""
    counts: Counter[str] = Counter()
    heads = select(func.substr(versions.c.letter, 1, 64))
    for head in connection.execute(heads, execution_options={"yield_per": 1000}).scalars():
        try:
            name = dictionary_of(bytes(head))
        except LetterError:
            continue  # reported as a version
        if name is not None:
            counts[name] += 1
    return counts
