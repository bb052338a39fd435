"""The pages of letters and their versions."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from letters.letter_record import Status
from review.cursors import LETTERS, read_cut
from review.links import letter_place, pager
from review.pages.letter_page import letter_values
from review.pages.page import TABLE_ROWS, page_response
from review.query_parameters import (
    read_id,
    read_letter_filter,
    read_limit,
    read_version,
    read_view,
)
from review.refusals import unknown_letter, unknown_versions
from review.row_groups import group_rows
from review.settings import ReviewSettings
from storage import queries
from storage.database.archive import Archive

FOUND_ROWS = 25  # of one page of a search: each quotes what was found


class LetterPages:
    """Answers people with letters."""

    def __init__(self, archive: Archive, settings: ReviewSettings) -> None:
        self._archive = archive
        self._settings = settings

    def routes(self) -> list[Route]:
        """Return the pages' routes."""
        return [
            Route("/letters", self.letters),
            Route("/letters/{id:int}", self.letter),
            Route("/letters/{id:int}/diff/{a}..{b}", self.diff),
        ]

    def letters(self, request: Request) -> Response:
        """Show the letters on record."""
        filters = read_letter_filter(request)
        limit = read_limit(request, FOUND_ROWS if filters.is_search() else TABLE_ROWS)
        cut = read_cut(request, LETTERS)
        with self._archive.reading() as connection:
            page = queries.letter_page(connection, filters, cut, limit)
            # Who searches reads what is found: all of it would take longer than a page.
            total = None if filters.is_search() else queries.count_letters(connection, filters)
            ids = [each.id for each in page.rows]
            hits = queries.search_hits(connection, ids, filters.search)
        return page_response(
            request,
            "letters.html",
            self._settings.timezone,
            letters=[(each, hits.get(each.id, ())) for each in page.rows],
            is_cut_short=page.older_beyond is not None or page.newer_beyond is not None,
            statuses=tuple(Status),
            sources=self._settings.sources,
            pager=pager(request, LETTERS, page, letter_place, total),
        )

    def letter(self, request: Request) -> Response:
        """Show one letter: its newest version and its history."""
        letter_id, zone = read_id(request, "letter"), self._settings.timezone
        with self._archive.reading() as connection:
            values = letter_values(connection, letter_id, None, zone)
        return page_response(request, "letter.html", zone, **values)

    def diff(self, request: Request) -> Response:
        """Show two versions of a letter side by side or inline."""
        letter_id = read_id(request, "letter")
        numbers = read_version(request, "a"), read_version(request, "b")
        with self._archive.reading() as connection:
            record = queries.letter(connection, letter_id)
            versions = {each.number: each for each in queries.versions(connection, letter_id)}
        if record is None:
            raise unknown_letter(letter_id)
        if missing := [number for number in numbers if number not in versions]:
            raise unknown_versions(letter_id, missing, [*versions])
        old, new = (versions[number] for number in numbers)
        return page_response(
            request,
            "diff.html",
            self._settings.timezone,
            record=record,
            old=old,
            new=new,
            versions=[*versions.values()],
            row_groups=group_rows(old.letter, new.letter),
            view=read_view(request),
        )
