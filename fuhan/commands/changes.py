"""What changed."""

from collections.abc import Sequence
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from fuhan.command import command
from fuhan.commands.options import SinceOption, SourceOption, UntilOption, now, shown_time
from fuhan.output import FormatOption, Sheet, write_rows
from fuhan.session import Session, known_source
from fuhan.times import moment
from letters.change import Change, ChangeKind, Edit, Significance
from storage import queries

_SHOWN_EDITS = 3
_ROOM = 24  # characters
_Kind = Annotated[ChangeKind | None, typer.Option(help="Of one kind.", show_default=False)]
_Weight = Annotated[Significance | None, typer.Option(help="Of one weight.", show_default=False)]


@command("fuhan changes --since 7d --significance substantive")
def changes(  # noqa: PLR0913 - one parameter an option
    session: Session,
    *,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    kind: _Kind = None,
    significance: _Weight = None,
    as_format: FormatOption = None,
) -> None:
    """List the changes recorded, newest first."""
    with session.archive() as (config, archive):
        zone = ZoneInfo(config.timezone)
        wanted = queries.ChangeFilter(
            since=moment(since, zone, now()),
            until=moment(until, zone, now(), end=True),
            source=known_source(config, archive, source),
            kind=kind,
            significance=significance,
        )
        with archive.reading() as connection:
            write_rows(queries.changes(connection, wanted), changes_sheet(zone), as_format)


def told_edits(edits: Sequence[Edit]) -> str:
    """Return the first of `edits` in one line."""
    told = [_told_edit(edit) for edit in edits[:_SHOWN_EDITS]]
    more = len(edits) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "")


def _told_edit(edit: Edit) -> str:
    if edit.old is None:
        return f"{edit.field} + {_short(edit.new)}"
    if edit.new is None:
        return f"{edit.field} - {_short(edit.old)}"
    return f"{edit.field} {_short(edit.old)} → {_short(edit.new)}"


def _short(text: str | None) -> str:
    """Return `text` cut to what a table has room for; `fuhan diff` shows all of it."""
    whole = text or ""
    return whole if len(whole) <= _ROOM else f"{whole[:_ROOM]}…"


def changes_sheet(zone: ZoneInfo) -> Sheet[Change]:
    """Return how changes are written, with times in `zone`."""
    return Sheet(
        told=Change.as_json,
        columns={
            "id": lambda change: str(change.id),
            "detected": lambda change: shown_time(change.detected_at, zone),
            "kind": lambda change: change.kind.value + (" (held)" if change.held else ""),
            "weight": lambda change: change.significance.value,
            "letter": lambda change: str(change.letter.id),
            "title": lambda change: change.letter.title,
            "edits": lambda row: told_edits(row.edits),
        },
    )
