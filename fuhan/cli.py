"""The command line: the one place where errors become a line and an exit code."""

import logging
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from inspect import Parameter
from types import TracebackType
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from fuhan.errors import ConfigError, ExitCode, FuhanError, SignalError, UsageError
from fuhan.global_options import CONTEXT, GLOBAL_PARAMETERS, GlobalOptions, take_parameters
from fuhan.lazy_command import add_commands
from fuhan.terminal.encoding import text_problem
from fuhan.terminal.help_text import HelpedGroup
from fuhan.terminal.language import choose_language
from fuhan.terminal.logs import is_json, is_verbose
from fuhan.terminal.parser_words import in_our_words
from fuhan.terminal.streams import prepare_streams, write_error, write_line

log = logging.getLogger(__name__)

_SETTINGS = {"help_option_names": ["-h", "--help"]}  # of each command, too
app = typer.Typer(
    add_completion=False, rich_markup_mode=None, cls=HelpedGroup, context_settings=_SETTINGS
)


def _print_version(*, wanted: bool) -> None:
    if wanted:
        write_line(f"fuhan {version('fuhan')}")
        raise typer.Exit


_VERSION = typer.Option(
    "--version",
    callback=lambda wanted: _print_version(wanted=wanted),
    is_eager=True,
    help="Tell the version.",
)


def fuhan(ctx: typer.Context, **values: Any) -> None:
    """Watch how Chinese government bodies answer proposals: every letter, every quiet edit."""
    ctx.obj = GlobalOptions(*(values[each.name] for each in GLOBAL_PARAMETERS))


_SHOWN_VERSION = Parameter(
    "version", Parameter.KEYWORD_ONLY, default=False, annotation=Annotated[bool, _VERSION]
)
take_parameters(fuhan, [CONTEXT, *GLOBAL_PARAMETERS, _SHOWN_VERSION])
app.callback(epilog="Example: fuhan crawl && fuhan changes --since 1d")(fuhan)


def main() -> None:
    """Run the command line and exit with its code."""
    sys.excepthook = _report_bug
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; an error is reported in one line on stderr.

    A configuration has a line for each of its mistakes.
    """
    prepare_streams()
    choose_language(arguments, os.environ)
    try:
        _refuse_other_encodings(arguments)
        return _invoke(arguments)
    except KeyboardInterrupt:
        return _report(SignalError(signal.SIGINT), ExitCode.INTERRUPTED)
    except BrokenPipeError:
        _flush_or_drop()  # whoever read the output has seen enough
        return ExitCode.DONE
    except (FuhanError, typer.TyperException, OSError) as error:
        _flush_or_drop()
        return _report(error, _exit_code(error))


def _flush_or_drop() -> None:
    """Write what is buffered, or drop it where it can't be: the interpreter would try again."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _exit_code(error: Exception) -> int:
    if isinstance(error, typer.TyperException):
        return error.exit_code
    return error.code if isinstance(error, FuhanError) else ExitCode.FAILURE


def _refuse_other_encodings(arguments: Sequence[str]) -> None:
    """Raise UsageError for an argument that is not UTF-8: nothing here could be called so."""
    for place, argument in enumerate(arguments, start=1):
        if problem := text_problem(argument):
            raise UsageError(f"argument {place}: {problem}")


def _invoke(arguments: Sequence[str]) -> int:
    group = cast("TyperGroup", get_command(app))
    add_commands(group)
    try:
        with group.make_context("fuhan", list(arguments) or ["--help"]) as context:
            group.invoke(context)
    except typer.Exit as ended:
        if ended.exit_code:
            _flush_or_drop()
            return ended.exit_code
    sys.stdout.flush()
    return ExitCode.DONE


def _report(error: BaseException, code: int) -> int:
    if is_verbose() and not is_json():
        traceback.print_exc()
    for line in error.mistakes if isinstance(error, ConfigError) else [_message(error)]:
        write_error(" ".join(line.split()))
    return code


def _message(error: BaseException) -> str:
    if isinstance(error, typer.TyperException):
        return in_our_words(error.format_message())
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error)


def _report_bug(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Report an error that nobody foresaw in one line; the interpreter then exits with 1."""
    if is_json():
        log.critical("unexpected %s", kind.__name__, exc_info=(kind, error, trace))
    elif is_verbose():
        sys.__excepthook__(kind, error, trace)
    else:
        message = " ".join(str(error).split())
        write_error(f"unexpected {kind.__name__}: {message} (-v tells more)")
