"""List what each crawl visited and what it missed, from the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
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
    reason. All of it follows from the ledger that `fuhan verify` checks. A letter that went
    unseen for longer than the source's sweep, as the configuration has it now, is marked.
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
            sweeps = {each.name: each.sweep.every for each in config.sources}
            judged = (JudgedInterval(row, sweeps.get(row.source)) for row in wanted)
            write_rows(judged, _sheet(zone), as_format)


@dataclass(frozen=True, slots=True)
class JudgedInterval:
    """An interval, and how often each letter was to be visited."""

    interval: Interval
    sweep: timedelta | None  # None: the source is not in the configuration

    @property
    def is_within_sweep(self) -> bool | None:
        """Whether no letter went unseen for longer than a sweep; None: it can't be said."""
        gap = self.interval.longest_gap
        return None if gap is None or self.sweep is None else gap <= self.sweep

    def as_json(self) -> dict[str, Any]:
        """Return it as one row of `fuhan coverage`."""
        return {**self.interval.as_json(), "within_sweep": self.is_within_sweep}


def _newest_first(connection: Connection, source: str, dead: frozenset[int]) -> Iterator[Interval]:
    return reversed(list(intervals(connection, source, dead)))


def _sheet(zone: ZoneInfo) -> Sheet[JudgedInterval]:
    return Sheet(
        as_json=JudgedInterval.as_json,
        columns={
            "source": lambda row: row.interval.source,
            "after": lambda row: shown_time(row.interval.after, zone),
            "before": lambda row: shown_time(row.interval.before, zone),
            "outcome": lambda row: said(row.interval.outcome or "not ended"),
            "listed": lambda row: str(row.interval.listed),
            "visited": lambda row: str(row.interval.visited),
            "longest gap": _gap,
            "holes": lambda row: _holes(row.interval),
        },
    )


def _gap(row: JudgedInterval) -> str:
    """Return the longest gap without its fractions of a second, marked where it is too long."""
    if (gap := row.interval.longest_gap) is None:
        return ""
    span = str(timedelta(seconds=round(gap.total_seconds())))
    return f"{span} {said('(longer than sweep)')}" if row.is_within_sweep is False else span


def _holes(row: Interval) -> str:
    if not row.holes:
        return said("none")
    first = row.holes[0]
    more = f"; {said(f'and {len(row.holes) - 1} more')}" if len(row.holes) > 1 else ""
    return f"{first.url} {said(first.reason)}{more}".strip()
