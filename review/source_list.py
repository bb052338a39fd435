"""One page of the sources that are watched, in the order in which they are listed."""

from collections.abc import Sequence

from review.cursors import unknown_place
from review.settings import WatchedSource
from storage.queries import Cut, ListPage


def source_page(sources: Sequence[WatchedSource], cut: Cut, limit: int) -> ListPage[WatchedSource]:
    """Return the sources on one side of the one beside which the list is cut.

    Raises a 400 where that is not among them any more.
    """
    names = [source.name for source in sources]
    if cut.position is not None and cut.position[0] not in names:
        raise unknown_place()
    at = None if cut.position is None else names.index(cut.position[0])
    if cut.towards_newer:
        end = len(names) if at is None else at
        start = max(end - limit, 0)
    else:
        start = 0 if at is None else at + 1
        end = start + limit
    return ListPage(tuple(sources[start:end]), has_newer=start > 0, has_older=end < len(names))


def source_place(source: WatchedSource) -> tuple[str]:
    """Return the position of a source in the list of sources."""
    return (source.name,)
