"""The command line: every command, and the one place where errors become a line and a code."""

import os
import signal
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from types import TracebackType
from typing import Annotated

import typer
from typer.main import get_command

from fuhan.command import ConfigFile, Quiet, Verbose
from fuhan.commands.changes import changes
from fuhan.commands.check import check
from fuhan.commands.coverage import coverage
from fuhan.commands.crawl import crawl
from fuhan.commands.crawls import crawls
from fuhan.commands.demo import demo
from fuhan.commands.diff import diff
from fuhan.commands.export import backup, export
from fuhan.commands.history import history
from fuhan.commands.letters import letters
from fuhan.commands.probe import probe
from fuhan.commands.reparse import reparse
from fuhan.commands.report import report
from fuhan.commands.resume import resume
from fuhan.commands.review import review
from fuhan.commands.serve import serve
from fuhan.commands.show import show
from fuhan.commands.status import status
from fuhan.commands.verify import verify
from fuhan.context import Session
from fuhan.errors import ConfigError, EndedError, Exit, FuhanError, UsageError
from fuhan.terminal.encoding import refusal_of_text
from fuhan.terminal.logs import is_verbose
from fuhan.terminal.output import steady_streams, write_line
from scheduler.child_process import CrawlError
from storage.database.archive import ArchiveError
from storage.database.errors import StorageError, reason
from storage.database.lock import SourceBusyError
from storage.queries import UnknownLetterError

app = typer.Typer(add_completion=False, rich_markup_mode=None)
READING = (letters, show, history, diff, changes, report, crawls, status, coverage)
KEEPING = (review, check, probe, verify, reparse, resume, export, backup, demo)
for each in (crawl, serve, *READING, *KEEPING):
    each.add_to(app)


def _tell_version(*, wanted: bool) -> None:
    if wanted:
        write_line(f"fuhan {version('fuhan')}")
        raise typer.Exit


_VERSION = typer.Option(
    "--version",
    callback=lambda wanted: _tell_version(wanted=wanted),
    is_eager=True,
    help="Tell the version.",
)


_FORESEEN = (
    *(FuhanError, typer.TyperException, UnknownLetterError),
    *(ArchiveError, CrawlError, SourceBusyError, StorageError, OSError),
)


@app.callback(epilog="Example: fuhan crawl && fuhan changes --since 1d")
def fuhan(
    ctx: typer.Context,
    *,
    config: ConfigFile = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
    version: Annotated[bool, _VERSION] = False,  # noqa: ARG001 - its callback has answered
) -> None:
    """Watch how Chinese government bodies answer proposals: every letter, every quiet edit."""
    ctx.obj = Session(config, verbose, quiet)


def main() -> None:
    """Run the command line and exit with its code."""
    sys.excepthook = _tell_bug
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; what it can't do is told in one line on stderr.

    A configuration has a line for each of its mistakes.
    """
    steady_streams()
    try:
        _refuse_other_encodings(arguments)
        return _invoke(arguments)
    except KeyboardInterrupt:
        return _tell(EndedError(signal.SIGINT), Exit.INTERRUPTED)
    except BrokenPipeError:
        _write_rest()  # whoever read the output has seen enough
        return Exit.DONE
    except _FORESEEN as error:
        _write_rest()
        return _tell(error, _code(error))


def _write_rest() -> None:
    """Write what was held back, or drop it where it can't be: the interpreter would try again."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _code(error: Exception) -> int:
    if isinstance(error, UnknownLetterError):
        return Exit.USAGE
    if isinstance(error, typer.TyperException):
        return error.exit_code
    return error.code if isinstance(error, FuhanError) else Exit.FAILURE


def _refuse_other_encodings(arguments: Sequence[str]) -> None:
    """Raise UsageError for an argument that is no UTF-8: nothing here could be called so."""
    for place, argument in enumerate(arguments, start=1):
        if why := refusal_of_text(argument):
            raise UsageError(f"argument {place}: {why}")


def _invoke(arguments: Sequence[str]) -> int:
    command = get_command(app)
    try:
        with command.make_context("fuhan", list(arguments) or ["--help"]) as context:
            command.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code
    sys.stdout.flush()
    return Exit.DONE


def _tell(what: BaseException, code: int) -> int:
    if is_verbose():
        traceback.print_exc()
    for line in what.mistakes if isinstance(what, ConfigError) else [_words(what)]:
        sys.stderr.write(f"fuhan: {' '.join(line.split())}\n")
    return code


def _words(what: BaseException) -> str:
    if isinstance(what, typer.TyperException):
        return what.format_message()
    if isinstance(what, OSError) and what.filename:
        return f"{what.filename}: {what.strerror}"
    if isinstance(what, OSError) and what.strerror:
        return what.strerror
    return reason(what) if isinstance(what, StorageError) else str(what)


def _tell_bug(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Tell an error that nobody foresaw in one line; the interpreter then exits with 1."""
    if is_verbose():
        sys.__excepthook__(kind, error, trace)
    else:
        told = " ".join(str(error).split())
        sys.stderr.write(f"fuhan: unexpected {kind.__name__}: {told} (-v tells more)\n")
