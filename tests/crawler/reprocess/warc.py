"""Composes WARC files as web archives and browsers write them."""

import base64
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


@dataclass(frozen=True)
class Recorded:
    """One record of a capture."""

    url: str
    at: str  # ISO, as WARC-Date has it
    body: str | bytes = ""
    status: str = "200 OK"
    content_type: str = "text/html; charset=utf-8"
    kind: str = "response"
    headers: tuple[tuple[str, str], ...] = ()  # of the answer, beside its type
    fields: tuple[tuple[str, str], ...] = ()  # of the record, beside its date


def write_warc(path: Path, records: Iterable[Recorded]) -> Path:
    """Write a WARC file, compressed where its name says so, and return its path."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for each in records:
            kind = [("Content-Type", each.content_type)] if each.content_type else []
            headers = StatusAndHeaders(each.status, [*kind, *each.headers], protocol="HTTP/1.1")
            body = each.body if isinstance(each.body, bytes) else each.body.encode()
            if each.kind == "revisit":
                writer.write_record(_revisit(writer, each, headers, body))
                continue
            record = writer.create_warc_record(
                each.url,
                each.kind,
                payload=io.BytesIO(body),
                http_headers=headers if each.kind in {"response", "request"} else None,
                warc_headers_dict={"WARC-Date": each.at, **dict(each.fields)},
            )
            writer.write_record(record)
            record.raw_stream.close()
    return path


def _revisit(
    writer: WARCWriter, each: Recorded, headers: StatusAndHeaders, body: bytes
) -> ArcWarcRecord:
    """Return a record of an answer whose bytes are those of another record."""
    digest = (
        "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
    )
    return writer.create_revisit_record(
        each.url,
        digest,
        each.url,
        each.at,
        http_headers=headers,
        warc_headers_dict={"WARC-Date": each.at},
    )
