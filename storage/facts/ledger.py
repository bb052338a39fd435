"""The ledger: a hash chain per source over the facts of each transaction."""

import hashlib
import json
from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, func, select, tuple_

from storage.database.advisory_lock import lock_until_end
from storage.database.insert import insert
from storage.database.prepared import fetch
from storage.facts.entries import Entry
from storage.schema.tables import ledger

_NEWEST = (
    select(ledger.c.seq, ledger.c.hash)
    .where(ledger.c.source == bindparam("of"))
    .order_by(ledger.c.seq.desc())
    .limit(1)
)
START = "0" * 64  # what the first entry of a source follows


def lock_ledger(connection: Connection, source: str) -> None:
    """Let nobody else write of `source` until the transaction ends.

    To be called before what is written is decided: a decision on a change and a crawl would both
    go by what they read, and take the same number.
    """
    lock_until_end(connection, f"ledger of {source}")


def append(connection: Connection, source: str, entry: Entry) -> str:
    """Append an entry to the chain of `source`, which is locked, and return its hash."""
    newest = fetch(connection, _NEWEST, {"of": source})
    before, previous = newest[0] if newest else (0, START)
    facts = entry.to_json()
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    entry_hash = link(previous, text)
    row = {"source": source, "seq": before + 1, "facts": text, "hash": entry_hash}
    insert(connection, ledger, row)
    return entry_hash


def link(previous: str, facts: str) -> str:
    """Return the hash of an entry: sha256 over the previous hash, a line break and the facts."""
    return hashlib.sha256(f"{previous}\n{facts}".encode("utf-8", "surrogatepass")).hexdigest()


def entries(connection: Connection, source: str) -> Iterator[tuple[int, str, str]]:
    """Yield seq, facts and hash of each entry of `source`, oldest first."""
    chain = select(ledger.c.seq, ledger.c.facts, ledger.c.hash).where(ledger.c.source == source)
    query = chain.order_by(ledger.c.seq)
    with connection.execute(query, execution_options={"yield_per": 1000}) as rows:
        for row in rows:
            yield row.seq, row.facts, row.hash


def heads(connection: Connection) -> dict[str, str]:
    """Return the newest hash of each source, by name: what a user can publish or have stamped."""
    last = select(ledger.c.source, func.max(ledger.c.seq)).group_by(ledger.c.source)
    newest = select(ledger.c.source, ledger.c.hash).where(
        tuple_(ledger.c.source, ledger.c.seq).in_(last)
    )
    return dict(sorted((row.source, row.hash) for row in connection.execute(newest)))
