"""List what each crawl visited and what it missed, from the ledger."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from fuhan.command import command
from fuhan.commands.options import SinceOption, SourceOption, now, shown_time
from fuhan.context import CommandContext
from fuhan.lookup import known_source
from fuhan.terminal.language import said
from fuhan.terminal.rows import FormatOption, Sheet, write_rows
from fuhan.terminal.time_option import read_time
from storage import queries
from storage.database.lock import cut_off
from storage.export.coverage import Interval
from storage.export.coverage import coverage as intervals


@command("fuhan coverage --since 7d --source cqfgw-proposals")
def coverage(
    context: CommandContext,
    *,
    since: SinceOption = None,
    source: SourceOption = None,
    as_format: FormatOption = None,
) -> None:
    """Prove what was looked at.

    For each source and each interval between two crawls, newest first: what the directory
    listed, what was visited, the longest that any letter went unseen, and each hole with its
    reason. All of it follows from the ledger that `fuhan verify` checks.
    """
    with context.archive() as (config, archive):
        name = known_source(config, archive, source)
        zone = ZoneInfo(config.timezone)
        begin = read_time(since, zone, now())
        dead = cut_off(archive)
        with archive.reading() as connection:
            names = [name] if name else queries.source_names(connection)
            rows = (row for each in names for row in _newest_first(connection, each, dead))
            wanted = (row for row in rows if begin is None or row.before >= begin)
            write_rows(wanted, _sheet(zone), as_format)


def _newest_first(connection: Connection, source: str, dead: frozenset[int]) -> Iterator[Interval]:
    return reversed(list(intervals(connection, source, dead)))


def _sheet(zone: ZoneInfo) -> Sheet[Interval]:
    return Sheet(
        as_json=Interval.as_json,
        columns={
            "source": lambda row: row.source,
            "after": lambda row: shown_time(row.after, zone),
            "before": lambda row: shown_time(row.before, zone),
            "outcome": lambda row: said(row.outcome or "not ended"),
            "listed": lambda row: str(row.listed),
            "visited": lambda row: str(row.visited),
            "longest gap": lambda row: _span(row.longest_gap),
            "holes": _holes,
        },
    )


def _span(gap: timedelta | None) -> str:
    """Return a span of time without its fractions of a second."""
    return "" if gap is None else str(timedelta(seconds=round(gap.total_seconds())))


def _holes(row: Interval) -> str:
    if not row.holes:
        return said("none")
    first = row.holes[0]
    more = f"; {said(f'and {len(row.holes) - 1} more')}" if len(row.holes) > 1 else ""
    return f"{first.url} {said(first.reason)}{more}".strip()
