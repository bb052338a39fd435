"""The page on which people decide on changes, and what its forms do."""

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from letters.review import Decision, ReviewState
from review.admission import SIGN_OUT, signed_out
from review.decision_form import (
    MOST_BYTES,
    Outcome,
    read_decision,
    read_reviews,
    read_seen,
    record_decisions,
    record_undo,
)
from review.desk_links import (
    AGES,
    filter_links,
    filters_set,
    own_query,
    own_query_of,
    read_review_filter,
    state_links,
)
from review.desk_page import LISTED, MOST_LISTED, load_desk_page
from review.form_body import first
from review.guard import POLICY, SCRIPT_POLICY
from review.mount_path import base_path
from review.pages.page import page_response
from review.people import People, form_token
from review.person_form import read_person_form
from review.query_parameters import read_limit
from review.refusals import BadParameterError
from review.settings import ReviewSettings
from storage import queries
from storage.database.archive import Archive

DESK = "/review"
_DIGITS = 9  # of an id
_HEADERS = {"Cache-Control": "no-store", POLICY: SCRIPT_POLICY}


class DeskPages:
    """Answers people who decide on changes."""

    def __init__(self, archive: Archive, settings: ReviewSettings) -> None:
        self._archive = archive
        self._settings = settings
        self._has_tokens = People(settings).have_tokens

    def routes(self) -> list[Route]:
        """Return the pages' routes."""
        return [
            Route(DESK, self.shown_or_sent, methods=["GET", "POST"]),
            Route(f"{DESK}/undo", self.undo, methods=["POST"]),
            Route(SIGN_OUT, self.sign_out, methods=["POST"]),
        ]

    async def shown_or_sent(self, request: Request) -> Response:
        """Show the page, or record what its form says: one route, so that 405 names both ways."""
        if request.method == "POST":
            return await self.decide(request)
        return await run_in_threadpool(self.desk, request)

    def desk(self, request: Request) -> Response:
        """Show one change with all that it takes to decide on it, and those that follow."""
        given, person = request.query_params, request.scope["person"]
        wanted = read_review_filter(request, self._settings)
        limit = min(read_limit(request, LISTED), MOST_LISTED)
        with self._archive.reading() as connection:
            page = load_desk_page(connection, wanted, _read_at(request), limit, person)
        return self._page(
            request,
            "review.html",
            desk=page,
            deciding=page.deciding,
            own_query=own_query(given),
            own_query_at=lambda change_id: own_query(given, at=str(change_id)),
            states=state_links(given, page.counts),
            links=filter_links(given, page.counts),
            filters=filters_set(given),
            ages=[(days, own_query(given, since=f"{days}d", until="")) for days in AGES],
            sources=self._settings.sources,
            most_read=queries.MOST_READ,
            has_tokens=self._has_tokens,
            trusted_header=self._settings.trusted_header,
        )

    async def decide(self, request: Request) -> Response:
        """Record a decision on the changes of a form; ask again where others decided meanwhile."""
        person, form = await read_person_form(request, self._settings, MOST_BYTES)
        seen, decision = read_seen(form, MOST_LISTED), read_decision(form)
        outcome = await run_in_threadpool(record_decisions, self._archive, seen, decision, person)
        return self._next(request, form, outcome, decision, at=seen[0].id)

    async def undo(self, request: Request) -> Response:
        """Take back the decisions of a form, and show the first of their changes again."""
        person, form = await read_person_form(request, self._settings, MOST_BYTES)
        reviews = await run_in_threadpool(read_reviews, form, self._archive, MOST_LISTED)
        if not reviews:
            raise HTTPException(404, "these decisions are not known")
        outcome = await run_in_threadpool(record_undo, self._archive, reviews, person)
        at = min(each.change_id for each in reviews)
        return self._next(request, form, outcome, Decision(ReviewState.OPEN), at=at)

    async def sign_out(self, request: Request) -> Response:
        """Forget the token."""
        await read_person_form(request, self._settings, MOST_BYTES)
        return signed_out(request)

    def _next(
        self,
        request: Request,
        form: Mapping[str, list[str]],
        outcome: Outcome,
        decision: Decision,
        at: int,
    ) -> Response:
        """Return the page with what is to be decided next, or what others decided meanwhile."""
        query, onward = (
            own_query_of(first(form, "query"), **add) for add in ({}, {"at": str(at)})
        )
        if not outcome.conflicts:
            link = f"{base_path(request.scope)}{DESK}?{onward}"
            return RedirectResponse(link, 303, headers={"Cache-Control": "no-store"})
        page = self._page(
            request,
            "decided_meanwhile.html",
            conflicts=outcome.conflicts,
            recorded=len(outcome.recorded),
            decision=decision,
            own_query=query,
            onward=onward,
        )
        page.status_code = 409
        return page

    def _page(self, request: Request, template: str, **values: Any) -> Response:
        person = request.scope["person"]
        page = page_response(
            request,
            template,
            self._settings.timezone,
            person=person,
            form_token=form_token(self._settings, person) if person else None,
            **values,
        )
        page.headers.update(_HEADERS)
        return page


def _read_at(request: Request) -> int | None:
    """Return the change at which the page begins, None for the first; raise a 400 for no id."""
    written = request.query_params.get("at", "")
    if not written:
        return None
    if not (written.isascii() and written.isdecimal() and len(written) <= _DIGITS):
        detail = f"at: the id of a change was expected, not {written!r}"
        raise BadParameterError(detail, "unreadable.number", name="at", value=written)
    return int(written)
