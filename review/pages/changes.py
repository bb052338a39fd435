"""The pages of changes."""

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from letters.change import ChangeKind, Significance
from review.change_view import load_change_view
from review.citation import cite_change
from review.cursors import CHANGES, read_cut
from review.links import encode_query, pager, query_with_baseline
from review.pages.page import page_response
from review.query_parameters import read_id, read_limit, read_list_filter, read_view
from review.refusals import unknown_change
from review.settings import ReviewSettings
from storage import queries
from storage.database.archive import Archive
from storage.queries import ChangeFilter

ENTRIES = 20  # changes of one page, with all their edits
_COUNTED = 1000  # letters of first crawls in a time, at most


class ChangePages:
    """Answers people with changes."""

    def __init__(self, archive: Archive, settings: ReviewSettings) -> None:
        self._archive = archive
        self._settings = settings

    def routes(self) -> list[Route]:
        """Return the pages' routes."""
        return [Route("/changes", self.changes), Route("/changes/{id:int}", self.change)]

    def changes(self, request: Request) -> Response:
        """Show changes, newest first, each with all its edits."""
        filters = read_list_filter(request, self._settings.timezone)
        limit, cut = read_limit(request, ENTRIES), read_cut(request, CHANGES)
        with self._archive.reading() as connection:
            page = queries.change_page(connection, filters, cut, limit)
            is_read = filters.is_timed() or filters.is_of_edits()
            total = None if is_read else queries.count_changes(connection, filters)
            baseline_count = _count_baseline(connection, filters)
        return page_response(
            request,
            "changes.html",
            self._settings.timezone,
            changes=page.rows,
            baseline_count=baseline_count,
            with_baseline=filters.baseline is None,
            baseline_query=query_with_baseline(request, baseline=filters.baseline is not None),
            is_cut_short=page.older_beyond is not None or page.newer_beyond is not None,
            kinds=tuple(ChangeKind),
            significances=tuple(Significance),
            sources=self._settings.sources,
            pager=pager(request, CHANGES, page, queries.change_position, total),
        )

    def change(self, request: Request) -> Response:
        """Show one change: its sentence, each edit, both texts, the evidence."""
        change_id = read_id(request, "change")
        with self._archive.reading() as connection:
            change = queries.change(connection, change_id)
            if change is None:
                raise unknown_change(change_id)
            reviews = list(queries.reviews(connection, change_id))
            change_view = load_change_view(connection, change)
        page = page_response(
            request,
            "change.html",
            self._settings.timezone,
            change_view=change_view,
            citations=cite_change(change, change_view.versions, self._settings.timezone),
            reviews=reviews,
            view=read_view(request),
            feed_query=encode_query({"letter": str(change.letter.id)}),
        )
        page.headers["Cache-Control"] = "no-store"  # it names who decided
        return page


def _count_baseline(connection: Any, filters: ChangeFilter) -> str | None:
    """Return how many letters of first crawls `filters` could show, too; None: none.

    Where edits are wanted they are not counted: all of them would have to be read.
    """
    if filters.is_of_edits():
        return None
    wanted = replace(filters, baseline=True)
    count = queries.count_changes(connection, wanted, most=_COUNTED + 1)
    is_cut = filters.is_timed() and count > _COUNTED
    return f"{_COUNTED}+" if is_cut else str(count) if count else None
