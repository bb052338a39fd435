"""Refuse an empty path by the name of its option: a parser takes it for the working folder.

It comes of a variable of a shell that is not set.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import typer


def refuse_empty_paths(command: Any, ctx: Any, arguments: Sequence[str]) -> None:
    """Raise BadParameter where a path of a command is empty."""
    given, _, _ = command.make_parser(ctx).parse_args(args=list(arguments))
    for each in command.params:
        annotation = each.type_descriptor.annotation
        value = given.get(each.name)
        if Path in (annotation, *get_args(annotation)) and (value == "" or "" in _listed(value)):
            raise typer.BadParameter("expected a path, found ''", ctx=ctx, param=each)


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()
