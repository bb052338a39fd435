import json
import re
from pathlib import Path

from storage import queries
from storage.database.archive import Archive
from storage.queries import ChangeFilter


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
