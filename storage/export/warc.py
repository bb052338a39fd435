"""The stored pages as a WARC file (ISO 28500), which archives and their tools read."""

import http.client
import io
from pathlib import Path

from sqlalchemy import Connection, select
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.facts.evidence import load_evidence
from storage.schema.tables import addresses, snapshots

# The body is stored with its content coding removed; these headers are about another one.
_OF_THE_TRANSFER = {"content-encoding", "transfer-encoding", "content-length"}


def write_warc(connection: Connection, target: Path, source: str | None = None) -> int:
    """Write each snapshot as a response record, oldest first; return how many there were."""
    query = select(snapshots).join(addresses, addresses.c.id == snapshots.c.address_id)
    if source:
        query = query.where(addresses.c.source == source)
    written = 0
    with target.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for row in connection.execute(query.order_by(snapshots.c.id)):
            body = load_evidence(connection, row.sha256)
            headers = [pair for pair in row.headers.items() if pair[0] not in _OF_THE_TRANSFER]
            headers.append(("content-length", str(len(body))))
            phrase = http.client.responses.get(row.status, "")
            line = StatusAndHeaders(f"{row.status} {phrase}", headers, protocol="HTTP/1.1")
            at = row.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")
            record = writer.create_warc_record(
                row.final_url,
                "response",
                payload=io.BytesIO(body),
                http_headers=line,
                warc_headers_dict={"WARC-Date": at},
            )
            writer.write_record(record)
            written += 1
    return written
