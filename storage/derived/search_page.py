"""A page of the letters that a search finds: it ends where it is full, or too much was read."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select

from storage.derived.list_page import Cut, ListPage, page_of
from storage.derived.places import Stretch
from storage.derived.search import Sought, found_blocks
from storage.derived.search_texts import letter_at, place_beside

MOST_READ = 2000  # letters whose texts are read for one page, at most: some 10 ms
Listed = TypeVar("Listed")


def found_page(
    connection: Connection,
    query: Select[Any],
    sought: Sought,
    read: Callable[[Sequence[Row[Any]]], Sequence[Listed]],
    cut: Cut,
    limit: int,
) -> ListPage[Listed]:
    """Return one page of the rows of `query`, which selects from letters, as `read` reads them.

    Where many letters hold all characters of a phrase, and few the phrase, the page may have fewer
    rows than `limit`, or none, and say that the list goes on beyond it.
    """
    most = max(MOST_READ, limit + 1)
    stretch = Stretch(_beyond(connection, cut), cut.towards_newer, most)
    rows: list[Row[Any]] = []
    read_so_far, place = 0, 0
    for block in found_blocks(connection, query, sought, stretch, limit + 1):
        rows += block.rows
        read_so_far, place = read_so_far + block.read, block.place
        if len(rows) > limit:
            break
    page = page_of(rows, read, cut, limit)
    if len(rows) > limit or read_so_far < most:
        return page
    return _cut_short(page, cut, letter_at(connection, place))


def _beyond(connection: Connection, cut: Cut) -> int | None:
    if cut.position is None:
        return None
    return place_beside(connection, *cut.position, towards_newer=cut.towards_newer)


def _cut_short(page: ListPage[Listed], cut: Cut, position: tuple[Any, ...]) -> ListPage[Listed]:
    """Return a page that goes on beyond the last letter that was read for it."""
    empty_at = None if page.rows else position  # where the list goes back from
    if cut.towards_newer:
        return replace(page, has_newer=True, newer_beyond=position, older_beyond=empty_at)
    return replace(page, has_older=True, older_beyond=position, newer_beyond=empty_at)
