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
from review.home_page import home_values
from review.letter_facts import letter_facts
from review.links import (
    encode_query,
    feed_filters,
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
    read_paging,
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

TABLE_ROWS = 50  # of one page
ENTRIES = 20  # changes of one page, with all their edits
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
        values = home_values(self._archive, self._settings, self._service)
        return self._page(request, "home.html", **values)

    def changes(self, request: Request) -> Response:
        """Show changes, newest first, each with all its edits."""
        filters = read_change_filter(request, self._settings.timezone)
        paging = read_paging(request, ENTRIES)
        with self._archive.reading() as connection:
            total = queries.count_changes(connection, filters)
            rows = queries.changes(connection, filters, limit=paging.limit, offset=paging.offset)
            shown = list(rows)
            baseline_count = queries.count_changes(connection, replace(filters, baseline=True))
        return self._page(
            request,
            "changes.html",
            changes=shown,
            baseline_count=baseline_count,
            with_baseline=filters.baseline is None,
            baseline_query=query_with_baseline(request, baseline=filters.baseline is not None),
            feed_query=encode_query(feed_filters(request)),
            kinds=tuple(ChangeKind),
            significances=tuple(Significance),
            sources=self._settings.sources,
            pager=pager(request, paging, total),
        )

    def change(self, request: Request) -> Response:
        """Show one change: its sentence, each edit, both texts, the evidence."""
        change_id = read_id(request, "change")
        with self._archive.reading() as connection:
            change = queries.change(connection, change_id)
            reviews = list(queries.reviews(connection, change_id))
        if change is None:
            raise HTTPException(404, f"change {change_id} is not known")
        change_view = load_change_view(self._archive, change)
        return self._page(
            request,
            "change.html",
            change_view=change_view,
            reviews=reviews,
            view=read_view(request),
        )

    def letters(self, request: Request) -> Response:
        """Show the letters on record."""
        filters, paging = read_letter_filter(request), read_paging(request, TABLE_ROWS)
        with self._archive.reading() as connection:
            total = queries.count_letters(connection, filters)
            rows = queries.letters(connection, filters, limit=paging.limit, offset=paging.offset)
            shown = [
                (each, queries.search_hits(connection, each.id, filters.search)) for each in rows
            ]
        return self._page(
            request,
            "letters.html",
            letters=shown,
            statuses=tuple(Status),
            sources=self._settings.sources,
            pager=pager(request, paging, total),
        )

    def letter(self, request: Request) -> Response:
        """Show one letter: its newest version and its history."""
        letter_id = read_id(request, "letter")
        with self._archive.reading() as connection:
            record = queries.letter(connection, letter_id)
            if record is None:
                raise HTTPException(404, f"letter {letter_id} is not known")
            twins = [queries.letter(connection, twin_id) for twin_id in record.twins]
        return self._page(
            request,
            "letter.html",
            record=record,
            facts=letter_facts(record),
            events=timeline(self._archive, letter_id),
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
        paging = read_paging(request, TABLE_ROWS)
        source = request.query_params.get("source") or None
        with self._archive.reading() as connection:
            # One more than is shown, to know whether there are older ones.
            rows = queries.crawls(connection, source, limit=paging.limit + 1, offset=paging.offset)
            crawls = list(rows)
        links = pager(request, paging, paging.offset + len(crawls))
        return self._page(
            request,
            "crawls.html",
            crawls=crawls[: paging.limit],
            sources=self._settings.sources,
            pager=replace(links, total=None),
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
