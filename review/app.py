"""The web side of the service: pages, feed, API and metrics of what the archive holds."""

from itertools import islice

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from review.api import Api
from review.asked import asked_changes, asked_language
from review.feed import atom
from review.guard import Guard
from review.metrics import down, metrics
from review.pages import Pages
from review.place import Placed, page_path
from review.settings import ReviewSettings, ServiceState
from review.voice import Voice
from storage import queries
from storage.archive import Archive
from storage.errors import StorageError, reason

FEED_ENTRIES = 100


def create_app(archive: Archive, settings: ReviewSettings, service: ServiceState) -> ASGIApp:
    """Return the application that shows what `archive` holds and how `service` is."""
    pages = Pages(archive, settings, service)
    machine = _ForMachines(archive, settings, service)

    def refuse(request: Request, error: Exception) -> Response:
        """Say in one line why not, in the form in which it was asked."""
        if isinstance(error, StorageError):
            error = HTTPException(503, f"the database can't be read: {reason(error)}")
        if not isinstance(error, HTTPException):
            raise error
        if page_path(request.scope).startswith("/api/"):
            return JSONResponse({"error": error.detail}, error.status_code, error.headers)
        return pages.refusal(request, error)

    app = Starlette(
        routes=[
            *machine.routes(),
            *Api(archive, settings).routes(),
            *pages.routes(),
            Mount("/static", StaticFiles(packages=[("review", "static")])),
        ],
        exception_handlers={HTTPException: refuse, StorageError: refuse},
    )
    return Placed(Guard(app, settings), settings.base)


class _ForMachines:
    """What other programs ask: health, metrics, feed."""

    def __init__(self, archive: Archive, settings: ReviewSettings, service: ServiceState) -> None:
        self._archive = archive
        self._settings = settings
        self._service = service

    def routes(self) -> list[Route]:
        return [
            Route("/healthz", self.health),
            Route("/metrics", self.metrics),
            Route("/feed.atom", self.feed),
        ]

    def health(self, request: Request) -> Response:
        del request
        trouble = self._service.trouble()
        return PlainTextResponse(f"{trouble or 'ok'}\n", 503 if trouble else 200)

    def metrics(self, request: Request) -> Response:
        del request
        try:
            told = metrics(self._archive, self._service.next_runs(), self._service.trouble())
        except StorageError:
            told = down()
        return PlainTextResponse(told, media_type="text/plain; version=0.0.4")

    def feed(self, request: Request) -> Response:
        """Answer with the changes that are announced: those held or dismissed are not."""
        wanted = asked_changes(request, self._settings.timezone)
        voice = Voice(asked_language(request), self._settings.timezone)
        with self._archive.reading() as connection:
            dropped = queries.dismissed(connection)
            announced = (
                each
                for each in queries.changes(connection, wanted)
                if not each.held and each.id not in dropped
            )
            told = atom(islice(announced, FEED_ENTRIES), str(request.base_url), voice)
        return Response(told, media_type="application/atom+xml")
