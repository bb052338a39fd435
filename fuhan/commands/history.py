"""List the versions, visits, changes and reviews of one letter in order of time."""

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from fuhan.command import command
from fuhan.commands.changes import edits_summary, kind_label
from fuhan.commands.options import LetterArgument, shown_time
from fuhan.context import CommandContext
from fuhan.lookup import find_letter_id
from fuhan.terminal.language import in_brackets, in_english, mark, said, term
from fuhan.terminal.rows import Format, FormatOption, Sheet, chosen_format, write_rows
from storage import queries

Event = Mapping[str, Any]  # at, event, what it is in words, and the value as JSON


@command("fuhan history cqfgw-proposals/0501")
def history(
    context: CommandContext,
    letter: LetterArgument,
    *,
    as_format: FormatOption = None,
) -> None:
    """Tell a letter's versions, visits and changes, oldest first."""
    is_table = chosen_format(as_format) is Format.TABLE  # else what is written is for programs
    speaking = nullcontext() if is_table else in_english()
    with speaking, context.archive() as (config, archive), archive.reading() as connection:
        letter_id = find_letter_id(connection, letter)
        events = [*_visits(connection, letter_id), *_versions(connection, letter_id)]
        events += [*_changes(connection, letter_id), *_reviews(connection, letter_id)]
        events.sort(key=lambda event: datetime.fromisoformat(event["at"]))
        write_rows(events, _sheet(ZoneInfo(config.timezone)), as_format)


def _visits(connection: Connection, letter_id: int) -> Iterator[Event]:
    for span in queries.visits(connection, letter_id):
        visits = said(f"{span.count} visits" if span.count > 1 else "one visit")
        reason = in_brackets(said(span.reason)) if span.reason else ""
        details = {
            "outcome": span.outcome.value,
            "reason": span.reason,
            "first_at": span.first_at.isoformat(),
            "last_at": span.last_at.isoformat(),
            "count": span.count,
        }
        yield _event(
            span.first_at,
            "visit",
            f"{term('visit', span.outcome.value)}{reason}{mark(', ')}{visits}",
            details,
        )


def _versions(connection: Connection, letter_id: int) -> Iterator[Event]:
    for version in queries.versions(connection, letter_id):
        details: dict[str, Any] = {
            "version": version.number,
            "cause": version.cause.value,
            "url": version.url,
            "evidence": version.evidence,
            "parser": version.parser,
            "digest": version.letter.digest(),
        }
        what = f"version {version.number}, by {version.cause.value}"
        if file := queries.imported_file(connection, version):
            details["import"] = {"file": file.name, "sha256": file.sha256}
            what = f"{what} of {file.name}"
        yield _event(version.seen_at, "version", said(what), details)


def _changes(connection: Connection, letter_id: int) -> Iterator[Event]:
    for change in queries.changes(connection, queries.ChangeFilter(letter_id=letter_id)):
        weight = term("significance", change.significance.value)
        edits = edits_summary(change.edits)
        what = f"{kind_label(change)}{mark(', ')}{weight}{mark(': ') if edits else ''}{edits}"
        yield _event(change.detected_at, "change", what, change.as_json())


def _reviews(connection: Connection, letter_id: int) -> Iterator[Event]:
    for change in queries.changes(connection, queries.ChangeFilter(letter_id=letter_id)):
        for review in queries.reviews(connection, change.id):
            note = f"{mark(': ')}{review.note}" if review.note else ""
            what = said(f"change {change.id} {review.state.value} by {review.who}")
            yield _event(review.at, "review", f"{what}{note}", review.as_fact())


def _event(at: datetime, event: str, what: str, details: Mapping[str, Any]) -> Event:
    return {"at": at.isoformat(), "event": event, "what": what, "details": dict(details)}


def _sheet(zone: ZoneInfo) -> Sheet[Event]:
    return Sheet(
        as_json=lambda event: event,
        columns={
            "at": lambda event: shown_time(datetime.fromisoformat(event["at"]), zone),
            "event": lambda event: said(event["event"]),
            "what": lambda event: event["what"],
        },
    )
