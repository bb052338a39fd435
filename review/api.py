"""The JSON API: letters, changes and crawls as the contract has them."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from review.links import next_rows
from review.mount_path import base_path
from review.openapi import document
from review.query_parameters import Slice, asked_changes, asked_id, asked_letters, asked_slice
from review.settings import ReviewSettings
from storage import queries
from storage.database.archive import Archive

USUAL = 200  # rows of an answer that was asked for without a limit


class _Told(Protocol):
    def as_json(self) -> dict[str, Any]:
        """Return the value as plain values."""


class Api:
    """Answers with what the archive holds."""

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
        wanted, part = asked_letters(request), asked_slice(request, USUAL)
        with self._archive.reading() as connection:
            total = queries.count_letters(connection, wanted)
            rows = queries.letters(connection, wanted, limit=part.limit, offset=part.offset)
            return _rows(request, rows, part, total)

    def letter(self, request: Request) -> Response:
        """Answer with one letter."""
        with self._archive.reading() as connection:
            found = queries.letter(connection, asked_id(request, "letter"))
        return _one(found, "letter", request)

    def changes(self, request: Request) -> Response:
        """Answer with a list of changes."""
        wanted = asked_changes(request, self._settings.timezone)
        part = asked_slice(request, USUAL)
        with self._archive.reading() as connection:
            total = queries.count_changes(connection, wanted)
            rows = queries.changes(connection, wanted, limit=part.limit, offset=part.offset)
            return _rows(request, rows, part, total)

    def change(self, request: Request) -> Response:
        """Answer with one change."""
        with self._archive.reading() as connection:
            found = queries.change(connection, asked_id(request, "change"))
        return _one(found, "change", request)

    def crawls(self, request: Request) -> Response:
        """Answer with a list of crawls."""
        part = asked_slice(request, USUAL)
        source = request.query_params.get("source") or None
        with self._archive.reading() as connection:
            rows = queries.crawls(connection, source, limit=part.limit, offset=part.offset)
            return _rows(request, rows, part, None)

    def openapi(self, request: Request) -> Response:
        """Answer with what the API can be asked."""
        return JSONResponse(document(base_path(request.scope)))


def _rows(request: Request, rows: Iterable[_Told], part: Slice, total: int | None) -> Response:
    """Answer with rows; headers tell how many there are and where the next ones stand."""
    told = [row.as_json() for row in rows]
    headers: Mapping[str, str] = {} if total is None else {"X-Total-Count": str(total)}
    if len(told) == part.limit and (total is None or part.offset + part.limit < total):
        headers = {**headers, "Link": f'<{next_rows(request, part)}>; rel="next"'}
    return JSONResponse(told, headers=headers)


def _one(found: _Told | None, name: str, request: Request) -> Response:
    if found is None:
        raise HTTPException(404, f"{name} {request.path_params['id']} is not known")
    return JSONResponse(found.as_json())
