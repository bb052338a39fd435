"""The letters of a first crawl are shown where they are asked for, and nowhere else."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from review.report import build
from storage import queries
from storage.database.archive import Archive
from storage.queries import ChangeFilter

FIRST_LETTERS = 60  # of the demo's first crawl; no letter is published in its nights
Visitor = Callable[..., TestClient]


@pytest.fixture
def news(archive: Archive) -> int:
    with archive.reading() as connection:
        return queries.count_changes(connection, ChangeFilter(baseline=False))


def api(browser: TestClient, query: str) -> list[dict[str, Any]]:
    answer = browser.get(f"/api/changes?limit=1000&{query}")
    assert answer.status_code == 200
    rows: list[dict[str, Any]] = answer.json()
    assert answer.headers["X-Total-Count"] == str(len(rows))
    return rows


@pytest.mark.parametrize("word", ["1", "true"])
def test_the_api_lists_them_when_requested(browser: TestClient, news: int, word: str) -> None:
    rows = api(browser, f"baseline={word}")
    assert [each["kind"] for each in rows if each["baseline"]] == ["published"] * FIRST_LETTERS
    assert [each for each in rows if not each["baseline"]] == api(browser, "")
    assert len(rows) == FIRST_LETTERS + news


@pytest.mark.parametrize("query", ["", "baseline=", "baseline=0", "baseline=false"])
def test_the_api_leaves_them_out_otherwise(browser: TestClient, news: int, query: str) -> None:
    rows = api(browser, query)
    assert len(rows) == news
    assert not any(each["baseline"] for each in rows)


@pytest.mark.parametrize("word", ["maybe", "2", "TRUE", "0 "])
@pytest.mark.parametrize("path", ["/api/changes", "/changes", "/feed.atom"])
def test_neither_yes_nor_no_is_refused(browser: TestClient, path: str, word: str) -> None:
    answer = browser.get(path, params={"baseline": word})
    assert answer.status_code == 400
    assert "baseline" in answer.text


def test_one_of_them_is_shown_whoever_asks(browser: TestClient) -> None:
    one = api(browser, "baseline=1")[-1]
    assert one["baseline"]
    assert browser.get(f"/api/changes/{one['id']}").json() == one
    assert "first crawl" in browser.get(f"/changes/{one['id']}?lang=en").text
    assert f"/changes/{one['id']}" in browser.get(f"/letters/{one['letter']['id']}").text


@pytest.mark.parametrize("path", ["/", "/changes", "/feed.atom", "/changes?kind=published"])
def test_pages_and_feed_do_not_tell_them(browser: TestClient, path: str) -> None:
    first = {f"/changes/{each['id']}" for each in api(browser, "baseline=1") if each["baseline"]}
    shown = browser.get(path).text
    assert not any(f'{link}"' in shown for link in first)


def test_the_page_says_how_many_it_does_not_show_and_leads_to_them(browser: TestClient) -> None:
    shown = browser.get("/changes?lang=en").text
    assert f"{FIRST_LETTERS} letters of first crawls are not shown" in shown
    assert 'href="/changes?lang=en&amp;baseline=1"' in shown
    all_shown = browser.get("/changes?lang=en&baseline=1&kind=published").text
    assert "hide them" in all_shown
    assert f"{FIRST_LETTERS} in all" in all_shown
    assert 'name="baseline" value="1"' in all_shown  # a filter keeps what was asked
    assert "first crawls are" not in browser.get("/changes?lang=en&kind=edited").text


def test_the_first_page_counts_news(browser: TestClient, news: int) -> None:
    assert f"{news} changes" in browser.get("/?lang=en").text


def test_metrics_count_them_apart(browser: TestClient, news: int) -> None:
    lines = browser.get("/metrics").text.splitlines()
    counted = [line for line in lines if line.startswith("fuhan_changes_total{")]
    assert sum(float(line.split()[-1]) for line in counted) == news
    assert f"fuhan_baseline_letters_total {FIRST_LETTERS}" in lines


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("baseline", [True, False])
def test_a_report_lists_them_when_requested_and_else_counts_them(
    archive: Archive, *, baseline: bool, language: Any
) -> None:
    with archive.reading() as connection:
        letters = queries.changes(connection, ChangeFilter(baseline=True))
        old = [each.letter.title for each in letters]
        changed_titles = {
            each.letter.title for each in queries.changes(connection, ChangeFilter(baseline=False))
        }
    untouched = next(title for title in old if title not in changed_titles)
    for form in ("html", "md"):
        text = built(archive, form, baseline=baseline, language=language)
        assert (untouched in text) is baseline
        assert str(FIRST_LETTERS) in text
        assert (f"其中 {FIRST_LETTERS} 件" in text or "of them are letters" in text) is baseline
        heading = "首次抓取时已有的复函" if language == "zh" else "Letters of first crawls"
        assert (f"## {heading}" in text or f"{heading}</h2>" in text) is baseline


def test_a_report_in_json_has_them_when_requested(archive: Archive, news: int) -> None:
    for baseline, many in ((False, news), (True, news + FIRST_LETTERS)):
        data = json.loads(built(archive, "json", baseline=baseline))
        assert (data["counts"]["total"], len(data["changes"])) == (many, many)
        assert data["counts"]["baseline"] == FIRST_LETTERS


def built(archive: Archive, form: Any, **options: Any) -> str:
    return build(
        archive, since=None, until=None, format=form, timezone=ZoneInfo("Asia/Shanghai"),
        now=datetime.now(UTC), **{"language": "zh", **options},
    )  # fmt: skip


def test_the_report_of_the_demo_names_none(demo_folder: Path) -> None:
    data = json.loads((demo_folder / "report.json").read_text("utf-8"))
    assert not any(each["baseline"] for each in data["changes"])
