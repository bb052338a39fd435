"""Export what a stranger needs to check a letter: its versions as sealed, and the ledger."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Select, select

from letters.letter import Letter
from letters.letter_json import letter_to_json
from storage.facts import ledger
from storage.facts.readable_letters import readable_letters
from storage.schema.tables import ledger as ledger_table
from storage.schema.tables import letters, snapshots, versions


def version_rows(connection: Connection, source: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield each version, oldest first, with all that its seal and its digest are made of.

    Those that can't be read are logged and left out.
    """
    query = select_versions().order_by(versions.c.id)
    if source:
        query = query.where(letters.c.source == source)
    blocks = connection.execute(query, execution_options={"yield_per": 200}).partitions()
    for row, letter in chain.from_iterable(readable_letters(connection, each) for each in blocks):
        yield version_json(row._asdict(), letter)


def select_versions() -> Select[Any]:
    """Return the query of the rows of versions that `version_json` takes, in no order."""
    return (
        select(versions, letters.c.source, snapshots.c.url, snapshots.c.sha256)
        .join(letters, letters.c.id == versions.c.letter_id)
        .join(snapshots, snapshots.c.id == versions.c.snapshot_id)
    )


def version_json(row: Mapping[str, Any], letter: Letter) -> dict[str, Any]:
    """Return a version with all that its seal and its digest are made of, as plain values."""
    return {
        "id": row["id"],
        "source": row["source"],
        "letter_id": row["letter_id"],
        "number": row["number"],
        "cause": row["cause"],
        "seen_at": row["seen_at"].isoformat(),
        "snapshot_id": row["snapshot_id"],
        "parser": row["parser"],
        "digest": row["digest"],
        "url": row["url"],
        "evidence": row["sha256"],
        "letter": letter_to_json(letter),
    }


def ledger_rows(connection: Connection, source: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield each entry of the ledger as it was hashed, by source, oldest first."""
    names = select(ledger_table.c.source).distinct().order_by(ledger_table.c.source)
    for name in connection.execute(names).scalars().all():
        if source in {None, name}:
            for seq, facts, entry in ledger.entries(connection, name):
                yield {"source": name, "seq": seq, "facts": facts, "hash": entry}
