"""The feed of changes that are announced: those held, dismissed or of a first crawl are not."""

from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from review.atom import TYPE, atom
from review.freshness import fresh
from review.links import filters
from review.phrases import LANGUAGES
from review.query_parameters import asked_changes, asked_language, asked_place
from review.settings import ReviewSettings
from review.translator import Translator
from storage import queries
from storage.database.archive import Archive
from storage.queries import place_of

ENTRIES = 100  # of one page


class Feed:
    """Answers who subscribed."""

    def __init__(self, archive: Archive, settings: ReviewSettings) -> None:
        self._archive = archive
        self._zone = settings.timezone

    def answer(self, request: Request) -> Response:
        """Answer with one page of the feed, or that it is the same as before."""
        wanted = asked_changes(request, self._zone)
        voice = Translator(asked_language(request), self._zone)
        place = {name: asked_place(request, name) for name in ("before", "after")}
        if all(place.values()):
            raise HTTPException(400, "before and after: one of them was expected")
        told = filters(request)
        if told.get("lang", voice.language) not in LANGUAGES:
            raise HTTPException(400, f"lang: {told['lang']!r} is none of {', '.join(LANGUAGES)}")
        with self._archive.reading() as connection:
            page = queries.announced(connection, wanted, ENTRIES, **place)
            reviewed_at = queries.last_review_at(connection)
        asked = {name: request.query_params[name] for name, at in place.items() if at}
        body = atom(page, str(request.base_url), told, asked, voice)
        moments = [reviewed_at, *(place_of(each).at for each in page.changes[:1])]
        # With an end that moves on, changes come in without having been announced just now.
        modified_at = max(filter(None, moments), default=None) if not wanted.until else None
        return fresh(request, body, TYPE, modified_at, datetime.now(UTC))
