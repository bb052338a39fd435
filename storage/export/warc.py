"""The stored pages and answers as a WARC file (ISO 28500), which archives and their tools read."""

import http.client
import io
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from sqlalchemy import Connection, select
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.export.proof import ledger_rows
from storage.facts.entries import DirectoryEntry, UnreadDirectoryEntry, read_entry
from storage.facts.evidence import EvidenceError, load_evidence
from storage.schema.tables import addresses, snapshots

_log = logging.getLogger(__name__)

# The body is stored with its content coding removed; these headers are about another one.
_OF_THE_TRANSFER = {"content-encoding", "transfer-encoding", "content-length"}


@dataclass(frozen=True, slots=True)
class _Response:
    """An answer as it was served."""

    url: str
    at: datetime  # UTC
    status: int
    headers: Mapping[str, str]
    body: bytes


def write_warc(connection: Connection, target: Path, source: str | None = None) -> int:
    """Write what was served as response records; return how many there were.

    First each snapshot, then what listed the directories where an interface, a form or a browser
    did: each answer with its request, for it is known by method and form. Both oldest first.
    """
    written = 0
    with target.open("wb") as file:
        warc = _WarcFile(file)
        for page in _pages(connection, source):
            warc.write_response(page)
            written += 1
        for request, answer in _answers(connection, source):
            warc.write_request(request, warc.write_response(answer))
            written += 1
    return written


def _pages(connection: Connection, source: str | None) -> Iterator[_Response]:
    query = select(snapshots).join(addresses, addresses.c.id == snapshots.c.address_id)
    if source:
        query = query.where(addresses.c.source == source)
    for row in connection.execute(query.order_by(snapshots.c.id)):
        if (body := _body(connection, row.sha256)) is not None:
            yield _Response(row.final_url, row.fetched_at, row.status, row.headers, body)


def _answers(
    connection: Connection, source: str | None
) -> Iterator[tuple[Mapping[str, Any], _Response]]:
    """Yield the requests of which directories were had, as they were kept, and their answers."""
    for row in ledger_rows(connection, source):
        entry = read_entry(json.loads(row["facts"]))
        if isinstance(entry, DirectoryEntry | UnreadDirectoryEntry) and entry.asked:
            for request in json.loads(_body(connection, entry.asked.sha256) or b"[]"):
                at = datetime.fromisoformat(request["answered_at"])
                if (body := _body(connection, request["answer"])) is None:
                    continue
                served = request["status"], request["answer_headers"], body
                url = request.get("answer_url", request["url"])  # where it was redirected to
                yield request, _Response(url, at, *served)


def _body(connection: Connection, sha256: str) -> bytes | None:
    """Return what was served; None where it can't be read, which is logged."""
    try:
        return load_evidence(connection, sha256)
    except EvidenceError as error:
        _log.warning("left out: %s", error)
        return None


class _WarcFile:
    """A WARC file while it is written, each record compressed by itself."""

    def __init__(self, file: BinaryIO) -> None:
        self._writer = WARCWriter(file, gzip=True)

    def write_response(self, response: _Response) -> Mapping[str, str]:
        """Write an answer; return the headers by which its request refers to it."""
        headers = [pair for pair in response.headers.items() if pair[0] not in _OF_THE_TRANSFER]
        headers.append(("content-length", str(len(response.body))))
        phrase = http.client.responses.get(response.status, "")
        line = StatusAndHeaders(f"{response.status} {phrase}", headers, protocol="HTTP/1.1")
        date = {"WARC-Date": response.at.strftime("%Y-%m-%dT%H:%M:%SZ")}
        record = self._writer.create_warc_record(
            response.url,
            "response",
            payload=io.BytesIO(response.body),
            http_headers=line,
            warc_headers_dict=date,
        )
        self._writer.write_record(record)
        return {**date, "WARC-Concurrent-To": record.rec_headers.get_header("WARC-Record-ID")}

    def write_request(self, request: Mapping[str, Any], refers_to: Mapping[str, str]) -> None:
        """Write a request, as `crawler.record.keep_asked` keeps it, and as HTTP has it sent."""
        body = request["body"].encode("utf-8", "surrogatepass")
        parts = urlsplit(request["url"])
        target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        headers = [("Host", parts.netloc), *request["headers"].items()]
        headers += [("Content-Length", str(len(body)))] if body else []
        line = StatusAndHeaders(
            f"{request['method']} {target} HTTP/1.1", headers, is_http_request=True
        )
        record = self._writer.create_warc_record(
            request["url"],
            "request",
            payload=io.BytesIO(body),
            http_headers=line,
            warc_headers_dict=refers_to,
        )
        self._writer.write_record(record)
