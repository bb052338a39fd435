"""Where the demo may keep its files: an archive that is not its own is never removed."""

from pathlib import Path

import pytest

from fuhan.demo_story import Demo
from fuhan.errors import UsageError
from fuhan.terminal.table import console

pytestmark = pytest.mark.sqlite("a file in a folder")


def test_an_archive_of_somebody_is_refused_and_stays(held: Path) -> None:
    before = held.read_bytes()
    with pytest.raises(UsageError, match="expected no archive"):
        Demo(held.parent, _never, console(markup=True)).run()
    assert held.read_bytes() == before


def test_a_file_that_is_no_archive_is_refused_and_stays(tmp_path: Path) -> None:
    file = tmp_path / "fuhan.db"
    file.write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="expected no archive"):
        Demo(tmp_path, _never, console(markup=True)).run()
    assert file.read_text("utf-8") == "mine"


def _never(*_: object) -> None:
    pytest.fail("a crawl was started")
