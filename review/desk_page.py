"""What the page for decisions shows: one change whole, those that follow, and what was decided."""

from dataclasses import dataclass, replace
from typing import Any

from letters.change import Change, Edit
from letters.review import Review
from review.change_view import ChangeView, load_change_view
from storage import queries
from storage.queries import ChangeFilter, Cut, ListPage, RecentReviews, ReviewCounts, ReviewList

LISTED, MOST_LISTED = 20, 100  # changes of one page
EDITS = 8  # shown at once; further ones are folded
_GROUPS = 5  # of what a person decided last


@dataclass(frozen=True, slots=True)
class Deciding:
    """The change that is to be decided next, with all that it takes."""

    view: ChangeView
    reviews: tuple[Review, ...]  # oldest first
    previous_id: int | None
    next_id: int | None

    @property
    def change(self) -> Change:
        """The change with as many edits as are shown at once."""
        change = self.view.change
        return replace(change, edits=change.edits[:EDITS])

    @property
    def rest(self) -> Change:
        """The change with the edits that are folded."""
        change = self.view.change
        return replace(change, edits=change.edits[EDITS:])

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All edits."""
        return self.view.change.edits


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One page of the list of what is to be decided."""

    deciding: Deciding | None  # None: there is nothing
    listed: tuple[Change, ...]  # it and those that follow
    beyond_id: int | None  # not all changes were read: go on with this one
    counts: ReviewCounts
    recent: list[RecentReviews]


def load_desk_page(
    connection: Any, wanted: ChangeFilter, at: int | None, limit: int, person: str | None
) -> DeskPage:
    """Return the page that begins at the change `at`, or next to where it was in the list.

    Beyond the last one it begins again with the first.
    """
    listed = queries.review_list(connection, wanted)
    page, unread = _page(connection, listed, at, limit)
    return DeskPage(
        _deciding(connection, listed, page, unread) if page.rows else None,
        page.rows,
        None if page.rows else unread,
        queries.review_counts(connection, listed),
        queries.recent_reviews(connection, person, _GROUPS) if person else [],
    )


def _page(
    connection: Any, listed: ReviewList, at: int | None, limit: int
) -> tuple[ListPage[Change], int | None]:
    """Return a page, and the first change that was not read where its reading was cut short."""
    begins = queries.change(connection, at) if at is not None else None
    if begins:
        *place, change_id = queries.review_position(begins)
        page = queries.review_page(connection, listed, Cut((*place, change_id + 1)), limit)
        unread = _first_unread(connection, listed, page)
        if page.rows or unread is not None:
            return page, unread
    page = queries.review_page(connection, listed, Cut(), limit)
    # All has been read then: who goes on from the first page comes here again.
    has_read_all = begins is not None and not page.rows
    return page, None if has_read_all else _first_unread(connection, listed, page)


def _deciding(
    connection: Any, listed: ReviewList, page: ListPage[Change], unread: int | None
) -> Deciding:
    change = page.rows[0]
    before = Cut(queries.review_position(change), towards_newer=True)
    previous = queries.review_page(connection, listed, before, 1).rows
    return Deciding(
        load_change_view(connection, change),
        tuple(queries.reviews(connection, change.id)),
        previous[0].id if previous else None,
        page.rows[1].id if len(page.rows) > 1 else unread,
    )


def _first_unread(connection: Any, listed: ReviewList, page: ListPage[Change]) -> int | None:
    if page.older_beyond is None:
        return None
    return queries.next_candidate(connection, listed, Cut(page.older_beyond))
