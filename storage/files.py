"""Attachments: their bytes as evidence, and what a conditional request for them carries."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage.evidence import keep
from storage.insert import upsert
from storage.tables import files


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was last served."""

    sha256: str
    etag: str | None
    last_modified: str | None


def known_file(connection: Connection, url: str) -> KnownFile | None:
    """Return what is known of the file at `url`, or None."""
    row = connection.execute(select(files).where(files.c.url == url)).first()
    return KnownFile(row.sha256, row.etag, row.last_modified) if row else None


def keep_file(
    connection: Connection, url: str, body: bytes, etag: str | None, last_modified: str | None
) -> str:
    """Keep a file as it was served and return its sha256."""
    sha256 = keep(connection, body)
    row = {"url": url, "etag": etag, "last_modified": last_modified, "sha256": sha256}
    upsert(connection, files, "url", row)
    return sha256
