"""Make a command of a function: the global options after its name too, an example, error lines."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import Parameter, signature
from typing import Any

import typer
from typer.main import get_command

from fuhan.context import CommandContext
from fuhan.errors import FuhanError, UnknownError
from fuhan.global_options import CONTEXT, GLOBAL_PARAMETERS, GlobalOptions, take_parameters
from fuhan.terminal.help_text import HelpedCommand
from fuhan.terminal.logs import start_logs
from storage.database.archive import ArchiveError
from storage.database.errors import StorageError, reason
from storage.database.lock import SourceBusyError
from storage.queries import DecisionError, EvidenceError, LetterError, UnknownLetterError
from storage.queue.queue_database import QueueError


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name is the function's or `name`, its help the docstring."""

    run: Callable[..., None]  # the CommandContext first, then the command's own parameters
    example: str
    name: str | None = None

    def build(self) -> Any:
        """Return it as Typer's command, with the options that every command has."""

        def callback(ctx: typer.Context, **values: Any) -> None:
            options = {each.name: values.pop(each.name) for each in GLOBAL_PARAMETERS}
            context = _merged(ctx.obj, GlobalOptions(*options.values()))
            start_logs(context)
            with _errors_in_one_line():
                self.run(context, **values)

        take_parameters(callback, self._parameters())
        callback.__doc__ = self.run.__doc__
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        name, epilog = self.name or self.run.__name__, f"Example: {self.example}"
        app.command(name, cls=HelpedCommand, epilog=epilog)(callback)
        return get_command(app)

    def _parameters(self) -> list[Parameter]:
        own = list(signature(self.run).parameters.values())[1:]
        keyword = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in own]
        return [CONTEXT, *keyword, *GLOBAL_PARAMETERS]


def command(example: str, name: str | None = None) -> Callable[[Callable[..., None]], Command]:
    """Return a decorator: it makes a command of a function that takes a CommandContext first.

    `name` is the command's where it can't be the function's.
    """
    return lambda run: Command(run, example, name)


def _merged(before: GlobalOptions, after: GlobalOptions) -> CommandContext:
    """Return the options given after the command's name on top of those given before."""
    return CommandContext(
        after.config_file or before.config_file,
        after.is_verbose or before.is_verbose,
        after.is_quiet or before.is_quiet,
        after.language or before.language,
        after.log_format or before.log_format,
    )


@contextmanager
def _errors_in_one_line() -> Iterator[None]:
    """Raise what the archive refuses as FuhanError, which the command line reports in one line."""
    try:
        yield
    except UnknownLetterError as error:
        raise UnknownError(str(error)) from error
    except (ArchiveError, QueueError, SourceBusyError) as error:
        raise FuhanError(str(error)) from error
    except (LetterError, EvidenceError, DecisionError) as error:
        raise FuhanError(f"can't be read: {error} (fuhan verify names all)") from error
    except StorageError as error:
        raise FuhanError(reason(error)) from error
