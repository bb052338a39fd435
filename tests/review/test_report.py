import json
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from pypdf import PdfReader
from sqlalchemy import select

from letters.change import Significance
from review.report import build
from storage import queries
from storage.database.archive import Archive, open_archive
from storage.queries import ChangeFilter
from storage.schema.tables import changes as changes_table
from tests.archive_copy import archive_url, copy_archive
from tests.review.conftest import ZONE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def test_the_three_reports_contain_the_same_changes(demo_folder: Path, archive: Archive) -> None:
    data = json.loads((demo_folder / "report.json").read_text("utf-8"))
    page = (demo_folder / "report.html").read_text("utf-8")
    text = (demo_folder / "report.md").read_text("utf-8")
    assert len(data["changes"]) >= 10
    with archive.reading() as connection:
        known = {each.id for each in queries.changes(connection, ChangeFilter())}
    for change in data["changes"]:
        assert change["id"] in known
        assert change["letter"]["title"] in page
        assert f'id="change-{change["id"]}"' in page
        for edit in change["edits"]:
            if edit["category"] == "figure":
                assert f"<del>{edit['old']}</del>" in page
                assert f"<ins>{edit['new']}</ins>" in text


def test_the_html_report_needs_no_other_file(demo_folder: Path) -> None:
    page = (demo_folder / "report.html").read_text("utf-8")
    assert not re.search(r"<(script|link|img|iframe)\b| src=", page)
    assert "default-src 'none'" in page


def test_the_report_lists_the_crawls(demo_folder: Path) -> None:
    data = json.loads((demo_folder / "report.json").read_text("utf-8"))
    assert [crawl["outcome"] for crawl in data["crawls"]] == ["complete", "complete"]
    assert sum(data["counts"]["kind"].values()) == data["counts"]["total"]


def page_ids(page: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', page)


def test_each_link_of_the_report_leads_to_one_place_in_it(demo_folder: Path) -> None:
    page = (demo_folder / "report.html").read_text("utf-8")
    links = re.findall(r'href="#([^"]+)"', page)
    assert len(links) > 20
    assert set(links) <= set(page_ids(page))
    assert len(page_ids(page)) == len(set(page_ids(page)))


def test_the_contents_list_what_weighs_most_first(demo_folder: Path, archive: Archive) -> None:
    page = (demo_folder / "report.html").read_text("utf-8")
    contents = page[page.index("<nav") : page.index("</nav>")]
    listed = [int(each) for each in re.findall(r'href="#change-(\d+)"', contents)]
    printed = [int(each) for each in re.findall(r'<article[^>]* id="change-(\d+)"', page)]
    assert listed == printed
    with archive.reading() as connection:
        changes = [queries.change(connection, each) for each in listed]
    weights = [list(Significance).index(each.significance) for each in changes if each]
    assert weights == sorted(weights)


def test_a_report_says_only_once_what_was_edited(demo_folder: Path) -> None:
    page = (demo_folder / "report.html").read_text("utf-8")
    data = json.loads((demo_folder / "report.json").read_text("utf-8"))
    articles = dict(
        re.findall(r'<article[^>]* id="change-(\d+)">(.*?)</article>', page, re.DOTALL)
    )
    edited = [each for each in data["changes"] if each["kind"] == "edited"]
    for change in edited:
        shown = re.sub(r"<details.*?</details>", "", articles[str(change["id"])], flags=re.DOTALL)
        assert shown.count("<li>") == len(change["edits"])


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_seventy_changes_are_printed_on_fifteen_pages(many_changes: Archive) -> None:
    text = build(
        many_changes,
        since=None,
        until=None,
        format="html",
        language="zh",
        timezone=ZONE,
        now=datetime.now(UTC) + timedelta(days=1),
    )
    assert text.count("<article") == 70
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page()
        page.set_content(text)
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        chromium.close()
    assert len(PdfReader(BytesIO(printed)).pages) <= 15


@pytest.fixture
def many_changes(two_nights: Path, tmp_path: Path) -> Iterator[Archive]:
    """Return an archive with 70 changes: those of two nights again and again."""
    copy_archive(two_nights / "fuhan.db", tmp_path / "fuhan.db")
    with closing(open_archive(archive_url(tmp_path / "fuhan.db"), create=False)) as archive:
        with archive.writing() as connection:
            is_news = changes_table.c.baseline.is_(False), changes_table.c.kind != "published"
            rows = connection.execute(select(changes_table).where(*is_news)).mappings().all()
            missing = 70 - len(rows)
            more = [{**row} for row, _ in zip(cycle(rows), range(missing), strict=False)]
            for row in more:
                row.pop("id")
            connection.execute(changes_table.insert(), more)
        yield archive
