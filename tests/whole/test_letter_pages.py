"""A letter that is printed on several pages: an edit on any of them is told, and can be checked."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from replica import faults
from replica.compose import compose
from replica.pages import PAGERS
from replica.server import Replica

SCRIPT = Path(__file__).parents[2] / "docs" / "check_letter.py"


@pytest.fixture
def paged(tmp_path: Path, watch: Callable[..., Any], quick: Callable[..., Any]) -> Iterator[Any]:
    """Letters of three pages, one for each way of leading to them, and one of a single page."""
    with Replica(compose(letters=len(PAGERS) + 1, suggestions=0)) as served:
        for pager, each in zip(PAGERS, served.directory.documents, strict=False):
            each.pager, each.pages = pager, 3
        yield quick(served, watch(tmp_path, served.listing("proposal")))


def crawl(paged: Any, outcome: str = "complete") -> dict[str, Any]:
    ended: dict[str, Any] = paged.crawl()
    assert ended["outcome"] == outcome, ended["errors"]
    return ended


def test_a_letter_on_three_pages_is_read_whole_and_an_edit_on_the_last_is_told(paged: Any) -> None:
    crawl(paged)
    held = {each["url"]: each for each in paged.letters()}
    for each in paged.replica.directory.documents:
        letter = held[paged.replica.url + each.path]
        assert [block["text"] for block in letter["body"]] == [text for _, text in each.blocks]
        assert letter["contact"] == each.fields["contact"]  # which stands on its last page
    assert crawl(paged)["unchanged"] == len(held)
    for each in paged.replica.directory.documents:
        each.replace("401121", "401122")
    crawl(paged)
    changes = paged.changes()
    assert len(changes) == len(held)
    for change in changes:
        (edit,) = change["edits"]
        assert (edit["field"], edit["old"], edit["new"]) == ("postcode", "401121", "401122")
    paged.assert_sound()
    stranger_agrees(paged, len(held))
    paged.project.run("reparse")
    assert paged.changes() == changes


def stranger_agrees(paged: Any, letters: int) -> None:
    paged.project.run("export", "-o", "out")
    paged.project.run("export", "-o", "out", "--format", "warc")
    for letter in range(1, letters + 1):
        words = [sys.executable, "-I", str(SCRIPT), str(paged.project.folder / "out"), str(letter)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert (done.returncode, "BAD" in done.stdout) == (0, False), done.stdout


def _cut_off(body: bytes) -> bytes:
    """Return a page that ends behind the first paragraph of its text."""
    return body[: body.index(b"</p>", body.index(b'class="zwxl-article"'))]


@pytest.mark.parametrize(
    ("send", "reason"),
    [
        pytest.param(faults.status(404), "HTTP 404", id="gone"),
        pytest.param(faults.status(500), "HTTP 500", id="broken"),
        pytest.param(faults.reset(), "a further page of it", id="unreached"),
        pytest.param(faults.altered(_cut_off), "", id="cut off"),
    ],
)
def test_a_further_page_that_is_not_served_is_named_and_no_edit(
    paged: Any, send: faults.Send, reason: str
) -> None:
    crawl(paged)
    paged.replica.faults.add(r"_[12][.]html|page=2", send)
    reasons = [each["reason"] for each in crawl(paged, "partial")["errors"]]
    assert len(reasons) == len(PAGERS)
    assert all(reason in each for each in reasons), reasons
    paged.replica.faults.clear()
    crawl(paged)
    assert paged.changes() == []
    paged.assert_sound()


def test_a_letter_that_goes_on_by_a_script_is_held_and_named_in_each_crawl(paged: Any) -> None:
    letter = paged.replica.directory.documents[-1]
    letter.blocks.append(("html", "<p><a href='javascript:goPage(2)'>下一页</a></p>"))
    for _ in range(2):
        (error,) = crawl(paged, "partial")["errors"]
        assert error["url"].endswith(letter.path)
        assert "goes on by a script" in error["reason"]
    assert len(paged.letters()) == len(PAGERS) + 1
