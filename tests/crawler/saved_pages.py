"""Saved pages of a family of sites, and the golden file beside each that says what is read from it."""

import json
from pathlib import Path
from typing import Any

from crawler.directory.page import read_directory
from crawler.http.decoding import decode
from crawler.page.dom import Page
from crawler.page.reader import read_page
from letters.letter import Kind, letter_to_json

PAGES = Path(__file__).parent / "pages"
URL = "http://gov.example/zwgk/tagk/"


def read_saved(saved: Path) -> Any:
    """Return what is read from a saved page: a directory's rows, or a letter, as JSON holds it."""
    html = decode(saved.read_bytes(), "text/html")
    if saved.name.startswith("directory"):
        return [
            {
                "url": row.url,
                "title": row.title,
                "listed_on": row.listed_on and row.listed_on.isoformat(),
            }
            for row in read_directory(html, URL).rows
        ]
    page = Page(html, f"{URL}{saved.name}")
    assert page.family.name == saved.parent.name, f"{saved} is recognised as {page.family.name}"
    return json.loads(json.dumps(letter_to_json(read_page(page, Kind.PROPOSAL))))


def assert_golden(saved: Path) -> None:
    """Check a saved page against its golden file; write that where there is none, and fail."""
    golden = saved.with_suffix(".json")
    read = read_saved(saved)
    if not golden.exists():
        text = json.dumps(read, ensure_ascii=False, indent=1)
        golden.write_text(text + "\n", encoding="utf-8")
        raise AssertionError(f"{golden} was written: compare it with the page, field by field")
    assert read == json.loads(golden.read_text(encoding="utf-8"))
