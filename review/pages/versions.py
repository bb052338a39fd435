"""The pages of one version of a letter: as it read, and its page as served."""

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from letters.letter_record import LetterRecord
from review.mount_path import base_path
from review.pages.letter_page import letter_values
from review.pages.page import page_response
from review.query_parameters import read_id, read_part, read_version, read_version_choice
from review.refusals import lost_evidence, unknown_letter, unknown_part, unknown_versions
from review.refusals import way_to_letter as way_to
from review.served_page import POLICY, inert_html, page_text
from review.settings import ReviewSettings
from storage import queries
from storage.database.archive import Archive
from storage.queries import EvidenceError, StoredPage

SOURCE_LINES: Final = 3000  # of a page's source, that are shown
_FRAMING: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class _Served:
    """One of the pages from which a version was read."""

    record: LetterRecord
    number: int  # of the version
    pages: list[StoredPage]
    part: int  # which of the pages, from 1

    @property
    def page(self) -> StoredPage:
        return self.pages[self.part - 1]

    def text(self) -> str:
        return page_text(self.page.body, self.page.row.headers)


class VersionPages:
    """Answers people with versions of letters and the pages from which they were read."""

    def __init__(self, archive: Archive, settings: ReviewSettings) -> None:
        self._archive = archive
        self._settings = settings

    def routes(self) -> list[Route]:
        """Return the pages' routes."""
        at = "/letters/{id:int}/versions/{number}"
        return [
            Route("/letters/{id:int}/diff", self.compare),
            Route(at, self.version),
            Route(f"{at}/served", self.served),
            Route(f"{at}/page", self.page),
        ]

    def compare(self, request: Request) -> Response:
        """Lead from two versions that were chosen to their comparison, from none to the letter."""
        path = f"{base_path(request.scope)}/letters/{read_id(request, 'letter')}"
        if {"a", "b"} & {*request.query_params}:
            a, b = (read_version_choice(request, name) for name in ("a", "b"))
            path += f"/diff/{a}..{b}"
        return RedirectResponse(path, 303)

    def version(self, request: Request) -> Response:
        """Show a letter as one of its versions had it."""
        letter_id, number = read_id(request, "letter"), read_version(request, "number")
        zone = self._settings.timezone
        with self._archive.reading() as connection:
            values = letter_values(connection, letter_id, number, zone)
        return page_response(request, "letter.html", zone, **values)

    def served(self, request: Request) -> Response:
        """Show a page as it was served: drawn in a frame, its source, how it was answered."""
        served = self._served(request)
        lines = served.text().splitlines()
        answer = page_response(
            request,
            "served.html",
            self._settings.timezone,
            record=served.record,
            number=served.number,
            snapshot=served.page.row,
            size=len(served.page.body),
            part=served.part,
            part_count=len(served.pages),
            lines=lines[:SOURCE_LINES],
            more_lines=len(lines[SOURCE_LINES:]),
        )
        answer.headers["Content-Security-Policy"] = _FRAMING
        return answer

    def page(self, request: Request) -> Response:
        """Return a page to be drawn in the frame, where it loads and runs nothing."""
        headers = {
            "Content-Security-Policy": POLICY,
            "X-Frame-Options": "SAMEORIGIN",
            "X-DNS-Prefetch-Control": "off",
        }
        text = inert_html(self._served(request).text())
        return Response(text.encode("utf-8", "replace"), 200, headers, "text/html; charset=utf-8")

    def _served(self, request: Request) -> _Served:
        letter_id, number = read_id(request, "letter"), read_version(request, "number")
        part = read_part(request)
        try:
            with self._archive.reading() as connection:
                record = queries.letter(connection, letter_id)
                pages = queries.version_pages(connection, letter_id, number)
                versions = [] if pages else queries.versions(connection, letter_id)
        except EvidenceError as error:
            raise lost_evidence(str(error), (way_to(letter_id),)) from error
        if record is None:
            raise unknown_letter(letter_id)
        if not pages:
            raise unknown_versions(letter_id, [number], [each.number for each in versions])
        if part > len(pages):
            raise unknown_part(letter_id, number, len(pages))
        return _Served(record, number, pages, part)
