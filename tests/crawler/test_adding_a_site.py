"""docs/adding-a-site.md, followed to the letter, makes a site readable that was not."""

import json
import re
import subprocess
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from runpy import run_path

import pytest

from crawler.page.dom import Page
from crawler.page.reader import PageChangedError, read_page
from crawler.sites import FAMILIES, Family
from letters.letter import Kind
from tests.crawler.saved_pages import assert_golden, read_saved
from tests.python_server.command import forked_fuhan
from tests.whole.sites import Answer, Asked, Site, serve

GUIDE = Path(__file__).parents[2] / "docs" / "adding-a-site.md"


def blocks(language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "vsb"
    folder.mkdir()
    for name, html in zip(["directory.html", "letter.html"], blocks("html"), strict=True):
        (folder / name).write_text(html, encoding="utf-8")
    return folder


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Family:
    (text,) = blocks("python")
    module = tmp_path / "vsb.py"
    module.write_text(text, encoding="utf-8")
    family: Family = run_path(str(module))["VSB"]
    monkeypatch.setitem(FAMILIES, family.name, family)
    return family


def test_before_the_guide_the_rows_are_read_and_no_letter(saved: Path) -> None:
    assert len(read_saved(saved / "directory.html")) == 3
    html = (saved / "letter.html").read_text("utf-8")
    with pytest.raises(PageChangedError, match="body container missing"):
        read_page(Page(html, "http://gov.example/info/1050/1.htm"), Kind.PROPOSAL)


@pytest.mark.usefixtures("added")
def test_after_the_guide_the_directory_lists_its_letters(saved: Path) -> None:
    rows = read_saved(saved / "directory.html")
    assert [row["listed_on"] for row in rows] == ["2022-06-17", "2022-06-16", "2022-06-15"]
    assert all("/info/1050/" in row["url"] for row in rows)


@pytest.mark.usefixtures("added")
def test_after_the_guide_the_letter_is_read_as_it_says(saved: Path) -> None:
    (golden,) = map(json.loads, blocks("json"))
    letter = read_saved(saved / "letter.html")
    assert {name: letter[name] for name in golden} == golden


@pytest.mark.usefixtures("added")
def test_a_golden_file_that_is_missing_is_written_and_fails_once(saved: Path) -> None:
    with pytest.raises(AssertionError, match="compare it with the page"):
        assert_golden(saved / "letter.html")
    assert_golden(saved / "letter.html")


def test_what_a_probe_saves_is_green_once_the_family_is_there(
    saved: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    pages = {path.name: path.read_bytes() for path in saved.iterdir()}
    kept = tmp_path / "kept" / "vsb"
    with serve(Site(answering=partial(_answer, pages))) as site:
        url = f"{site.url}/tagk/"
        quick = tmp_path / "quick.yaml"
        entry = f"{{name: a, agency: b, kind: proposal, listing: '{url}'}}"
        quick.write_text(f"sources: [{entry}]\ncrawl: {{delay: 0}}\n", encoding="utf-8")
        command = [*forked_fuhan(), "--config", str(quick), "probe", url, "--save", str(kept)]
        probed = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "body container missing" in probed.stderr.partition("\n")[0], probed.stderr
    assert (kept / "directory.html").read_bytes() == pages["directory.html"]
    assert_golden(kept / "directory.html")
    request.getfixturevalue("added")
    letters = sorted(kept.glob("letter*.html"))
    assert [letter.read_bytes() for letter in letters] == [pages["letter.html"]] * 3
    first = kept / "letter.html"
    first.with_suffix(".json").unlink(missing_ok=True)
    with pytest.raises(AssertionError, match="compare it with the page"):
        assert_golden(first)
    assert_golden(first)
    golden = json.loads(first.with_suffix(".json").read_text("utf-8"))
    assert (golden["number"], golden["url"]) == ("0501", f"{site.url}/info/1050/12345.htm")


def _answer(pages: Mapping[str, bytes], asked: Asked) -> Answer | None:
    if asked.path == "/tagk/":
        return Answer(pages["directory.html"])
    return Answer(pages["letter.html"]) if asked.path.startswith("/info/") else None


def test_the_guide_names_the_families_that_there_are(added: Family) -> None:
    named = re.findall(r"for family in \((.*)\)\}", GUIDE.read_text("utf-8"))[0]
    assert [name.lower() for name in named.split(", ")] == [*FAMILIES]
    assert added.name == [*FAMILIES][-1]
