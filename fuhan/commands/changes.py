"""List recorded changes."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from fuhan.command import command
from fuhan.commands.options import (
    BaselineOption,
    SinceOption,
    SourceOption,
    StateOption,
    UntilOption,
    now,
    shown_time,
)
from fuhan.context import CommandContext
from fuhan.lookup import known_source
from fuhan.terminal.language import in_brackets, mark, said, term
from fuhan.terminal.rows import FormatOption, Sheet, write_rows
from fuhan.terminal.streams import write_note
from fuhan.terminal.time_option import read_period
from letters.change import Change, ChangeKind, Edit, Significance
from letters.counted import counted
from storage import queries

_SHOWN_EDITS = 3
_ROOM = 24  # characters
_Kind = Annotated[ChangeKind | None, typer.Option(help="Of one kind.", show_default=False)]
_Weight = Annotated[Significance | None, typer.Option(help="Of one weight.", show_default=False)]


@command("fuhan changes --since 7d --significance substantive")
def changes(  # noqa: PLR0913 - one parameter an option
    context: CommandContext,
    *,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    kind: _Kind = None,
    significance: _Weight = None,
    state: StateOption = None,
    baseline: BaselineOption = False,
    as_format: FormatOption = None,
) -> None:
    """List the changes recorded, newest first."""
    with context.archive() as (config, archive):
        zone = ZoneInfo(config.timezone)
        begin, end = read_period(since, until, zone, now())
        wanted = queries.ChangeFilter(
            since=begin,
            until=end,
            source=known_source(config, archive, source),
            kind=kind,
            significance=significance,
            state=state,
            baseline=None if baseline else False,
        )
        with archive.reading() as connection:
            write_rows(queries.changes(connection, wanted), changes_sheet(zone), as_format)
            if not (baseline or context.is_quiet) and sys.stderr.isatty():
                _report_hidden(queries.count_changes(connection, replace(wanted, baseline=True)))


def _report_hidden(letters: int) -> None:
    """Report how many letters of first crawls are left out: there may be nothing else yet."""
    if letters:
        verb = "is" if letters == 1 else "are"
        hidden = f"{counted(letters, 'letter')} of first crawls"
        write_note(f"{hidden} {verb} not shown (--baseline)")


def edits_summary(edits: Sequence[Edit]) -> str:
    """Return the first of `edits` in one line, in the language of the command."""
    shown = [_edit_summary(edit) for edit in edits[:_SHOWN_EDITS]]
    more = len(edits) - len(shown)
    return mark("; ").join([*shown, *([said(f"and {more} more")] if more else [])])


def kind_label(change: Change) -> str:
    """Return a change's kind, and whether it is of a first crawl or held, in the language."""
    marks = {"baseline": change.baseline, "held": change.held}
    shown = [said(mark) for mark, is_set in marks.items() if is_set]
    kind = term("kind", change.kind.value)
    return kind + in_brackets(mark(", ").join(shown)) if shown else kind


def _edit_summary(edit: Edit) -> str:
    field = term("field", edit.field)
    if edit.old is None:
        return f"{field} + {_short(edit.new)}"
    if edit.new is None:
        return f"{field} - {_short(edit.old)}"
    return f"{field} {_short(edit.old)} → {_short(edit.new)}"


def _short(text: str | None) -> str:
    """Return `text` cut to what a table has room for; `fuhan diff` shows all of it."""
    whole = text or ""
    return whole if len(whole) <= _ROOM else f"{whole[:_ROOM]}…"


def changes_sheet(zone: ZoneInfo) -> Sheet[Change]:
    """Return how changes are written, with times in `zone`."""
    return Sheet(
        as_json=Change.as_json,
        columns={
            "id": lambda change: str(change.id),
            "detected": lambda change: shown_time(change.detected_at, zone),
            "kind": kind_label,
            "weight": lambda change: term("significance", change.significance.value),
            "letter": lambda change: str(change.letter.id),
            "number": lambda change: change.letter.number or "",
            "subject": lambda change: change.letter.subject or "",
            "edits": lambda row: edits_summary(row.edits),
            "title": lambda change: change.letter.title,
        },
    )
