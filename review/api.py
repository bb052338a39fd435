"""The JSON API: letters, changes and crawls as docs/contract.md has them."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from review.api_models import ApiModel, ChangeModel, CrawlModel, LetterModel, RefusalModel
from review.links import next_rows
from review.mount_path import base_path
from review.openapi import document
from review.query_parameters import Slice, asked_changes, asked_id, asked_letters, asked_slice
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
        wanted, part = asked_letters(request), asked_slice(request, DEFAULT_LIMIT)
        with self._archive.reading() as connection:
            total = queries.count_letters(connection, wanted)
            rows = queries.letters(connection, wanted, limit=part.limit, offset=part.offset)
            answers = _answers(LetterModel, rows)
        return _list_response(request, answers, part, total)

    def letter(self, request: Request) -> Response:
        """Answer with one letter."""
        with self._archive.reading() as connection:
            letter = queries.letter(connection, asked_id(request, "letter"))
        return _single_response(request, LetterModel, letter, "letter")

    def changes(self, request: Request) -> Response:
        """Answer with a list of changes."""
        wanted = asked_changes(request, self._settings.timezone)
        part = asked_slice(request, DEFAULT_LIMIT)
        with self._archive.reading() as connection:
            total = queries.count_changes(connection, wanted)
            rows = queries.changes(connection, wanted, limit=part.limit, offset=part.offset)
            answers = _answers(ChangeModel, rows)
        return _list_response(request, answers, part, total)

    def change(self, request: Request) -> Response:
        """Answer with one change."""
        with self._archive.reading() as connection:
            change = queries.change(connection, asked_id(request, "change"))
        return _single_response(request, ChangeModel, change, "change")

    def crawls(self, request: Request) -> Response:
        """Answer with a list of crawls."""
        part = asked_slice(request, DEFAULT_LIMIT)
        source = request.query_params.get("source") or None
        with self._archive.reading() as connection:
            rows = queries.crawls(connection, source, limit=part.limit, offset=part.offset)
            answers = _answers(CrawlModel, rows)
        return _list_response(request, answers, part, None)

    def openapi(self, request: Request) -> Response:
        """Answer with the OpenAPI document."""
        return JSONResponse(document(base_path(request.scope)))


def refusal_response(error: HTTPException) -> Response:
    """Return why a request to the API is refused."""
    return _response(RefusalModel(error=error.detail), error.status_code, error.headers)


def _answers(model: type[ApiModel], records: Iterable[_Record]) -> list[ApiModel]:
    return [model.model_validate(record.as_json()) for record in records]


def _list_response(
    request: Request, answers: list[ApiModel], part: Slice, total: int | None
) -> Response:
    """Return a list; its headers say how many rows there are and where the next ones are.

    `total` is None where the rows were not counted.
    """
    headers = {} if total is None else {"X-Total-Count": str(total)}
    if len(answers) == part.limit and (total is None or part.offset + part.limit < total):
        headers["Link"] = f'<{next_rows(request, part)}>; rel="next"'
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
