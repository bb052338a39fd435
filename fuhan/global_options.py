"""The options that may stand before or after every command."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", metavar="PATH", help="The configuration to use.", show_default=False),
]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="Say more, with tracebacks.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]


@dataclass(frozen=True, slots=True)
class GlobalOptions:
    """What these options say."""

    config_file: Path | None = None
    is_verbose: bool = False
    is_quiet: bool = False
