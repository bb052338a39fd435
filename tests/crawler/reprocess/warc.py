"""Composes WARC files as web archives and browsers write them."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


@dataclass(frozen=True)
class Recorded:
    """One record of a capture."""

    url: str
    at: str  # ISO, as WARC-Date has it
    body: str = ""
    status: str = "200 OK"
    content_type: str = "text/html; charset=utf-8"
    kind: str = "response"


def write_warc(path: Path, records: Iterable[Recorded]) -> Path:
    """Write a WARC file, compressed where its name says so, and return its path."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for each in records:
            headers = StatusAndHeaders(
                each.status, [("Content-Type", each.content_type)], protocol="HTTP/1.1"
            )
            record = writer.create_warc_record(
                each.url,
                each.kind,
                payload=io.BytesIO(each.body.encode()),
                http_headers=headers if each.kind in {"response", "request"} else None,
                warc_headers_dict={"WARC-Date": each.at},
            )
            writer.write_record(record)
            record.raw_stream.close()
    return path
