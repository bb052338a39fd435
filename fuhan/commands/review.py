"""Record a person's decision on changes."""

import getpass
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated

import typer
from sqlalchemy import Connection

from fuhan.command import command
from fuhan.commands.options import NoteOption, now
from fuhan.context import CommandContext
from fuhan.errors import UnknownError, UsageError
from fuhan.lookup import known_source
from fuhan.terminal.streams import write_sentence
from letters.change import Category, Change, ChangeKind, Significance
from letters.review import Decision, ReviewState
from storage import queries
from storage.facts.reviews import add_review

_STDIN = "-"
_WHERE = ("source", "kind", "significance", "state", "category", "detail", "text", "tag")
_VALUES: dict[str, type[StrEnum]] = {
    "kind": ChangeKind,
    "significance": Significance,
    "state": ReviewState,
    "category": Category,
}

_Changes = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="CHANGE...", help="Ids, as changes shows them; -: from stdin.", show_default=False
    ),
]
_State = Annotated[ReviewState, typer.Option("--state", help="What you say of them.")]
_Tags = Annotated[
    list[str] | None,
    typer.Option("--tag", metavar="TAG", help="Tags instead of those so far.", show_default=False),
]
_Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="NAME=VALUE",
        help=f"All undecided ones with it: {', '.join(_WHERE)}.",
        show_default=False,
    ),
]


@command("fuhan review 12 14 --state flagged --note 'ask the bureau'")
def review(
    context: CommandContext,
    changes: _Changes = None,
    *,
    state: _State,
    note: NoteOption = None,
    tag: _Tags = None,
    where: _Where = None,
) -> None:
    """Record a decision on changes; accepting one that is held lets it be announced.

    Note and tags of an earlier decision stay unless others are given; --note '' removes it.
    """
    if bool(changes) == bool(where):
        raise UsageError("expected ids of changes, or --where")
    decision = Decision(state, note, tuple(tag) if tag is not None else None)
    terms = dict(map(_term, where or []))
    with context.archive(writes=True) as (config, archive):
        known_source(config, archive, terms.get("source"))
        with archive.reading() as connection:
            ids = _known(connection, changes) if changes else _found(connection, terms)
        for change_id in ids:
            with archive.writing() as connection:
                decided = add_review(connection, change_id, decision, getpass.getuser(), now())
            write_sentence(f"change {change_id}: {decided.state.value}")


def _known(connection: Connection, named: Iterable[str]) -> list[int]:
    """Return the ids that are named; raise UsageError or UnknownError for one that is none."""
    ids = list(dict.fromkeys(map(_id, _with_stdin(named))))
    for change_id in ids:
        if queries.change(connection, change_id) is None:
            raise UnknownError(f"change {change_id} is not known")
    return ids


def _with_stdin(named: Iterable[str]) -> Iterator[str]:
    for each in named:
        yield from _stdin().split() if each == _STDIN else [each]


def _stdin() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError:
        raise UsageError("stdin: expected UTF-8") from None


def _id(written: str) -> int:
    if not (written.isascii() and written.isdecimal() and int(written) < 2**31):
        raise UsageError(f"expected the id of a change, found {written!r}")
    return int(written)


def _found(connection: Connection, given: dict[str, str]) -> list[int]:
    """Return the ids of the changes that have all that is `given`; undecided unless it says."""
    terms = {"state": ReviewState.OPEN.value} | given
    wanted = queries.ChangeFilter(
        source=terms.get("source"),
        kind=ChangeKind(terms["kind"]) if "kind" in terms else None,
        significance=Significance(terms["significance"]) if "significance" in terms else None,
        state=ReviewState(terms["state"]),
        baseline=False,
    )
    return [each.id for each in queries.changes(connection, wanted) if _has(each, terms)]


def _term(written: str) -> tuple[str, str]:
    name, is_given, value = written.partition("=")
    if not (is_given and value and name in _WHERE):
        expected = ", ".join(f"{each}=…" for each in _WHERE)
        raise UsageError(f"--where: expected {expected}, found {written!r}")
    known = [each.value for each in _VALUES.get(name, ())]
    if known and value not in known:
        expected = f"expected one of {', '.join(known)}"
        raise UsageError(f"--where: {name}: {expected}, found {value!r}")
    return name, value


def _has(change: Change, terms: dict[str, str]) -> bool:
    """Return whether a change has the terms that no column holds, its edits' in one edit."""
    if "tag" in terms and not (change.review and terms["tag"] in change.review.tags):
        return False
    of_edits = {name: terms[name] for name in ("category", "detail", "text") if name in terms}
    return not of_edits or any(
        of_edits.get("category") in {None, edit.category.value}
        and of_edits.get("detail") in {None, edit.detail}
        and of_edits.get("text", "") in "\n".join((edit.old or "", edit.new or "", edit.context))
        for edit in change.edits
    )
