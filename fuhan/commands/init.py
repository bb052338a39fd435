"""Write a new configuration."""

import shlex
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from fuhan.command import command
from fuhan.commands.probe import checked_url, probed, show_probe
from fuhan.config.load import find_config
from fuhan.config.new_config_file import new_config
from fuhan.context import CommandContext
from fuhan.errors import ExitCode, UsageError
from fuhan.probe.entry import entry_yaml
from fuhan.terminal.language import said
from fuhan.terminal.streams import write_line, write_note, write_sentence

_From = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="URL", help="The directory to watch; it is probed.", show_default=False
    ),
]
# The directory that the project's own configuration watches.
_EXAMPLE = {
    "name": "cqfgw-proposals",
    "agency": "重庆市发展和改革委员会",
    "kind": "proposal",
    "listing": "https://fzggw.cq.gov.cn/zwgk/zfxxgkml/jytabl/tagk_53512/",
}
_NEXT_WITH_EXAMPLE = {
    "probe URL": "whether another directory can be watched; its entry goes under sources",
    "check": "whether the configuration can be used",
    "serve": "crawls from then on, and serves the pages",
}
_NEXT = {
    "check": "whether the configuration can be used",
    "crawl": "the first crawl, now",
    "serve": "crawls from then on, and serves the pages",
}


@command("fuhan init --from https://fzggw.cq.gov.cn/zwgk/zfxxgkml/jytabl/tagk_53512/")
def init(context: CommandContext, *, url: _From = None) -> None:
    """Write a new configuration, with what each key is for.

    It watches the directory of --from, or an example. No file is ever replaced. Ends with 3, and
    writes none, where the directory can't be watched.
    """
    file = find_config(context.config_file)
    _refuse_existing(file)
    source = entry_yaml(_EXAMPLE, {}) if url is None else _probed_entry(context, url)
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8") as written:
            written.write(new_config(source, said))
    except FileExistsError:
        _refuse_existing(file)
    if not context.is_quiet:
        _show_next(file, context.config_file, _NEXT_WITH_EXAMPLE if url is None else _NEXT)


def _refuse_existing(file: Path) -> None:
    if file.exists():
        raise UsageError(f"{file}: is there already, and stays as it is")


def _probed_entry(context: CommandContext, url: str) -> str:
    """Return the entry that watches `url`, as YAML."""
    checked_url(url)
    result = probed(replace(context, config_file=None), url)  # there is no file yet
    show_probe(context, result)
    if not result.is_watchable:
        write_note(
            "nothing was written; `fuhan init` without --from writes an example, "
            "in which the entry of any directory can be put"
        )
        raise typer.Exit(ExitCode.PARTIAL)
    return result.yaml()


def _show_next(file: Path, given: Path | None, commands: dict[str, str]) -> None:
    write_sentence(f"{file} was written; next:")
    option = f" --config {shlex.quote(str(given))}" if given else ""
    longest = max(map(len, commands))
    for name, what_for in commands.items():
        write_line(f"  fuhan {name + option:{longest + len(option)}}   # {said(what_for)}")
