"""Keeps answers that follow from the archive alone, until anything is written there."""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from storage.database.archive import Archive

COMPRESSION = 5  # of gzip: 9, its default, takes twice as long and saves a tenth
MOST_BYTES = 4 * 2**20  # of all answers that are kept in one place


@dataclass(frozen=True, slots=True)
class MadeAnswer:
    """The body of an answer, plain and packed, and what was read for its headers."""

    body: bytes
    packed: bytes  # by gzip
    modified_at: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Kept:
    mark: Hashable  # of the archive, before the answer was made
    inputs: Any  # what it was made of beside the archive
    answer: MadeAnswer


class KeptAnswers:
    """Answers to some requests, those asked for last, for threads that share them."""

    def __init__(self, archive: Archive, most_bytes: int = MOST_BYTES) -> None:
        self._archive = archive
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, inputs: Any, make: Callable[[], MadeAnswer]) -> MadeAnswer:
        """Return the answer of `key`, made anew if anything was written or `inputs` differ.

        `make` reads the archive. What it returns is as new as the mark that was read before it,
        or newer: a write in between is a new mark to whoever asks next.
        """
        mark = self._archive.write_mark()
        with self._lock:
            kept = self._kept.get(key)
            if (
                kept is not None
                and mark is not None
                and (kept.mark, kept.inputs) == (mark, inputs)
            ):
                self._kept.move_to_end(key)
                return kept.answer
        answer = make()
        if mark is not None:
            self._keep(key, _Kept(mark, inputs, answer))
        return answer

    def _keep(self, key: Hashable, new: _Kept) -> None:
        with self._lock:
            self._forget(self._kept.pop(key, None))
            self._kept[key] = new
            self._bytes += _size(new)
            while self._bytes > self._most_bytes:
                self._forget(self._kept.popitem(last=False)[1])

    def _forget(self, kept: _Kept | None) -> None:
        self._bytes -= _size(kept) if kept else 0


def made_answer(
    body: bytes,
    modified_at: datetime | None = None,
    headers: Mapping[str, str] | None = None,
) -> MadeAnswer:
    """Return an answer with this body, packed too."""
    packed = gzip.compress(body, COMPRESSION, mtime=0)
    return MadeAnswer(body, packed, modified_at, headers or {})


def packed_response(request: Request, response: Response, answer: MadeAnswer) -> Response:
    """Return `response`, of which `answer` is the body, packed for who takes it."""
    if response.status_code == HTTPStatus.OK and "gzip" in request.headers.get(
        "accept-encoding", ""
    ):
        response.body = answer.packed
        response.headers.add_vary_header("Accept-Encoding")
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(answer.packed))
    return response


def _size(kept: _Kept) -> int:
    return len(kept.answer.body) + len(kept.answer.packed)
