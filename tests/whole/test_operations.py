"""A newcomer's walk through docs/operations.md prints what stands there, step by step."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.whole.walk import DOCUMENT, Command, commands, masked, walk


@pytest.mark.sqlite("a newcomer begins with a file")
def test_each_step_of_the_walk_prints_what_the_document_says(tmp_path: Path) -> None:
    """`python -m tests.whole.walk` writes into the document what is printed today."""
    folder = tmp_path / "fuhan"
    folder.mkdir()
    with closing(walk(DOCUMENT.read_text("utf-8"), folder)) as walking:
        for command, printed in walking:
            assert masked(printed) == masked(command.printed), command.line


def test_the_walk_leads_from_install_to_restore() -> None:
    steps = [
        each.line for each in commands(DOCUMENT.read_text("utf-8")) if isinstance(each, Command)
    ]
    verbs = [line.split()[1] for line in steps if line.startswith("fuhan ")]
    wanted = [
        "--version",
        "init",
        "check",
        "serve",
        "notify",
        "crawl",
        "diff",
        "backup",
        "restore",
        "verify",
    ]
    assert [each for each in dict.fromkeys(verbs) if each in wanted] == wanted


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param("2026-11-28 19:12:35,437 INFO x", "TIME INFO x", id="a log's time"),
        pytest.param("2026-11-28T19:12:35+08:00 x", "TIME x", id="a time with offset"),
        pytest.param("a   b\nc      d\n", "a  b\nc  d", id="columns"),
        pytest.param(f"city {'0a' * 32}", "city DIGEST", id="a hash"),
        pytest.param("12 listed, 3 errors", "12 listed, 3 errors", id="counts stay"),
    ],
)
def test_only_what_differs_each_time_is_masked(printed: str, expected: str) -> None:
    assert masked(printed) == expected
