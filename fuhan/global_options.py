"""The options that may stand before or after every command."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

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


@dataclass(frozen=True, slots=True)
class GlobalOptions:
    """What these options say."""

    config_file: Path | None = None
    is_verbose: bool = False
    is_quiet: bool = False
    language: Language | None = None  # None: not given; what is said is then as the locale says
