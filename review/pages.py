"""The pages that people read, made on the server and of use without any script."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from differ.compare import compare
from letters.change import ChangeKind, Significance
from letters.records import Status
from review.alarms import notices
from review.change_view import tell
from review.chart import DAYS, HEIGHT, bars, first_day
from review.differences import laid_out
from review.links import filters, in_language, pager, with_baseline, written
from review.mount_path import base_path, own_path, page_path
from review.query_parameters import (
    asked_changes,
    asked_id,
    asked_language,
    asked_letters,
    asked_slice,
)
from review.rendering import render
from review.settings import ReviewSettings, ServiceState
from review.timeline import timeline
from review.translator import Translator
from storage import queries
from storage.database.archive import Archive
from storage.queries import ChangeFilter, LetterFilter

A_PAGE = 50  # rows of a table
ENTRIES = 20  # changes told at length
NEWEST = 10
NEWS = ChangeFilter(baseline=False)
_YEAR = 365 * 24 * 3600


class Pages:
    """Answers people."""

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
            Route("/letters/{id:int}/diff/{a:int}..{b:int}", self.diff),
            Route("/crawls", self.crawls),
        ]

    def home(self, request: Request) -> Response:
        """Show each source, how much changes, and the newest changes."""
        now, zone = datetime.now(UTC), self._settings.timezone
        with self._archive.reading() as connection:
            states = {state.source: state for state in queries.sources(connection)}
            moments = queries.moments(connection, first_day(now, zone))
            values = {
                "states": states,
                "bars": bars(moments, now, zone),
                "newest": list(queries.changes(connection, NEWS, limit=NEWEST)),
                "totals": _totals(connection),
            }
        return self._page(
            request,
            "home.html",
            sources=self._settings.sources,
            next_runs=self._service.next_runs(),
            trouble=self._service.trouble(),
            notices=notices(self._archive, self._settings.sources),
            days=DAYS,
            tallest=HEIGHT,
            **values,
        )

    def changes(self, request: Request) -> Response:
        """Show changes, newest first, each told at length."""
        wanted = asked_changes(request, self._settings.timezone)
        part = asked_slice(request, ENTRIES)
        with self._archive.reading() as connection:
            total = queries.count_changes(connection, wanted)
            rows = queries.changes(connection, wanted, limit=part.limit, offset=part.offset)
            shown = list(rows)
            first_letters = queries.count_changes(connection, replace(wanted, baseline=True))
        return self._page(
            request,
            "changes.html",
            changes=shown,
            first_letters=first_letters,
            with_baseline=wanted.baseline is None,
            turned=with_baseline(request, baseline=wanted.baseline is not None),
            subscription=written(filters(request)),
            kinds=tuple(ChangeKind),
            weights=tuple(Significance),
            sources=self._settings.sources,
            pager=pager(request, part, total),
        )

    def change(self, request: Request) -> Response:
        """Show one change: its sentence, each edit, both texts, the evidence."""
        wanted = asked_id(request, "change")
        with self._archive.reading() as connection:
            found = queries.change(connection, wanted)
            decided = list(queries.reviews(connection, wanted))
        if found is None:
            raise HTTPException(404, f"change {wanted} is not known")
        view = "inline" if request.query_params.get("view") == "inline" else "sides"
        telling = tell(self._archive, found)
        return self._page(request, "change.html", telling=telling, reviews=decided, view=view)

    def letters(self, request: Request) -> Response:
        """Show the letters held."""
        wanted, part = asked_letters(request), asked_slice(request, A_PAGE)
        with self._archive.reading() as connection:
            total = queries.count_letters(connection, wanted)
            rows = queries.letters(connection, wanted, limit=part.limit, offset=part.offset)
            shown = list(rows)
        return self._page(
            request,
            "letters.html",
            letters=shown,
            statuses=tuple(Status),
            sources=self._settings.sources,
            pager=pager(request, part, total),
        )

    def letter(self, request: Request) -> Response:
        """Show one letter as it stands, and what became of it."""
        wanted = asked_id(request, "letter")
        with self._archive.reading() as connection:
            held = queries.letter(connection, wanted)
            if held is None:
                raise HTTPException(404, f"letter {wanted} is not known")
            twins = [queries.letter(connection, twin) for twin in held.twins]
        return self._page(
            request,
            "letter.html",
            held=held,
            facts=_facts(held.as_json()),
            events=timeline(self._archive, wanted),
            twins=[(each, compare(held.letter, each.letter)) for each in twins if each],
        )

    def diff(self, request: Request) -> Response:
        """Show two versions of a letter side by side or inline."""
        wanted = asked_id(request, "letter")
        numbers = request.path_params["a"], request.path_params["b"]
        with self._archive.reading() as connection:
            held = queries.letter(connection, wanted)
            sides = {each.number: each for each in queries.versions(connection, wanted)}
        if held is None or not sides.keys() >= {*numbers}:
            a, b = numbers
            raise HTTPException(404, f"letter {wanted} has no versions {a} and {b}")
        old, new = (sides[number] for number in numbers)
        view = "inline" if request.query_params.get("view") == "inline" else "sides"
        return self._page(
            request,
            "diff.html",
            held=held,
            old=old,
            new=new,
            stretches=laid_out(old.letter, new.letter),
            view=view,
        )

    def crawls(self, request: Request) -> Response:
        """Show past crawls with what they could not see."""
        part = asked_slice(request, A_PAGE)
        source = request.query_params.get("source") or None
        with self._archive.reading() as connection:
            # One more than is shown tells whether there are older ones.
            rows = queries.crawls(connection, source, limit=part.limit + 1, offset=part.offset)
            found = list(rows)
        shown = found[: part.limit]
        shown_of = pager(request, part, part.offset + len(found)) | {"total": None}
        return self._page(
            request, "crawls.html", crawls=shown, sources=self._settings.sources, pager=shown_of
        )

    def refusal(self, request: Request, error: HTTPException) -> Response:
        """Say on a page why not."""
        page = self._page(
            request, "error.html", status_code=error.status_code, detail=error.detail
        )
        page.status_code = error.status_code
        page.headers.update(error.headers or {})
        return page

    def _page(self, request: Request, template: str, **values: Any) -> Response:
        language = asked_language(request)
        other = "en" if language == "zh" else "zh"
        base = base_path(request.scope)
        text = render(
            template,
            voice=Translator(language, self._settings.timezone),
            base=base,
            path=own_path(request.scope),
            page=page_path(request.scope),
            asked=request.query_params,
            other=in_language(request, other),
            **values,
        )
        page = HTMLResponse(text)
        if request.query_params.get("lang") == language:
            page.set_cookie(
                "lang", language, max_age=_YEAR, path=base or "/", samesite="strict", httponly=True
            )
        return page


def _totals(connection: Any) -> dict[str, int]:
    """Return how much is held."""
    weighty = replace(NEWS, significance=Significance.SUBSTANTIVE)
    return {
        "letters": queries.count_letters(connection, LetterFilter()),
        "changes": queries.count_changes(connection, NEWS),
        "substantive": queries.count_changes(connection, weighty),
    }


_FACTS = (
    *("number", "session", "addressees", "subject", "agency", "co_handlers", "doc_number"),
    *("result_class", "feedback", "published_on", "listed_on", "url_dated_on", "signed_on"),
    *("signed_on_raw", "reviewer", "postcode", "phone", "contact"),
)


def _facts(told: dict[str, Any]) -> dict[str, str | list[str]]:
    """Return the fields that the letter has, in the order of reading."""
    return {name: told[name] for name in _FACTS if told[name]}
