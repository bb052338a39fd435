"""Log lines, as text and as JSON: each says when, with its offset from UTC."""

import json
import logging
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fuhan.terminal.log_format import LogFormat, formatter

LINE = "%(asctime)s %(levelname)s %(message)s"
AT = datetime(2026, 11, 20, 6, 0, 0, 250_000, UTC)


def record(**extra: Any) -> logging.LogRecord:
    made = logging.makeLogRecord({"msg": "crawl of %s begins", "args": ("city",), **extra})
    made.levelname, made.created = "INFO", AT.timestamp()
    return made


def test_a_line_of_text_says_when_with_its_offset() -> None:
    said = formatter(LogFormat.TEXT, LINE).format(record())
    time, rest = said.split(" ", 1)
    assert rest == "INFO crawl of city begins"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d", time)
    assert datetime.fromisoformat(time) == AT


def test_a_line_of_json_is_one_object_with_the_fields() -> None:
    said = formatter(LogFormat.JSON, LINE).format(record(fields={"source": "city", "listed": 3}))
    assert "\n" not in said
    line = json.loads(said)
    assert datetime.fromisoformat(line.pop("time")) == AT
    assert line == {
        "level": "INFO",
        "message": "crawl of city begins",
        "source": "city",
        "listed": 3,
    }


def test_a_traceback_is_on_the_same_line() -> None:
    try:
        [].pop()
    except IndexError:
        said = formatter(LogFormat.JSON, LINE).format(record(exc_info=sys.exc_info()))
    assert "\n" not in said
    assert json.loads(said)["traceback"].startswith("Traceback")


@pytest.mark.parametrize("arguments", [("--log-format", "json", "crawl"), ("crawl",)])
def test_an_error_is_a_line_like_all_others(
    fuhan: Callable[..., Any], folder: Path, arguments: tuple[str, ...]
) -> None:
    del folder
    said = fuhan(*arguments, "village", *([] if len(arguments) > 1 else ["--log-format=json"]))
    assert said.code == 2
    line = json.loads(said.err)
    assert (line["level"], line["message"]) == (
        "ERROR",
        "source 'village' is not known; known: city, town",
    )
