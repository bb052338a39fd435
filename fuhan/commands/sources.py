"""Show and decide what is watched: sources of the configuration, and those that people add."""

import getpass
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from fuhan.added_sources import add_to_archive, exported, pause, resume
from fuhan.command import command
from fuhan.commands.options import now, shown_time
from fuhan.commands.probe import checked_url, probed, show_probe
from fuhan.config.yaml_text import write_yaml
from fuhan.context import CommandContext
from fuhan.errors import ExitCode, UsageError
from fuhan.terminal.language import said, term
from fuhan.terminal.rows import FormatOption, Sheet, write_rows
from fuhan.terminal.streams import write_note, write_sentence
from letters.letter import Kind
from letters.watching import WatchDecision
from review.settings import WatchedSource
from storage.database.archive import open_archive


class Action(StrEnum):
    """What is done about sources."""

    LIST = "list"
    ADD = "add"
    PAUSE = "pause"
    RESUME = "resume"
    EXPORT = "export"


_Action = Annotated[
    Action, typer.Argument(help="list, add URL, pause NAME, resume NAME or export.")
]
_What = Annotated[
    str | None,
    typer.Argument(
        metavar="[URL|NAME]", help="What is added, paused or resumed.", show_default=False
    ),
]
_Name = Annotated[str | None, typer.Option(help="Of the source that is added.")]
_Agency = Annotated[str | None, typer.Option(help="Instead of the one that its pages name.")]
_Kind = Annotated[
    Kind | None, typer.Option(help="Instead of the one that its letters have.", show_default=False)
]


@command("fuhan sources add https://fzggw.cq.gov.cn/zwgk/zfxxgkml/jytabl/tagk_53512/")
def sources(  # noqa: PLR0913 - one parameter an option
    context: CommandContext,
    action: _Action = Action.LIST,
    what: _What = None,
    *,
    name: _Name = None,
    agency: _Agency = None,
    kind: _Kind = None,
    as_format: FormatOption = None,
) -> None:
    """List, add, pause and resume sources, and write them as YAML.

    Those that are added are kept in the database, beside those of the configuration. A service
    that runs takes up within seconds what is decided. add probes the directory, asks for nothing
    and ends with 3 where it can't be watched.
    """
    if (what is not None) != (action in (Action.ADD, Action.PAUSE, Action.RESUME)):
        raise UsageError("expected a URL after add, a name after pause and resume, else nothing")
    if action is Action.ADD:
        given = {"name": name, "agency": agency, "kind": kind and kind.value}
        _add(context, str(what), {key: value for key, value in given.items() if value})
    elif action is Action.PAUSE:
        _decide(context, pause, str(what), "is paused")
    elif action is Action.RESUME:
        _decide(context, resume, str(what), "is crawled again")
    else:
        listed = context.watch_list()
        for problem in listed.problems:
            write_note(problem)
        if action is Action.EXPORT:
            entries = [exported(each) for each in listed.config.sources]
            sys.stdout.write(write_yaml({"sources": entries}))
        else:
            write_rows(listed.shown, _sheet(ZoneInfo(listed.config.timezone)), as_format)


def _add(context: CommandContext, url: str, given: Mapping[str, str]) -> None:
    checked_url(url)
    config = context.config(fetching=True)
    result = probed(context, url)
    show_probe(context, result)
    if not result.is_watchable:
        raise typer.Exit(ExitCode.PARTIAL)
    entry = {**result.entry(), **given}
    with closing(open_archive(config.database, create=True)) as archive:
        decision = add_to_archive(archive, config, entry, getpass.getuser(), now())
    write_sentence(f"{decision.source}: is watched")


_Decide = Callable[..., WatchDecision | None]


def _decide(context: CommandContext, decide: _Decide, name: str, done: str) -> None:
    config, listed = context.config(), context.watch_list()
    with closing(open_archive(config.database, create=True)) as archive:
        decision = decide(archive, listed, name, getpass.getuser(), now())
    write_sentence(f"{name}: {done}{'' if decision else ' already'}")


def _sheet(zone: ZoneInfo) -> Sheet[WatchedSource]:
    return Sheet(
        as_json=WatchedSource.as_json,
        columns={
            "source": lambda row: row.name,
            "agency": lambda row: row.agency,
            "kind": lambda row: term("paper", row.kind),
            "from": lambda row: said(f"added by {row.added.who}" if row.added else "file"),
            "paused": lambda row: _paused(row.paused, zone),
            "directory": lambda row: row.listing,
        },
    )


def _paused(decision: WatchDecision | None, zone: ZoneInfo) -> str:
    return said(f"since {shown_time(decision.at, zone)} by {decision.who}") if decision else ""
