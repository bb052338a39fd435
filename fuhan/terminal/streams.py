"""Standard output and standard error: open, and able to write any text."""

import io
import json
import logging
import os
import sys
from collections.abc import Mapping
from typing import Any, TextIO

from fuhan.terminal.language import said
from fuhan.terminal.logs import is_json

log = logging.getLogger(__name__)


def prepare_streams() -> None:
    """Make both streams UTF-8 whatever the locale says, and able to write any text.

    A stream that was closed must not become the number of a file that is opened later: results
    that go nowhere fail as they are written, what goes to stderr is dropped.
    """
    for number, way in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, way)  # takes the lowest number that is free, which is this one
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115 - no path
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def write_line(text: str) -> None:
    """Write one line of a result."""
    sys.stdout.write(text + "\n")


def write_sentence(sentence: str) -> None:
    """Write one line of a result that is English words, in the language of the command."""
    write_line(said(sentence))


def write_note(sentence: str) -> None:
    """Write one line of English words to stderr, in the language of the command."""
    sys.stderr.write(f"{said(sentence)}\n")


def write_error(problem: str) -> None:
    """Write one line about what went wrong: to stderr, or to the log where that is JSON."""
    if is_json():
        log.error("%s", problem)
    else:
        sys.stderr.write(f"fuhan: {said(problem)}\n")


def write_json(value: Mapping[str, Any], to: TextIO | None = None) -> None:
    """Write one JSON object as one line to stdout or `to`."""
    (to or sys.stdout).write(json.dumps(value, ensure_ascii=False) + "\n")
