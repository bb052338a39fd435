"""The pages that people read, made on the server and complete without any script."""

from dataclasses import replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from differ.compare import compare
from letters.change import ChangeKind, Significance
from letters.letter_record import Status
from review.change_view import load_change_view
from review.cursors import CHANGES, CRAWLS, LETTERS, read_cut
from review.home_page import home_values
from review.letter_facts import letter_facts
from review.links import (
    crawl_place,
    encode_query,
    feed_filters,
    letter_place,
    pager,
    query_in_language,
    query_with_baseline,
)
from review.mount_path import base_path, own_path, page_path
from review.query_parameters import (
    read_change_filter,
    read_id,
    read_language,
    read_letter_filter,
    read_limit,
    read_sources,
    read_version,
    read_view,
)
from review.rendering import render
from review.row_groups import group_rows
from review.settings import ReviewSettings, ServiceState
from review.timeline import timeline
from review.translator import Translator
from storage import queries
from storage.database.archive import Archive
from storage.queries import ChangeFilter

TABLE_ROWS = 50  # of one page
ENTRIES = 20  # changes of one page, with all their edits
_COUNTED = 1000  # letters of first crawls in a time, at most
_YEAR = 365 * 24 * 3600


class Pages:
    """Answers people with pages."""

    def __init__(self, archive: Archive, settings: ReviewSettings, service: ServiceState) -> None:
        self._archive = archive
        self._settings = settings
        self._service = service

    def routes(self) -> list[Route]:
        """Return the pages' routes."""
        return [
            Route("/", self.home),
            Route("/changes", self.changes),
            Route("/changes/{id:int}", self.change),
            Route("/letters", self.letters),
            Route("/letters/{id:int}", self.letter),
            Route("/letters/{id:int}/diff/{a}..{b}", self.diff),
            Route("/crawls", self.crawls),
        ]

    def home(self, request: Request) -> Response:
        """Show each source, how many changes each day brought, and the newest changes."""
        shown = read_sources(request, self._settings.sources)
        values = home_values(self._archive, self._settings, self._service, shown)
        return self._page(request, "home.html", **values)

    def changes(self, request: Request) -> Response:
        """Show changes, newest first, each with all its edits."""
        filters = read_change_filter(request, self._settings.timezone)
        limit, cut = read_limit(request, ENTRIES), read_cut(request, CHANGES)
        with self._archive.reading() as connection:
            page = queries.change_page(connection, filters, cut, limit)
            total = None if filters.is_timed() else queries.count_changes(connection, filters)
            baseline_count = _count_baseline(connection, filters)
        return self._page(
            request,
            "changes.html",
            changes=page.rows,
            baseline_count=baseline_count,
            with_baseline=filters.baseline is None,
            baseline_query=query_with_baseline(request, baseline=filters.baseline is not None),
            feed_query=encode_query(feed_filters(request)),
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
                raise HTTPException(404, f"change {change_id} is not known")
            reviews = list(queries.reviews(connection, change_id))
            change_view = load_change_view(connection, change)
        return self._page(
            request,
            "change.html",
            change_view=change_view,
            reviews=reviews,
            view=read_view(request),
        )

    def letters(self, request: Request) -> Response:
        """Show the letters on record."""
        filters, limit = read_letter_filter(request), read_limit(request, TABLE_ROWS)
        cut = read_cut(request, LETTERS)
        with self._archive.reading() as connection:
            page = queries.letter_page(connection, filters, cut, limit)
            # Who searches reads what is found: all of it would take longer than a page.
            total = None if filters.is_search() else queries.count_letters(connection, filters)
            ids = [each.id for each in page.rows]
            hits = queries.search_hits(connection, ids, filters.search)
        return self._page(
            request,
            "letters.html",
            letters=[(each, hits.get(each.id, ())) for each in page.rows],
            is_cut_short=page.older_beyond is not None or page.newer_beyond is not None,
            statuses=tuple(Status),
            sources=self._settings.sources,
            pager=pager(request, LETTERS, page, letter_place, total),
        )

    def letter(self, request: Request) -> Response:
        """Show one letter: its newest version and its history."""
        letter_id = read_id(request, "letter")
        with self._archive.reading() as connection:
            record = queries.letter(connection, letter_id)
            if record is None:
                raise HTTPException(404, f"letter {letter_id} is not known")
            twins = [queries.letter(connection, twin_id) for twin_id in record.twins]
            events = timeline(connection, letter_id)
        return self._page(
            request,
            "letter.html",
            record=record,
            facts=letter_facts(record),
            events=events,
            twins=[(twin, compare(record.letter, twin.letter)) for twin in twins if twin],
        )

    def diff(self, request: Request) -> Response:
        """Show two versions of a letter side by side or inline."""
        letter_id = read_id(request, "letter")
        numbers = read_version(request, "a"), read_version(request, "b")
        with self._archive.reading() as connection:
            record = queries.letter(connection, letter_id)
            versions = {each.number: each for each in queries.versions(connection, letter_id)}
        if record is None or not versions.keys() >= {*numbers}:
            a, b = numbers
            raise HTTPException(404, f"letter {letter_id} has no versions {a} and {b}")
        old, new = (versions[number] for number in numbers)
        return self._page(
            request,
            "diff.html",
            record=record,
            old=old,
            new=new,
            row_groups=group_rows(old.letter, new.letter),
            view=read_view(request),
        )

    def crawls(self, request: Request) -> Response:
        """Show past crawls with the pages that got no verdict."""
        limit, cut = read_limit(request, TABLE_ROWS), read_cut(request, CRAWLS)
        source = request.query_params.get("source") or None
        with self._archive.reading() as connection:
            page = queries.crawl_page(connection, source, cut, limit)
        return self._page(
            request,
            "crawls.html",
            crawls=page.rows,
            sources=self._settings.sources,
            pager=pager(request, CRAWLS, page, crawl_place, None),
        )

    def refusal(self, request: Request, error: HTTPException) -> Response:
        """Show why a request is refused."""
        page = self._page(
            request, "error.html", status_code=error.status_code, detail=error.detail
        )
        page.status_code = error.status_code
        page.headers.update(error.headers or {})
        return page

    def _page(self, request: Request, template: str, **values: Any) -> Response:
        language = read_language(request)
        other_language = "en" if language == "zh" else "zh"
        base = base_path(request.scope)
        text = render(
            template,
            translator=Translator(language, self._settings.timezone),
            base=base,
            path=own_path(request.scope),
            page=page_path(request.scope),
            query=request.query_params,
            other_language_query=query_in_language(request, other_language),
            **values,
        )
        page = HTMLResponse(text)
        if request.query_params.get("lang") == language:
            page.set_cookie(
                "lang", language, max_age=_YEAR, path=base or "/", samesite="strict", httponly=True
            )
        return page


def _count_baseline(connection: Any, filters: ChangeFilter) -> str | None:
    """Return how many letters of first crawls `filters` could show, too; None: none."""
    wanted = replace(filters, baseline=True)
    count = queries.count_changes(connection, wanted, most=_COUNTED + 1)
    is_cut = filters.is_timed() and count > _COUNTED
    return f"{_COUNTED}+" if is_cut else str(count) if count else None
