"""Check that searches go through what letters say: their texts, and the index over these."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError, ProgrammingError

from storage.audit.damage import Damage
from storage.derived.search_texts import index_grams, is_placed, search_text_of
from storage.schema.search_index import index_counts
from storage.schema.tables import letters, search_texts


def check_search(connection: Connection) -> Iterator[Damage]:
    """Yield each letter whose text is not what its versions say, then an index that is not theirs.

    `fuhan reindex` writes both anew.
    """
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    query = select(letters.c.id, letters.c.source, letters.c.listed_on, search_texts)
    joined = query.outerjoin(search_texts, search_texts.c.letter_id == letters.c.id)
    ordered = joined.order_by(letters.c.id).execution_options(yield_per=200)
    for row in connection.execute(ordered):
        if row.text != search_text_of(connection, row.id) or not is_placed(
            row.place, row.listed_on
        ):
            yield Damage(f"letter {row.id}", "what searches go through is not what it says")
        for gram in index_grams(row.source, row.text or ""):
            counts = counted[gram]
            counts[0] += 1
            counts[1] += row.place or 0
    if not _is_index_of(connection, counted):
        yield Damage("search index", "it is not that of the letters")


def _is_index_of(connection: Connection, counted: dict[str, list[int]]) -> bool:
    try:
        kept = {gram: [count, places] for gram, count, places in index_counts(connection)}
    except (OperationalError, ProgrammingError):  # it is lost, or unreadable
        return False
    return kept == counted
