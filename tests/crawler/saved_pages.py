"""Saved pages of sites, and the golden file beside each that says what is read from it."""

import json
from pathlib import Path
from typing import Any

from crawler.http.decoding import decode
from crawler.page.dom import Page
from crawler.sites import FAMILIES
from fuhan.probe.saved_pages import SERVED, read_saved_page
from letters.letter import Kind

PAGES = Path(__file__).parent / "pages"
URL = "http://gov.example/zwgk/tagk/"


def read_saved(saved: Path) -> Any:
    """Return what is read from a saved page: a directory's rows, or a letter, as JSON holds it.

    A page that `fuhan probe --save` kept is read under its own address. In a folder that is called
    as a family is, each letter must be of that family.
    """
    served = _served(saved)
    if not saved.name.startswith("directory") and saved.parent.name in FAMILIES:
        own = served[saved.name]
        family = Page(decode(saved.read_bytes(), own["content_type"]), own["url"]).family.name
        assert family == saved.parent.name, f"{saved} is recognised as {family}"
    return read_saved_page(saved, served)


def _served(saved: Path) -> dict[str, dict[str, str]]:
    """Return how the files of a folder were served; a page made up where that is not kept."""
    name = "" if saved.name.startswith("directory") else saved.name
    made_up = {"url": f"{URL}{name}", "content_type": "text/html", "kind": Kind.PROPOSAL.value}
    file = saved.with_name(SERVED)
    kept: dict[str, dict[str, str]] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return {saved.name: made_up, **kept}


def assert_golden(saved: Path) -> None:
    """Check a saved page against its golden file; write that where there is none, and fail."""
    file = saved.with_suffix(".json")
    read = read_saved(saved)
    if not file.exists():
        text = json.dumps(read, ensure_ascii=False, indent=1)
        file.write_text(text + "\n", encoding="utf-8")
        raise AssertionError(f"{file} was written: compare it with the page, field by field")
    assert read == json.loads(file.read_text(encoding="utf-8"))
