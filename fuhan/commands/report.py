"""Write a change report."""

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import typer

from fuhan.command import command
from fuhan.commands.options import BaselineOption, SinceOption, StateOption, UntilOption, now
from fuhan.context import CommandContext
from fuhan.errors import UsageError, naming
from fuhan.terminal.streams import write_line
from fuhan.terminal.time_option import read_period
from review.languages import Language
from review.report import parts

_Suffix = Literal["html", "md", "json"]
_FORMATS: dict[str, _Suffix] = {".html": "html", ".md": "md", ".json": "json"}
_File = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help="FILE.html, FILE.md or FILE.json.")
]

_Language = Annotated[
    Language | None,
    typer.Option(
        help="In Chinese or in English. Default: as --lang says, else zh.", show_default=False
    ),
]


@command("fuhan report --since 7d -o week.html")
def report(  # noqa: PLR0913 - one parameter an option
    context: CommandContext,
    output: _File,
    *,
    since: SinceOption = None,
    until: UntilOption = None,
    state: StateOption = None,
    baseline: BaselineOption = False,
    language: _Language = None,
) -> None:
    """Write a change report for people, in one file."""
    if output.suffix not in _FORMATS:
        raise UsageError(f"expected a file ending in .html, .md or .json, found {str(output)!r}")
    with context.archive() as (config, archive):
        zone = ZoneInfo(config.timezone)
        begin, end = read_period(since, until, zone, now())
        text = parts(
            archive,
            since=begin,
            until=end,
            format=_FORMATS[output.suffix],
            state=state,
            baseline=baseline,
            language=language or context.language or "zh",
            timezone=zone,
            now=now(),
        )
        with naming(output), output.open("w", encoding="utf-8") as file:
            file.writelines(text)
    write_line(str(output))
