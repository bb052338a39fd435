"""Pictures as files of their own: pages link them, so that no page waits for one."""

import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from review.pictures.changes_by_week import CountedChange, changes_by_week, count_weeks
from review.pictures.coverage_calendar import cover_days, coverage_calendar
from review.pictures.letter_life import letter_life
from review.pictures.session_answers import count_answers, session_answers
from review.query_parameters import read_id, read_language, read_name
from review.timeline import timeline
from review.translator import Translator
from storage import queries
from storage.database.archive import Archive

_WEEKS = 26
_CHANGES = 5_000  # the newest, at most: a picture costs the same in each archive
_CRAWLS = 2_000
_KEPT_SECONDS = 60.0
_KEPT = 100  # pictures

Draw = Callable[[Any, Request, Translator], str | None]


class Pictures:
    """Answers with pictures; one is drawn again when it is a minute old."""

    def __init__(self, archive: Archive, zone: ZoneInfo) -> None:
        self._archive = archive
        self._zone = zone
        self._drawn: dict[tuple[str, str], tuple[float, str]] = {}  # by path and language

    def routes(self) -> list[Route]:
        """Return the pictures' routes."""
        drawn: dict[str, Draw] = {
            "/pictures/changes.svg": self._changes,
            "/pictures/coverage/{source}.svg": self._coverage,
            "/pictures/sessions/{source}.svg": self._sessions,
            "/pictures/letters/{id:int}.svg": self._letter,
        }
        return [Route(path, self._answering(draw)) for path, draw in drawn.items()]

    def _answering(self, draw: Draw) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            translator = Translator(read_language(request), self._zone)
            headers = {"Cache-Control": f"private, max-age={_KEPT_SECONDS:.0f}"}
            svg = self._kept(request, draw, translator)
            return Response(svg, media_type="image/svg+xml", headers=headers)

        return answer

    def _kept(self, request: Request, draw: Draw, translator: Translator) -> str:
        name, now = (request.url.path, translator.language), time.monotonic()
        drawn_at, svg = self._drawn.get(name, (0.0, ""))
        if not svg or now - drawn_at > _KEPT_SECONDS:
            with self._archive.reading() as connection:
                svg = draw(connection, request, translator) or ""
            if not svg:
                raise HTTPException(404, "there is nothing to draw yet")
            if len(self._drawn) >= _KEPT:
                self._drawn.clear()
            self._drawn[name] = now, svg
        return svg

    def _changes(self, connection: Any, request: Request, translator: Translator) -> str | None:
        del request
        since = datetime.now(UTC) - timedelta(weeks=_WEEKS)
        newest = queries.news_categories(connection, since, _CHANGES)
        counts = count_weeks((CountedChange(*each) for each in newest), self._zone)
        return changes_by_week(counts, translator)

    def _coverage(self, connection: Any, request: Request, translator: Translator) -> str | None:
        source, now = read_name(request, "source"), datetime.now(UTC)
        since = now - timedelta(weeks=_WEEKS)
        newest = queries.crawls(connection, source, limit=_CRAWLS)
        with closing(newest):
            crawls = list(takewhile(lambda each: each.started_at >= since, newest))
        if not crawls:
            return None
        first, today = (at.astimezone(self._zone).date() for at in (crawls[-1].started_at, now))
        return coverage_calendar(cover_days(crawls, first, today, self._zone), source, translator)

    def _sessions(self, connection: Any, request: Request, translator: Translator) -> str | None:
        source = read_name(request, "source")
        answers = count_answers(queries.session_days(connection, source))
        return session_answers(answers, source, translator)

    def _letter(self, connection: Any, request: Request, translator: Translator) -> str | None:
        letter_id = read_id(request, "letter")
        record = queries.letter(connection, letter_id)
        if record is None:
            raise HTTPException(404, f"letter {letter_id} is not known")
        return letter_life(record, timeline(connection, letter_id), translator)
