"""What a directory listed, kept as evidence: its rows, and which links of its page they were."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from letters.addresses import DirectoryRow, RowSelection
from storage.facts.evidence import EvidenceError, load_evidence, store_evidence
from storage.schema.tables import crawls


def store_directory(
    connection: Connection, rows: Sequence[DirectoryRow], selection: RowSelection | None
) -> str:
    """Keep what a directory lists; return the sha256 of the evidence.

    It is JSON: a list of [URL, title, date], in an object where it is known which links of the
    page the rows were.
    """
    listed: Any = [
        [row.url, row.title, row.listed_on and row.listed_on.isoformat()] for row in rows
    ]
    if selection is not None:
        listed = {"form": selection.form, "words": selection.words, "rows": listed}
    packed = json.dumps(listed, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return store_evidence(connection, packed)


def unpack_rows(packed: bytes) -> list[list[Any]]:
    """Return the rows of a directory as they were kept; raise ValueError where they are none."""
    listed = json.loads(packed)
    rows: list[list[Any]] = listed["rows"] if isinstance(listed, dict) else listed
    return rows


def last_selection(connection: Connection, source: str) -> RowSelection | None:
    """Return which links were the rows of the directory when it was last read to its end.

    None where it never was, or archives did not keep it.
    """
    whole = crawls.c.source == source, crawls.c.directory_at.is_not(None)
    newest = select(crawls.c.listing).where(*whole).order_by(crawls.c.id.desc()).limit(1)
    sha256: str | None = connection.execute(newest).scalar()
    try:
        listed = json.loads(load_evidence(connection, sha256)) if sha256 else None
    except (EvidenceError, ValueError):
        return None  # reported by `verify`
    return RowSelection(listed["form"], listed["words"]) if isinstance(listed, dict) else None
