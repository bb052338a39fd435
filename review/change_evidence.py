"""Hands out the evidence of a change as one file."""

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import BinaryIO

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from review.evidence_bundle import write_bundle
from review.languages import LANGUAGES
from review.query_parameters import read_id, read_text
from review.refusals import WayOn, lost_evidence, unknown_change
from review.settings import ReviewSettings
from review.translator import Translator
from storage import queries
from storage.database.archive import Archive
from storage.queries import EvidenceError, HeadError

_CHUNK = 2**16  # bytes that are sent at once


class ChangeEvidence:
    """Answers who wants to check a change without fuhan."""

    def __init__(self, archive: Archive, settings: ReviewSettings) -> None:
        self._archive = archive
        self._settings = settings

    def routes(self) -> list[Route]:
        """Return the route of the evidence."""
        return [Route("/changes/{id:int}/evidence.zip", self.bundle)]

    def bundle(self, request: Request) -> Response:
        """Return the evidence of a change, all of it or none; `?head=` ends its ledger."""
        change_id, head = read_id(request, "change"), read_text(request, "head")
        # It goes through a file: memory stays flat, and what can't be had is said, not cut off.
        with ExitStack() as stack:
            file = stack.enter_context(TemporaryFile())
            self._write(change_id, head, file)
            unsent = stack.pop_all()
        headers = {
            "Content-Disposition": f'attachment; filename="fuhan-change-{change_id}.zip"',
            "Content-Length": str(file.tell()),
        }
        chunks = _sent(file, unsent)
        return StreamingResponse(chunks, media_type="application/zip", headers=headers)

    def _write(self, change_id: int, head: str | None, target: BinaryIO) -> None:
        translators = [Translator(each, self._settings.timezone) for each in LANGUAGES]
        try:
            with self._archive.reading() as connection:
                change = queries.change(connection, change_id)
                if change is None:
                    raise unknown_change(change_id)
                write_bundle(connection, change, target, translators, head)
        except HeadError as error:
            raise HTTPException(400, f"head: {error}") from None
        except EvidenceError as error:
            way = WayOn("way.change", f"/changes/{change_id}", (("id", change_id),))
            raise lost_evidence(str(error), (way,)) from error


def _sent(file: BinaryIO, unsent: ExitStack) -> Iterator[bytes]:
    with unsent:
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk
