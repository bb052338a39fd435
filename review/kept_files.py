"""Hands out the files of letters as they were served, never to be shown by the browser."""

from urllib.parse import quote, unquote, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from letters.letter import Attachment
from review.query_parameters import read_id, read_name
from review.refusals import lost_evidence, unknown_file, way_to_letter
from storage import queries
from storage.database.archive import Archive
from storage.queries import EvidenceError


class KeptFiles:
    """Answers who wants a file as it is stored."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def routes(self) -> list[Route]:
        """Return the route of the files."""
        return [Route("/letters/{id:int}/files/{sha256}", self.file)]

    def file(self, request: Request) -> Response:
        """Return the bytes of a file that a version of the letter had.

        They are a stranger's: no browser shall take them for a page, whatever they are.
        """
        letter_id, sha256 = read_id(request, "letter"), read_name(request, "sha256")
        try:
            with self._archive.reading() as connection:
                kept = queries.kept_file(connection, letter_id, sha256)
        except EvidenceError as error:
            raise lost_evidence(str(error), (way_to_letter(letter_id),)) from error
        if kept is None:
            raise unknown_file(letter_id, sha256)
        file, body = kept
        return Response(
            body,
            media_type="application/octet-stream",
            headers={"Content-Disposition": saved_as(file)},
        )


def saved_as(file: Attachment) -> str:
    """Return the header by which a browser saves a file, and never shows it (RFC 6266).

    Its name is a site's: whatever it is, it stays one value of one header.
    """
    return f"attachment; filename*=utf-8''{quote(_file_name(file), safe='', errors='replace')}"


def _file_name(file: Attachment) -> str:
    """Return the name of a file, with the extension of its URL where it has none itself."""
    _, dot, extension = unquote(urlsplit(file.url).path).rpartition("/")[2].rpartition(".")
    name = file.name or "file"
    has_one = not dot or name.lower().endswith(f".{extension.lower()}")
    return name if has_one else f"{name}.{extension}"
