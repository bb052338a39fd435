"""The page on which people see what is watched, and decide on it."""

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from letters.letter import Kind
from review.form_body import first
from review.mount_path import base_path
from review.pages.page import page_response
from review.people import form_token
from review.person_form import read_person_form
from review.query_parameters import read_sources
from review.settings import ReviewSettings, ServiceState
from review.source_desk import ProbeShown, SourceDesk, SourceRefusedError
from storage import queries
from storage.database.archive import Archive

SOURCES = "/sources"
_MOST_BYTES = 16 * 1024  # of a form
_LONGEST = 200  # characters of a name or an agency
_NAMED = ("name", "agency", "kind")  # what a person says of the directory that was probed


class SourcePages:
    """Answers people who see and decide what is watched."""

    def __init__(
        self,
        archive: Archive,
        settings: ReviewSettings,
        service: ServiceState,
        desk: SourceDesk | None,  # None: no service is beside the pages, and they are for reading
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._service = service
        self._desk = desk

    def routes(self) -> list[Route]:
        """Return the pages' routes."""
        return [Route(SOURCES, self.shown_or_sent, methods=["GET", "POST"])]

    async def shown_or_sent(self, request: Request) -> Response:
        """Show the page, or do what its form says: one route, so that 405 names both ways."""
        if request.method != "POST":
            return await self._page(request)
        person, form = await read_person_form(request, self._settings, _MOST_BYTES)
        if self._desk is None:
            raise HTTPException(503, "no service is there to decide by")
        try:
            await self._do(self._desk, form, person)
        except SourceRefusedError as error:
            page = await self._page(request, str(error), form)
            page.status_code = 409
            return page
        link = f"{base_path(request.scope)}{SOURCES}"
        return RedirectResponse(link, 303, headers={"Cache-Control": "no-store"})

    async def _do(self, desk: SourceDesk, form: Mapping[str, list[str]], person: str) -> None:
        """Do what a form says; raise SourceRefusedError, or a 400 for what can't be done."""
        act, source = first(form, "act"), first(form, "source")
        if act == "probe":
            desk.start_probe(first(form, "url").strip(), person)
        elif act == "forget":
            desk.forget_probe(person)
        elif act == "add":
            await desk.add(_entry(desk, form, person), person)
            desk.forget_probe(person)
        elif act == "pause":
            await desk.pause(source, person)
        elif act == "resume":
            await desk.resume(source, person)
        elif act == "crawl":
            desk.crawl_now(source)
        else:
            raise HTTPException(400, "act: one of probe, add, pause, resume, crawl is expected")

    async def _page(
        self,
        request: Request,
        problem: str | None = None,
        form: Mapping[str, list[str]] | None = None,
    ) -> Response:
        person = request.scope["person"] if self._desk else None
        probe = self._desk.probe_of(person) if self._desk and person else None
        values: dict[str, Any] = {
            "problems": [*filter(None, [problem]), *self._settings.problems],
            "person": person,
            "form_token": form_token(self._settings, person) if person else None,
            "trusted_header": self._settings.trusted_header,
            "probe": probe,
            "entry": _shown_entry(probe, form or {}),
            "kinds": [Kind.PROPOSAL.value, Kind.SUGGESTION.value],
            "progress": self._desk.progress() if self._desk else {},
            "next_runs": self._service.next_runs(),
        }
        return await run_in_threadpool(self._filled, request, values)

    def _filled(self, request: Request, values: Mapping[str, Any]) -> Response:
        shown = read_sources(request, self._settings.sources)
        names = [each.name for each in shown.sources]
        with self._archive.reading() as connection:
            states = {each.source: each for each in queries.sources(connection, names)}
        zone = self._settings.timezone
        page = page_response(
            request, "sources.html", zone, shown=shown, states=states, **dict(values)
        )
        page.headers["Cache-Control"] = "no-store"
        return page


def _shown_entry(probe: ProbeShown | None, form: Mapping[str, list[str]]) -> dict[str, str] | None:
    """Return the values of the form that watches what was probed: those sent before, if any."""
    if probe is None or probe.entry is None:
        return None
    is_of_it = first(form, "url") == probe.url
    sent = {name: first(form, name) for name in _NAMED if is_of_it and name in form}
    return {**probe.entry, **sent}


def _entry(desk: SourceDesk, form: Mapping[str, list[str]], person: str) -> dict[str, str]:
    """Return what a person wants watched: the directory that was probed, as they name it."""
    probe = desk.probe_of(person)
    if probe is None or probe.entry is None:
        raise SourceRefusedError("no probe is there any more: check the address again")
    if first(form, "url") != probe.url:  # another page of the person, or of who has its token
        raise SourceRefusedError("another address was checked since: check this one again")
    given = {name: first(form, name).strip() for name in _NAMED}
    for name, each in given.items():
        if len(each) > _LONGEST:
            raise SourceRefusedError(f"{name}: expected at most {_LONGEST} characters")
    return {**probe.entry, **given}
