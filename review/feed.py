"""The feed of announced changes: all but those held, dismissed or of a first crawl."""

from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from review.atom import TYPE, atom
from review.conditional_requests import conditional_response, last_modified
from review.kept_answers import KeptAnswers, MadeAnswer, made_answer, packed_response
from review.languages import LANGUAGES
from review.links import feed_filters
from review.query_parameters import read_feed_position, read_language, read_list_filter
from review.settings import ReviewSettings
from review.translator import Translator
from storage import queries
from storage.database.archive import Archive
from storage.queries import position_of

ENTRIES = 100  # of one page


class Feed:
    """Answers feed readers."""

    def __init__(self, archive: Archive, settings: ReviewSettings) -> None:
        self._archive = archive
        self._zone = settings.timezone
        self._kept = KeptAnswers(archive)

    def answer(self, request: Request) -> Response:
        """Answer with one page of the feed, or that it has not changed."""
        change_filter = read_list_filter(request, self._zone)
        translator = Translator(read_language(request), self._zone)
        positions = {name: read_feed_position(request, name) for name in ("before", "after")}
        if all(positions.values()):
            raise HTTPException(400, "before and after: one of them was expected")
        filters = feed_filters(request)
        language = filters.get("lang", translator.language)
        if language not in LANGUAGES:
            raise HTTPException(400, f"lang: {language!r} is none of {', '.join(LANGUAGES)}")
        is_first = not any(positions.values()) and not change_filter.is_of_edits()
        # Where days are asked for, changes enter and leave as time passes.
        wanted = (change_filter, positions) if change_filter.is_timed() else None
        key = str(request.base_url), request.scope["query_string"], translator.language

        def make() -> MadeAnswer:
            with self._archive.reading() as connection:
                page = queries.announced(connection, change_filter, ENTRIES, **positions)
                reviewed_at = queries.last_review_at(connection)
                updated_at = (
                    queries.last_announced_at(connection, change_filter) if is_first else None
                )
            position = {name: request.query_params[name] for name, at in positions.items() if at}
            body = atom(page, str(request.base_url), filters, position, translator, updated_at)
            moments = [reviewed_at, *(position_of(change).at for change in page.changes[:1])]
            return made_answer(body, max(filter(None, moments), default=None))

        made = self._kept.get(key, wanted, make)
        # With `until=1d` changes enter as time passes, long after they were announced.
        modified_at = None if change_filter.until else made.modified_at
        headers = {"Cache-Control": "no-cache", **last_modified(modified_at, datetime.now(UTC))}
        answer = conditional_response(request, Response(made.body, 200, headers, TYPE))
        return packed_response(request, answer, made)
