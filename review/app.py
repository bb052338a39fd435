"""The ASGI application: pages, feed, API and metrics over one archive."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from letters.alarm import StandingKind
from review.api import Api, refusal_response
from review.change_evidence import ChangeEvidence
from review.cross_origin import CrossOrigin
from review.feed import Feed
from review.guard import Guard
from review.kept_answers import COMPRESSION, KeptAnswers, MadeAnswer
from review.kept_files import KeptFiles
from review.metrics import Metrics
from review.mount_path import MountPath, page_path
from review.pages.alarms import AlarmPages
from review.pages.changes import ChangePages
from review.pages.desk import DeskPages
from review.pages.letters import LetterPages
from review.pages.page import refusal_page
from review.pages.pictures import Pictures
from review.pages.service import ServicePages
from review.pages.sources import SourcePages
from review.pages.versions import VersionPages
from review.settings import ReviewSettings, ServiceState
from review.source_desk import SourceDesk
from review.turns import Turns
from storage import queries
from storage.database.archive import Archive
from storage.database.errors import StorageError, reason
from storage.queries import DecisionError, EvidenceError, LetterError


def create_app(
    archive: Archive,
    settings: ReviewSettings,
    service: ServiceState,
    desk: SourceDesk | None = None,
) -> ASGIApp:
    """Return the application that shows what is on record and how the service is."""

    def refuse(request: Request, error: Exception) -> Response:
        """Return why the request is refused: to /api/ as JSON, else as a page."""
        if isinstance(error, StorageError):
            error = HTTPException(503, f"the database can't be read: {reason(error)}")
        if isinstance(error, LetterError | EvidenceError | DecisionError):
            error = HTTPException(503, f"it can't be read: {error}")
        if not isinstance(error, HTTPException):
            raise error
        if page_path(request.scope).startswith("/api/"):
            return refusal_response(request, error)
        return refusal_page(request, error, settings.timezone)

    app = Starlette(
        routes=all_routes(archive, settings, service, desk),
        exception_handlers=dict.fromkeys(_REFUSED, refuse),
    )
    # While a server works on one page, another one is made.
    at_once = 1 if archive.url.get_backend_name() == "sqlite" else 2
    guarded = MountPath(
        CrossOrigin(Guard(Turns(app, at_once), settings), settings.cors), settings.base
    )
    return GZipMiddleware(guarded, compresslevel=COMPRESSION)


def all_routes(
    archive: Archive,
    settings: ReviewSettings,
    service: ServiceState,
    desk: SourceDesk | None = None,
) -> list[BaseRoute]:
    """Return what can be asked for: pages, pictures and files, feed, API, monitoring."""
    return [
        *_Monitoring(archive, settings, service).routes(),
        *Api(archive, settings).routes(),
        *ServicePages(archive, settings, service).routes(),
        *AlarmPages(archive, settings).routes(),
        *ChangePages(archive, settings).routes(),
        *DeskPages(archive, settings).routes(),
        *SourcePages(archive, settings, service, desk).routes(),
        *LetterPages(archive, settings).routes(),
        *VersionPages(archive, settings).routes(),
        *KeptFiles(archive).routes(),
        *Pictures(archive, settings.timezone).routes(),
        *ChangeEvidence(archive, settings).routes(),
        Mount("/static", StaticFiles(packages=[("review", "static")])),
    ]


_REFUSED = (HTTPException, StorageError, LetterError, EvidenceError, DecisionError)


class _Monitoring:
    """Answers monitors and feed readers: health, metrics, feed."""

    def __init__(self, archive: Archive, settings: ReviewSettings, service: ServiceState) -> None:
        self._archive = archive
        self._settings = settings
        self._service = service
        self._kept = KeptAnswers(archive)

    def routes(self) -> list[Route]:
        return [
            Route("/healthz", self.health),
            Route("/metrics", Metrics(self._archive, self._service).answer),
            Route("/feed.atom", Feed(self._archive, self._settings).answer),
        ]

    def health(self, request: Request) -> Response:
        """Answer `ok`, and a line for each kind of alarm that stands; 503 says why nothing works.

        Nobody shows a token here: neither sources nor reasons are named.
        """
        del request
        if trouble := self._service.trouble():
            return PlainTextResponse(f"{trouble}\n", 503)
        return PlainTextResponse(self._kept.get("healthz", None, self._alarms).body)

    def _alarms(self) -> MadeAnswer:
        with self._archive.reading() as connection:
            kinds = queries.standing_kinds(connection)
        lines = "".join(f"{line}\n" for line in ("ok", *map(_degraded, kinds)))
        return MadeAnswer(lines.encode(), b"")


def _degraded(standing: StandingKind) -> str:
    since = standing.since.isoformat(timespec="seconds")
    return f"degraded: {standing.kind} ({standing.count}) since {since}"
