"""Options and arguments that several commands take."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from fuhan.errors import UsageError
from letters.review import ReviewState

LetterArgument = Annotated[
    str, typer.Argument(metavar="LETTER", help="Its id, its URL or SOURCE/NUMBER.")
]
SourceOption = Annotated[
    str | None, typer.Option("--source", metavar="S", help="Of one source.", show_default=False)
]
_TIMES = "An ISO time, a date or an age such as 7d."
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="T", help=_TIMES, show_default=False)
]
UntilOption = Annotated[
    str | None,
    typer.Option("--until", metavar="T", help=f"{_TIMES} A date: to its end.", show_default=False),
]
NoteOption = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="Why.", show_default=False)
]
StateOption = Annotated[
    ReviewState | None,
    typer.Option(
        "--state", help="That a person decided so; open: nobody did.", show_default=False
    ),
]
BaselineOption = Annotated[
    bool, typer.Option("--baseline", help="Also the letters of a source's first crawl.")
]


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def refuse_no_file(path: Path) -> None:
    """Raise UsageError where there is no file at `path`."""
    if path.is_dir():
        raise UsageError(f"{path}: expected a file, found a folder")
    if not path.is_file():
        raise UsageError(f"{path}: no such file")


def shown_time(at: datetime | None, zone: ZoneInfo) -> str:
    """Return `at` as a table shows it, in `zone`; nothing for None."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if at else ""
