"""The JSON API: letters, changes, crawls and alarms as docs/contract.md has them."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from differ.compare import compare
from letters.alarm import AlarmState
from review.conditional_requests import conditional_response
from review.cursors import ALARMS, CHANGES, CRAWLS, LETTERS, SOURCES, read_cut
from review.json_bytes import json_bytes
from review.kept_answers import KeptAnswers, MadeAnswer, made_answer, packed_response
from review.links import (
    Pager,
    alarm_place,
    crawl_place,
    letter_place,
    link_after,
    link_header,
    pager,
)
from review.mount_path import base_path
from review.openapi import document
from review.people import People
from review.query_parameters import (
    read_after_id,
    read_choice,
    read_id,
    read_letter_filter,
    read_limit,
    read_list_filter,
    read_text,
    read_version,
)
from review.refusals import refusal_line
from review.settings import ReviewSettings
from review.source_list import source_page, source_place
from storage import queries
from storage.database.archive import Archive

DEFAULT_LIMIT = 200  # rows of a list that was requested without a limit
_KEPT_BYTES = 16 * 2**20  # of lists that were asked for last
_LONGEST_WAIT = 5.0  # seconds for crawls that record changes at this moment


class _Record(Protocol):
    def as_json(self) -> dict[str, Any]:
        """Return the record as plain values."""


class Api:
    """Answers programs with what is on record."""

    def __init__(self, archive: Archive, settings: ReviewSettings) -> None:
        self._archive = archive
        self._settings = settings
        self._kept = KeptAnswers(archive, _KEPT_BYTES)
        self._document = partial(document, has_tokens=People(settings).have_tokens)

    def routes(self) -> list[Route]:
        """Return the API's routes."""
        return [
            Route("/api/letters", self.letters),
            Route("/api/letters/{id:int}", self.letter),
            Route("/api/letters/{id:int}/versions/{number}", self.version),
            Route("/api/letters/{id:int}/diff/{a}..{b}", self.diff),
            Route("/api/changes", self.changes),
            Route("/api/changes/{id:int}", self.change),
            Route("/api/crawls", self.crawls),
            Route("/api/alarms", self.alarms),
            Route("/api/sources", self.sources),
            Route("/api/openapi.json", self.openapi),
        ]

    def letters(self, request: Request) -> Response:
        """Answer with a list of letters."""
        filters, limit = read_letter_filter(request), read_limit(request, DEFAULT_LIMIT)
        cut = read_cut(request, LETTERS)

        def make() -> MadeAnswer:
            with self._archive.reading() as connection:
                page = queries.plain_letter_page(connection, filters, cut, limit)
                # Who searches reads what is found: all of it would take longer than a page.
                is_counted = not filters.is_search()
                total = queries.count_letters(connection, filters) if is_counted else None
            return _made_list(request, page, pager(request, LETTERS, page, letter_place, total))

        return self._kept_list(request, filters, make)

    def letter(self, request: Request) -> Response:
        """Answer with one letter."""
        with self._archive.reading() as connection:
            letter = queries.letter(connection, read_id(request, "letter"))
        return _single_response(request, letter, "letter")

    def version(self, request: Request) -> Response:
        """Answer with one letter as one of its versions had it."""
        letter_id, number = read_id(request, "letter"), read_version(request, "number")
        with self._archive.reading() as connection:
            record = queries.letter(connection, letter_id)
            version = queries.version(connection, letter_id, number)
        if record is None or version is None:
            raise HTTPException(404, f"letter {letter_id} has no version {number}")
        old = replace(record, letter=version.letter, version=number)
        return _answer(request, old.as_json())

    def diff(self, request: Request) -> Response:
        """Answer with the edits between two versions of a letter."""
        letter_id = read_id(request, "letter")
        numbers = [read_version(request, name) for name in ("a", "b")]
        with self._archive.reading() as connection:
            old, new = (queries.version(connection, letter_id, each) for each in numbers)
        if old is None or new is None:
            a, b = numbers
            raise HTTPException(404, f"letter {letter_id} has no versions {a} and {b}")
        edits = compare(old.letter, new.letter)
        return _answer(request, [each.as_json() for each in edits])

    def changes(self, request: Request) -> Response:
        """Answer with a list of changes."""
        filters = read_list_filter(request, self._settings.timezone)
        limit, cut = read_limit(request, DEFAULT_LIMIT), read_cut(request, CHANGES)
        if (after := read_after_id(request)) is not None:
            return self._changes_after(request, filters, after, limit)

        def make() -> MadeAnswer:
            with self._archive.reading() as connection:
                page = queries.change_page(connection, filters, cut, limit)
                is_read = filters.is_timed() or filters.is_of_edits()
                total = None if is_read else queries.count_changes(connection, filters)
            links = pager(request, CHANGES, page, queries.change_position, total)
            return _made_list(request, page, links)

        return self._kept_list(request, filters, make)

    def _kept_list(
        self, request: Request, filters: Hashable, make: Callable[[], MadeAnswer]
    ) -> Response:
        """Answer with a list as it was made last, unless anything was written since.

        `filters` are as they were read: those of days are other ones as time passes.
        """
        made = self._kept.get(str(request.url), filters, make)
        response = _response(request, made.body, made.headers)
        return packed_response(request, response, made)

    def _changes_after(
        self, request: Request, filters: queries.ChangeFilter, after: int, limit: int
    ) -> Response:
        """Answer with the changes after one, in the order of their ids."""
        try:
            with self._archive.reading() as connection:
                settled = queries.settled_id(connection, _LONGEST_WAIT)
        except queries.UnsettledError:
            raise HTTPException(
                503, "changes are being recorded: ask again", {"Retry-After": "10"}
            ) from None
        with self._archive.reading() as connection:  # one that sees what has been waited for
            found = queries.changes_after(connection, filters, after, settled, limit)
        headers = {}
        if found.onward is not None:
            headers["Link"] = f'<{link_after(request, found.onward)}>; rel="next"'
        return _answer(request, [change.as_json() for change in found.changes], headers)

    def change(self, request: Request) -> Response:
        """Answer with one change."""
        with self._archive.reading() as connection:
            change = queries.change(connection, read_id(request, "change"))
        return _single_response(request, change, "change")

    def crawls(self, request: Request) -> Response:
        """Answer with a list of crawls."""
        limit, cut = read_limit(request, DEFAULT_LIMIT), read_cut(request, CRAWLS)
        source = read_text(request, "source")
        with self._archive.reading() as connection:
            page = queries.crawl_page(connection, source, cut, limit)
        links = pager(request, CRAWLS, page, crawl_place, None)
        made = _made_list(request, page, links)
        return _response(request, made.body, made.headers)

    def alarms(self, request: Request) -> Response:
        """Answer with a list of alarms."""
        limit, cut = read_limit(request, DEFAULT_LIMIT), read_cut(request, ALARMS)
        source, state = read_text(request, "source"), read_choice(request, "state", AlarmState)
        with self._archive.reading() as connection:
            page = queries.alarm_page(connection, source, state, cut, limit)
        links = pager(request, ALARMS, page, alarm_place, None)
        made = _made_list(request, page, links)
        return _response(request, made.body, made.headers)

    def sources(self, request: Request) -> Response:
        """Answer with a list of sources, those of the configuration's file first."""
        limit, cut = read_limit(request, DEFAULT_LIMIT), read_cut(request, SOURCES)
        sources = self._settings.sources
        page = source_page(sources, cut, limit)
        made = _made_list(request, page, pager(request, SOURCES, page, source_place, len(sources)))
        return _response(request, made.body, made.headers)

    def openapi(self, request: Request) -> Response:
        """Answer with the OpenAPI document."""
        return _answer(request, self._document(base_path(request.scope)))


