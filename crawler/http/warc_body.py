"""The body of an answer in a WARC file: whole, within bounds, its codings removed."""

import zlib
from typing import Any

import brotli
import zstandard
from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecord

_CHUNK = 1 << 16  # bytes
_GZIP, _ZSTD, _ZLIB = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x78"  # how codings begin
_BROKEN = "truncated: its coding has no end, or is broken"


class CaptureError(Exception):
    """Raised where an answer is not whole, or is more than is read; says why."""


def read_body(record: ArcWarcRecord, most: int) -> bytes:
    """Return the body of an answer, of at most `most` bytes, as its page has it.

    Raises CaptureError where it is larger, cut off, or not of its digest or its coding, and
    EOFError where the file ends before it.
    """
    if cut := record.rec_headers.get_header("WARC-Truncated"):
        raise CaptureError(f"cut off when it was captured: {cut[:40]}")
    coded = _read(record, most)
    _drain(record.raw_stream)
    if any("failed" in each for each in record.digest_checker.problems):
        raise CaptureError("its bytes are not those of its digest")
    if len(coded) < _said_length(record):
        raise CaptureError("truncated: it is shorter than its answer says")
    return _decoded(coded, _header(record, "Content-Encoding").strip().lower(), most)


def _read(record: ArcWarcRecord, most: int) -> bytes:
    is_chunked = "chunked" in _header(record, "Transfer-Encoding").lower()
    stream = ChunkedDataReader(record.raw_stream) if is_chunked else record.raw_stream
    pieces, size = [], 0
    while piece := stream.read(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise _too_large(most)
    return b"".join(pieces)


def _drain(stream: Any) -> None:
    """Read a record to its end; raise EOFError where the file ends before it."""
    while stream.read(_CHUNK):
        pass
    if stream.limit > 0:
        raise EOFError("a record ends before its end")


def _header(record: ArcWarcRecord, name: str) -> str:
    return record.http_headers.get_header(name) or ""


def _said_length(record: ArcWarcRecord) -> int:
    """Return how long a body is as its answer says; 0 where it does not say it of these bytes."""
    said = _header(record, "Content-Length").strip()
    is_of_these = said.isdecimal() and not _header(record, "Transfer-Encoding")
    return int(said) if is_of_these else 0


def _decoded(coded: bytes, coding: str, most: int) -> bytes:
    """Return a body without its coding; some archives keep one decoded, with the header."""
    match coding:
        case "gzip" | "x-gzip" if coded.startswith(_GZIP):
            return _inflated(coded, 16 + zlib.MAX_WBITS, most)
        case "deflate" if not _is_markup(coded):
            bits = zlib.MAX_WBITS if coded[:1] == _ZLIB else -zlib.MAX_WBITS
            return _inflated(coded, bits, most)
        case "br" if not _is_markup(coded):
            return _of_brotli(coded, most)
        case "zstd" if coded.startswith(_ZSTD):
            return _of_zstd(coded, most)
    return coded


def _is_markup(body: bytes) -> bool:
    return body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _inflated(coded: bytes, bits: int, most: int) -> bytes:
    unpacker = zlib.decompressobj(bits)
    try:
        body = unpacker.decompress(coded, most + 1)
    except zlib.error as error:
        raise CaptureError(_BROKEN) from error
    return _whole(body, most, is_finished=unpacker.eof)


def _of_brotli(coded: bytes, most: int) -> bytes:
    unpacker = brotli.Decompressor()
    try:
        body = unpacker.process(coded, output_buffer_limit=most + 1)
    except brotli.error as error:
        raise CaptureError(_BROKEN) from error
    return _whole(body, most, is_finished=unpacker.is_finished())


def _of_zstd(coded: bytes, most: int) -> bytes:
    try:
        body = zstandard.ZstdDecompressor().stream_reader(coded).read(most + 1)
    except zstandard.ZstdError as error:
        raise CaptureError(_BROKEN) from error
    return _whole(body, most, is_finished=True)


def _whole(body: bytes, most: int, *, is_finished: bool) -> bytes:
    if len(body) > most:
        raise _too_large(most)
    if not is_finished:
        raise CaptureError(_BROKEN)
    return body


def _too_large(most: int) -> CaptureError:
    return CaptureError(f"more than {most} bytes")
