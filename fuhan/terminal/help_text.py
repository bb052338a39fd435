"""Help in the language of the command: the parser of options itself speaks English alone."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from typer.core import TyperCommand, TyperGroup

from fuhan.terminal.empty_paths import refuse_empty_paths
from fuhan.terminal.language import language, said

_WIDTH = 78  # columns
_NAMES = 30  # columns of the names of options and commands, at most
_GAP = 2
_REMARKS = re.compile(r"\[(?=default: |required|x[<>]=|\d)(?P<words>[^\]]*)\]$")
# What stays together at the end of a line: a word of ASCII, else one character with the marks
# behind it, which begin no line.
_UNIT = re.compile(r"(?:[!-~]+|[^!-~\s])[，。；：、！？）”…]*\s*|\s+")
_USAGE = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}


class HelpedCommand(TyperCommand):
    """A command whose help is in the language of the command line."""

    def get_help(self, ctx: Any) -> str:
        """Return the help."""
        return _help(self, ctx, super().get_help)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse arguments; no path may be empty."""
        refuse_empty_paths(self, ctx, args)
        return super().parse_args(ctx, args)


class HelpedGroup(TyperGroup):
    """All commands together, with help in the language of the command line."""

    def get_help(self, ctx: Any) -> str:
        """Return the help."""
        return _help(self, ctx, super().get_help)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse arguments; no path may be empty."""
        refuse_empty_paths(self, ctx, args)
        return super().parse_args(ctx, args)


def _help(command: Any, ctx: Any, in_english: Callable[[Any], str]) -> str:
    if language() == "en":
        return in_english(ctx)
    _translate(command)
    formatter = _HelpFormatter()
    command.format_help(ctx, formatter)
    return formatter.text()


def _translate(command: Any) -> None:
    """Put the texts of a command, its options and its commands into the language."""
    command.help = "\n\n".join(said(" ".join(each.split())) for each in command.help.split("\n\n"))
    command.epilog = said(command.epilog)
    for each in command.params:
        each.help = said(each.help or "")
    for each in getattr(command, "commands", {}).values():
        each.short_help = said(each.help)  # else it is cut as English is


class _HelpFormatter:
    """Lays out help as the parser's own formatter does, with lines as wide as they look."""

    width = _WIDTH

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._indent = ""

    def text(self) -> str:
        """Return what was written."""
        return "\n".join(self._lines)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        for english, shown in _USAGE.items():
            args = args.replace(english, shown)
        self._lines.append(f"{prefix or said('Usage')}：{prog} {args}")

    def write_paragraph(self) -> None:
        """Begin a paragraph."""
        self._lines.append("")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        paragraphs = (_folded(each, _WIDTH - len(self._indent)) for each in text.split("\n\n"))
        for place, lines in enumerate(paragraphs):
            self._lines += [""] * bool(place) + [self._indent + line for line in lines]

    def write_dl(self, rows: Sequence[tuple[str, str]]) -> None:
        """Write names, each with what it is."""
        column = min(max(len(name) for name, _ in rows), _NAMES) + _GAP
        room = _WIDTH - len(self._indent) - column
        for name, words in rows:
            first, *others = _folded(_REMARKS.sub(_remarks, said(words)), room) or [""]
            if len(name) > column - _GAP:
                self._lines.append(f"{self._indent}{name}")
                name = ""  # noqa: PLW2901 - what it is stands below it
            self._lines.append(f"{self._indent}{name:<{column}}{first}".rstrip())
            self._lines += [f"{self._indent}{'':<{column}}{line}" for line in others]

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Write a heading, and what follows indented."""
        self._lines += ["", f"{said(name)}："]
        with self.indentation():
            yield

    @contextmanager
    def indentation(self) -> Iterator[None]:
        """Write what follows indented."""
        self._indent = "  "
        yield
        self._indent = ""


def _remarks(match: re.Match[str]) -> str:
    """Return the remarks that the parser puts behind what an option is."""
    shown = []
    for each in match["words"].split("; "):
        name, is_default, value = each.partition("default: ")
        shown.append(f"{said('default')}：{said(value)}" if is_default else said(name))
    return f"[{'；'.join(shown)}]"


def _folded(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` columns."""
    lines, line = list[str](), ""
    for unit in _UNIT.findall(text):
        if line and _columns(line + unit.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += unit
    return [*lines, line.rstrip()] if line.strip() else lines


def _columns(text: str) -> int:
    return sum(1 + (char > "\u2e7f") for char in text)  # Han and its marks are two wide
