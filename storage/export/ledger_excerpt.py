"""Export a part of a source's ledger: the entries that name something, and what follows them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from storage.facts.ledger import START
from storage.schema.tables import ledger


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """An entry of the ledger as it was hashed, with the hash that it follows."""

    source: str
    seq: int  # from 1
    previous: str
    facts: str  # JSON
    hash: str


def naming_rows(
    connection: Connection, source: str | None, named: Sequence[str]
) -> list[LedgerRow]:
    """Return the entries that say any of the texts `named`, oldest first; None: of all sources."""
    if not named:
        return []
    says = or_(*(ledger.c.facts.contains(each, autoescape=True) for each in named))
    of_source = _select() if source is None else _select().where(ledger.c.source == source)
    return list(_rows(connection, of_source.where(says)))


def chain_rows(connection: Connection, source: str, first: int, last: int) -> Iterator[LedgerRow]:
    """Yield all entries of `source` from entry `first` to entry `last`."""
    chain = _select().where(ledger.c.source == source, ledger.c.seq.between(first, last))
    yield from _rows(connection, chain)


def entry_number(connection: Connection, source: str, entry_hash: str) -> int | None:
    """Return the number of the entry of `source` with a hash, None where there is none."""
    query = select(ledger.c.seq).where(ledger.c.source == source, ledger.c.hash == entry_hash)
    return connection.execute(query).scalar()


def newest_entry(connection: Connection, source: str) -> int:
    """Return the number of the newest entry of `source`, 0 where there is none."""
    query = select(func.max(ledger.c.seq)).where(ledger.c.source == source)
    return connection.execute(query).scalar() or 0


def _select() -> Select[Any]:
    before = ledger.alias("before")
    follows = (before.c.source == ledger.c.source) & (before.c.seq == ledger.c.seq - 1)
    previous = func.coalesce(before.c.hash, START).label("previous")
    columns = ledger.c.source, ledger.c.seq, previous, ledger.c.facts, ledger.c.hash
    query = select(*columns).select_from(ledger.outerjoin(before, follows))
    return query.order_by(ledger.c.source, ledger.c.seq)


def _rows(connection: Connection, query: Select[Any]) -> Iterator[LedgerRow]:
    with connection.execute(query, execution_options={"yield_per": 1000}) as rows:
        for row in rows:
            yield LedgerRow(row.source, row.seq, row.previous, row.facts, row.hash)
