"""What the ledger says is kept, by its digest: pages, files and directories as served."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from storage.audit.damage import Damage
from storage.schema.tables import evidence


def named(source: str, facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the sha256 of all that one entry of the chain of `source` names, and what it was."""
    if "snapshot" in facts:
        yield facts["snapshot"]["sha256"], f"the page {facts.get('url') or 'of a letter'}"
    for page in facts.get("further", ()):
        yield page["sha256"], f"a further page of {facts.get('url') or 'a letter'}"
    if "file" in facts:
        yield facts["sha256"], f"the file {facts['file']}"
    for name in ("directory", "listing"):
        if facts.get(name):
            yield facts[name], f"a directory of {source}"


def check_named(connection: Connection, told: Mapping[str, str]) -> Iterator[Damage]:
    """Yield each piece of evidence that is named and no longer there."""
    kept = set(connection.execute(select(evidence.c.sha256)).scalars())
    for sha256 in told.keys() - kept:
        yield Damage(f"evidence {sha256}", f"it is lost: {told[sha256]}")
