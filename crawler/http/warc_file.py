"""Reads captures of pages from a WARC file (ISO 28500), as web archives and browsers write it."""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawler.http.snapshot import Snapshot
from letters.urls import is_web_address

_CHUNK = 1 << 20  # bytes
_OF_THE_TRANSFER = {"content-encoding", "transfer-encoding", "content-length"}


class WarcError(Exception):
    """Raised where a WARC file is damaged or cut off; what was read of it is whole."""


class NotWarcError(WarcError):
    """Raised where a file holds no record."""


def file_digest(path: Path) -> str:
    """Return the sha256 of a file's bytes, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class DamagedCapture:
    """A capture whose bytes are not those of the digest that its file has of them."""

    url: str
    reason: str


# What warcio raises where a record is not as the format has it; AttributeError: without a header.
_DAMAGE = (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, zlib.error)


def addresses(path: Path) -> set[str]:
    """Return the addresses whose answers a WARC file holds, as far as it can be read."""
    urls: set[str] = set()
    with suppress(*_DAMAGE), path.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type in {"response", "revisit"}:
                urls.add((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> "))
    return urls


def captures(path: Path, most: int) -> Iterator[Snapshot | DamagedCapture]:
    """Yield the answers that a WARC file holds, as they were served, content coding removed.

    Requests, metadata and answers of more than `most` bytes are left out. An answer that was
    not stored again because its bytes were stored before (a revisit) is yielded with these.
    Raises WarcError after the last whole record of a file that is damaged or cut off, and
    NotWarcError where there is none.
    """
    bodies: dict[str, Snapshot] = {}  # by digest of the payload, as the file names it
    read = 0
    with path.open("rb") as file:
        try:
            for record in ArchiveIterator(file, check_digests=True):
                capture = _capture(record, bodies, most)
                read += 1
                if capture is not None:
                    yield capture
        except _DAMAGE as error:
            if read:
                reason = f"damaged or cut off after {read} records: {error}"
                raise WarcError(f"{path}: {reason}") from error
            raise NotWarcError(f"{path}: expected a WARC file: {error}") from error
    if not read:
        raise NotWarcError(f"{path}: expected a WARC file, found no record in it")


def _capture(
    record: Any, bodies: dict[str, Snapshot], most: int
) -> Snapshot | DamagedCapture | None:
    headers = record.rec_headers
    digest = headers.get_header("WARC-Payload-Digest") or ""
    at = _moment(headers.get_header("WARC-Date") or "")
    url = (headers.get_header("WARC-Target-URI") or "").strip("<> ")
    if at is None or not is_web_address(url):
        return None
    if record.rec_type == "revisit" and digest in bodies:
        return _at(bodies[digest], url, at)
    if record.rec_type != "response" or record.http_headers is None:
        return None
    body = _body(record, most)
    if body is None:
        return None
    if any("failed" in each for each in record.digest_checker.problems):
        return DamagedCapture(url, "its bytes are not those of its digest")
    capture = Snapshot(url, url, _status(record), _served_headers(record), body, at)
    if digest:
        bodies[digest] = capture
    return capture


def _at(capture: Snapshot, url: str, at: datetime) -> Snapshot:
    return Snapshot(url, url, capture.status, capture.headers, capture.body, at)


def _body(record: Any, most: int) -> bytes | None:
    """Return the body of an answer; None where it is larger than `most` bytes."""
    pieces, size = [], 0
    stream = record.content_stream()
    while piece := stream.read(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            return None
    _drain(record.raw_stream)
    return b"".join(pieces)


def _drain(stream: Any) -> None:
    """Read a record to its end; raise EOFError where the file ends before it."""
    while stream.read(_CHUNK):
        pass
    if stream.limit > 0:
        raise EOFError("a record ends before its end")


def _served_headers(record: Any) -> dict[str, str]:
    """Return the headers of an answer but for those of a coding that its body has no more."""
    named = ((name.lower(), value) for name, value in record.http_headers.headers)
    return {name: value for name, value in named if name not in _OF_THE_TRANSFER}


def _status(record: Any) -> int:
    code = record.http_headers.get_statuscode()
    return int(code) if code.isdigit() else 0


def _moment(written: str) -> datetime | None:
    """Return a WARC-Date in UTC; None where it is no date.

    >>> _moment("2021-03-04T05:06:07Z")
    datetime.datetime(2021, 3, 4, 5, 6, 7, tzinfo=datetime.timezone.utc)
    >>> _moment("yesterday")
    """
    try:
        at = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