def refusal_response(request: Request, error: HTTPException) -> Response:
    """Return why a request to the API is refused."""
    body = json_bytes({"error": refusal_line(request, error)})
    return Response(body, error.status_code, error.headers, "application/json")


def _made_list(request: Request, page: queries.ListPage[Any], links: Pager) -> MadeAnswer:
    """Return a list; its headers say how many rows there are and where the others are."""
    headers = {} if links.total is None else {"X-Total-Count": links.total}
    if link := link_header(request, links):
        headers["Link"] = link
    return made_answer(json_bytes([record.as_json() for record in page.rows]), headers=headers)


def _single_response(request: Request, record: _Record | None, name: str) -> Response:
    if record is None:
        raise HTTPException(404, f"{name} {request.path_params['id']} is not known")
    return _answer(request, record.as_json())


def _answer(
    request: Request,
    answer: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return an answer of the form that a model in review/api_models.py has, as tests hold.

    A shared cache keeps none: it names reviewers, and may be for those with a token only.
    """
    return _response(request, json_bytes(answer), headers)


def _response(request: Request, body: bytes, headers: Mapping[str, str] | None) -> Response:
    kept = {"Cache-Control": "private, no-cache", **(headers or {})}
    return conditional_response(request, Response(body, 200, kept, "application/json"))
