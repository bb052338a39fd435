"""How a function becomes a command: shared options before or after its name, and an example."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from fuhan.context import Session
from fuhan.terminal.logs import start_logs

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="PATH", help="The configuration to use.", show_default=False),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more, with tracebacks.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]

_CONTEXT = Parameter("ctx", Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
_SHARED = [
    Parameter("config", Parameter.KEYWORD_ONLY, default=None, annotation=ConfigFile),
    Parameter("verbose", Parameter.KEYWORD_ONLY, default=False, annotation=Verbose),
    Parameter("quiet", Parameter.KEYWORD_ONLY, default=False, annotation=Quiet),
]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name is the function's, its help the docstring."""

    run: Callable[..., None]  # the Session first, then what the command takes
    example: str

    def add_to(self, app: typer.Typer) -> None:
        """Make this a command of `app`, with the options that every command has."""

        def called(ctx: typer.Context, **given: Any) -> None:
            session = _merged(ctx.obj, **{each.name: given.pop(each.name) for each in _SHARED})
            start_logs(session)
            self.run(session, **given)

        own = list(signature(self.run).parameters.values())[1:]
        keyword = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in own]
        shown = [_CONTEXT, *keyword, *_SHARED]
        # typer asks a function what parameters it has, and believes these two
        vars(called)["__signature__"] = signature(self.run).replace(parameters=shown)
        called.__annotations__ = {each.name: each.annotation for each in shown}
        called.__doc__ = self.run.__doc__
        app.command(self.run.__name__, epilog=f"Example: {self.example}")(called)


def command(example: str) -> Callable[[Callable[..., None]], Command]:
    """Return a decorator that makes a command of a function whose first parameter is a Session."""
    return lambda run: Command(run, example)


def _merged(before: Session, config: Path | None, *, verbose: bool, quiet: bool) -> Session:
    """Return the options given after the command's name on top of those given before."""
    return Session(
        config or before.config_file, before.is_verbose or verbose, before.is_quiet or quiet
    )
