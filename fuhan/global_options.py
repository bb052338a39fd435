"""The options that may stand before or after every command."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated, Any

import typer

from fuhan.terminal.log_format import LogFormat
from review.languages import Language

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", metavar="PATH", help="The configuration to use.", show_default=False),
]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="Say more, with tracebacks.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
LanguageOption = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        help="In Chinese (zh) or in English (en). Default: as LC_ALL, LC_MESSAGES or LANG say.",
        show_default=False,
    ),
]
LogFormatOption = Annotated[
    LogFormat | None,
    typer.Option(
        "--log-format", help="Log lines as text, or as JSON objects.", show_default=False
    ),
]

CONTEXT = Parameter("ctx", Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
# As the fields of GlobalOptions stand.
GLOBAL_PARAMETERS = (
    Parameter("config", Parameter.KEYWORD_ONLY, default=None, annotation=ConfigOption),
    Parameter("verbose", Parameter.KEYWORD_ONLY, default=False, annotation=VerboseOption),
    Parameter("quiet", Parameter.KEYWORD_ONLY, default=False, annotation=QuietOption),
    Parameter("lang", Parameter.KEYWORD_ONLY, default=None, annotation=LanguageOption),
    Parameter("log_format", Parameter.KEYWORD_ONLY, default=None, annotation=LogFormatOption),
)


@dataclass(frozen=True, slots=True)
class GlobalOptions:
    """What these options say."""

    config_file: Path | None = None
    is_verbose: bool = False
    is_quiet: bool = False
    language: Language | None = None  # None: not given; what is said is then as the locale says
    log_format: LogFormat | None = None  # None: not given; lines are text


def take_parameters(callback: Callable[..., Any], parameters: Sequence[Parameter]) -> None:
    """Let `callback` have `parameters`, which typer reads from these two attributes."""
    vars(callback)["__signature__"] = Signature(list(parameters))
    callback.__annotations__ = {each.name: each.annotation for each in parameters}
