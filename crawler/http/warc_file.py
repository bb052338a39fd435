"""Reads captures of pages from a WARC file (ISO 28500), as web archives and browsers write it."""

import binascii
import gzip
import hashlib
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from crawler.http.replay import memento_moment, replayed_address
from crawler.http.snapshot import Snapshot
from crawler.http.warc_body import CaptureError, read_body
from letters.urls import is_web_address

_GZIP = b"\x1f\x8b"
_MOST_SAID = 100  # characters of what a library says of a damaged file
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
    """A capture of what may be a page that is not whole, or whose bytes or moment are missing."""

    url: str
    reason: str


# What warcio raises where a record is not as the format has it; AttributeError: without a header.
_DAMAGE = (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, zlib.error)


class _Records(ArchiveIterator):  # type: ignore[misc]  # warcio has no types
    """The records of a file, compressed one by one, as a whole, or not at all."""

    INC_RECORD = ""  # which warcio would write to stderr

    def __init__(self, file: BinaryIO, *, check_digests: bool = False) -> None:
        is_packed = file.read(len(_GZIP)) == _GZIP
        file.seek(0)
        super().__init__(_Unpacked(file) if is_packed else file, check_digests=check_digests)

    def whole(self) -> Iterator[ArcWarcRecord]:
        """Yield the records; raise ArchiveLoadFailed for one of another length than it says."""
        for record in self:
            if self.err_count:
                raise ArchiveLoadFailed("a record is longer than it says")
            yield record


class _Unpacked:
    """A file without its compression by gzip; where it is cut off is no end of it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = gzip.GzipFile(fileobj=file)

    def read(self, size: int) -> bytes:
        """Return at most so many bytes."""
        try:
            return self._file.read1(size)
        except EOFError as error:  # which is what warcio takes for the end
            raise OSError("it ends within a record") from error


def addresses(path: Path) -> set[str]:
    """Return the addresses whose answers a WARC file holds, as far as it can be read."""
    urls: set[str] = set()
    with suppress(*_DAMAGE), path.open("rb") as file:
        for record in _Records(file).whole():
            if record.rec_type in {"response", "revisit"}:
                urls.add(_address(record)[0])
    return urls


def captures(path: Path, most: int) -> Iterator[Snapshot | DamagedCapture]:
    """Yield the answers that a WARC file holds, as they were served, content coding removed.

    Requests, metadata and what can't be a page are left out. An answer that was not stored again
    because its bytes were stored (a revisit) is yielded with these, after all others. One of
    more than `most` bytes, or not whole, is yielded as a DamagedCapture.
    Raises WarcError after the last whole record of a file that is damaged or cut off, and
    NotWarcError where there is none.
    """
    reader = _CaptureReader(most, _revisited(path))
    read = 0
    with path.open("rb") as file:
        try:
            for record in _Records(file, check_digests=True).whole():
                capture = reader.capture(record)
                read += 1
                if capture is not None:
                    yield capture
        except _DAMAGE as error:
            said = str(error)[:_MOST_SAID]
            if read:
                yield from reader.revisits()
                raise WarcError(f"damaged or cut off after {read} records: {said}") from error
            raise NotWarcError("expected a WARC file: no whole record is in it") from error
    if not read:
        raise NotWarcError("expected a WARC file: no whole record is in it")
    yield from reader.revisits()


def _revisited(path: Path) -> set[str]:
    """Return the digests of the answers to which revisits refer: their bytes are kept."""
    with suppress(*_DAMAGE), path.open("rb") as file:
        return {_digest(each) for each in _Records(file).whole() if each.rec_type == "revisit"}
    return set()


class _CaptureReader:
    """Makes captures of the records of one file."""

    def __init__(self, most: int, revisited: set[str]) -> None:
        self._most = most
        self._revisited = revisited
        self._answers: dict[str, Snapshot] = {}  # to which revisits refer, by digest
        self._later: list[tuple[str, datetime, str]] = []  # revisits: address, moment, digest

    def capture(self, record: ArcWarcRecord) -> Snapshot | DamagedCapture | None:
        """Return the capture of a record; None where it is none of a page."""
        url, at = _address(record)
        if record.rec_type not in {"response", "revisit"} or not is_web_address(url):
            return None
        if not _may_be_page(record):
            return None
        if at is None:
            return DamagedCapture(url, "its file does not say when it was captured")
        if record.rec_type == "revisit":
            self._later.append((url, at, _digest(record)))
            return None
        return self._answer(record, url, at)

    def revisits(self) -> Iterator[Snapshot | DamagedCapture]:
        """Yield the answers that were not stored again."""
        for url, at, digest in self._later:
            answer = self._answers.get(digest)
            if answer is None:
                yield DamagedCapture(url, "its bytes are in another file, to which it refers")
            else:
                yield Snapshot(url, url, answer.status, answer.headers, answer.body, at)

    def _answer(
        self, record: ArcWarcRecord, url: str, at: datetime
    ) -> Snapshot | DamagedCapture | None:
        if record.http_headers is None or _is_way_to_replay(record, url):
            return None
        try:
            body = read_body(record, self._most)
        except CaptureError as error:
            return DamagedCapture(url, str(error))
        except binascii.Error:
            return DamagedCapture(url, "the digest that its file has of it is none")
        answer = Snapshot(url, url, _status(record), _served_headers(record), body, at)
        if (digest := _digest(record)) in self._revisited:
            self._answers[digest] = answer
        return answer


def _digest(record: ArcWarcRecord) -> str:
    return record.rec_headers.get_header("WARC-Payload-Digest") or ""


def _may_be_page(record: ArcWarcRecord) -> bool:
    """Return whether an answer may be a page, by the type that it says of itself, if any."""
    headers = record.http_headers
    kind = (headers.get_header("Content-Type") or "") if headers else ""
    return not kind or "html" in kind.lower() or kind.lower().startswith("text/plain")


def _is_way_to_replay(record: ArcWarcRecord, url: str) -> bool:
    """Return whether a web archive only leads to the moment at which it has the page."""
    to = replayed_address(record.http_headers.get_header("Location") or "")
    return to is not None and to.url == url


def _address(record: ArcWarcRecord) -> tuple[str, datetime | None]:
    """Return which page a record is of, and when it was captured; None where it does not say.

    A page that a web archive replayed was captured when that archive says.
    """
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    replayed = replayed_address(url)
    if replayed is None:
        return url, _moment(record.rec_headers.get_header("WARC-Date") or "")
    headers = record.http_headers
    said = headers.get_header("Memento-Datetime") if headers else None
    return replayed.url, (memento_moment(said) if said else None) or replayed.at


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
