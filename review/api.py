"""The JSON API: letters, changes and crawls as docs/contract.md has them."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from review.api_models import ApiModel, ChangeModel, CrawlModel, LetterModel, RefusalModel
from review.links import next_rows_url
from review.mount_path import base_path
from review.openapi import document
from review.query_parameters import (
    Paging,
    read_change_filter,
    read_id,
    read_letter_filter,
    read_paging,
)
from review.settings import ReviewSettings
from storage import queries
from storage.database.archive import Archive

DEFAULT_LIMIT = 200  # rows of a list that was requested without a limit


class _Record(Protocol):
    def as_json(self) -> dict[str, Any]:
        """Return the record as plain values."""


class Api:
    """Answers programs with what is on record."""

    def __init__(self, archive: Archive, settings: ReviewSettings) -> None:
        self._archive = archive
        self._settings = settings

    def routes(self) -> list[Route]:
        """Return the API's routes."""
        return [
            Route("/api/letters", self.letters),
            Route("/api/letters/{id:int}", self.letter),
            Route("/api/changes", self.changes),
            Route("/api/changes/{id:int}", self.change),
            Route("/api/crawls", self.crawls),
            Route("/api/openapi.json", self.openapi),
        ]

    def letters(self, request: Request) -> Response:
        """Answer with a list of letters."""
        filters, paging = read_letter_filter(request), read_paging(request, DEFAULT_LIMIT)
        with self._archive.reading() as connection:
            total = queries.count_letters(connection, filters)
            rows = queries.letters(connection, filters, limit=paging.limit, offset=paging.offset)
            answers = _answers(LetterModel, rows)
        return _list_response(request, answers, paging, total)

    def letter(self, request: Request) -> Response:
        """Answer with one letter."""
        with self._archive.reading() as connection:
            letter = queries.letter(connection, read_id(request, "letter"))
        return _single_response(request, LetterModel, letter, "letter")

    def changes(self, request: Request) -> Response:
        """Answer with a list of changes."""
        filters = read_change_filter(request, self._settings.timezone)
        paging = read_paging(request, DEFAULT_LIMIT)
        with self._archive.reading() as connection:
            total = queries.count_changes(connection, filters)
            rows = queries.changes(connection, filters, limit=paging.limit, offset=paging.offset)
            answers = _answers(ChangeModel, rows)
        return _list_response(request, answers, paging, total)

    def change(self, request: Request) -> Response:
        """Answer with one change."""
        with self._archive.reading() as connection:
            change = queries.change(connection, read_id(request, "change"))
        return _single_response(request, ChangeModel, change, "change")

    def crawls(self, request: Request) -> Response:
        """Answer with a list of crawls."""
        paging = read_paging(request, DEFAULT_LIMIT)
        source = request.query_params.get("source") or None
        with self._archive.reading() as connection:
            rows = queries.crawls(connection, source, limit=paging.limit, offset=paging.offset)
            answers = _answers(CrawlModel, rows)
        return _list_response(request, answers, paging, None)

    def openapi(self, request: Request) -> Response:
        """Answer with the OpenAPI document."""
        return JSONResponse(document(base_path(request.scope)))


def refusal_response(error: HTTPException) -> Response:
    """Return why a request to the API is refused."""
    return _response(RefusalModel(error=error.detail), error.status_code, error.headers)


def _answers(model: type[ApiModel], records: Iterable[_Record]) -> list[ApiModel]:
    return [model.model_validate(record.as_json()) for record in records]


def _list_response(
    request: Request, answers: list[ApiModel], paging: Paging, total: int | None
) -> Response:
    """Return a list; its headers say how many rows there are and where the next ones are.

    `total` is None where the rows were not counted.
    """
    headers = {} if total is None else {"X-Total-Count": str(total)}
    if len(answers) == paging.limit and (total is None or paging.offset + paging.limit < total):
        headers["Link"] = f'<{next_rows_url(request, paging)}>; rel="next"'
    return _response(answers, headers=headers)


def _single_response(
    request: Request, model: type[ApiModel], record: _Record | None, name: str
) -> Response:
    if record is None:
        raise HTTPException(404, f"{name} {request.path_params['id']} is not known")
    return _response(model.model_validate(record.as_json()))


def _response(
    answer: ApiModel | list[ApiModel],
    status_code: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    return Response(to_json(answer), status_code, headers, "application/json")
