import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from letters.change import ChangeKind
from storage.database.archive import Archive
from storage.schema.tables import changes as changes_table

Visitor = Callable[..., TestClient]
ATOM = "{http://www.w3.org/2005/Atom}"
LISTS = ["/api/letters", "/api/changes", "/api/crawls"]


def get(browser: TestClient, path: str) -> Any:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def schema(browser: TestClient, name: str) -> dict[str, Any]:
    found: dict[str, Any] = get(browser, "/api/openapi.json")["components"]["schemas"][name]
    return found


@pytest.mark.parametrize(
    ("path", "name"),
    [("/api/letters", "Letter"), ("/api/changes", "Change"), ("/api/crawls", "Crawl")],
)
def test_the_document_describes_what_is_answered(
    browser: TestClient, path: str, name: str
) -> None:
    described = schema(browser, name)["properties"]
    for row in get(browser, path):
        assert list(row) == list(described)
        for key, value in row.items():
            _fits(value, described[key])


def _fits(value: Any, described: dict[str, Any]) -> None:
    """Hold the types of plain values against the document; deeper ones by their keys."""
    if "enum" in described:
        assert value in described["enum"]
        return
    kinds = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}
    json_type = described.get("type", [])
    allowed = [json_type] if isinstance(json_type, str) else json_type
    if value is None:
        assert "null" in allowed
    elif allowed:
        assert isinstance(value, tuple(kinds[each] for each in allowed if each != "null"))
    if isinstance(value, dict) and described.get("properties"):
        assert list(value) == list(described["properties"])


def test_each_path_of_the_document_answers(browser: TestClient) -> None:
    for path in get(browser, "/api/openapi.json")["paths"]:
        assert browser.get(re.sub(r"\{\w+\}", "1", path)).status_code == 200


@pytest.mark.parametrize("path", LISTS)
def test_long_lists_come_in_parts_that_lead_on(browser: TestClient, path: str) -> None:
    whole = get(browser, f"{path}?limit=1000")
    parts, url = [], f"{path}?limit=2"
    while url:
        answer = browser.get(url)
        parts += answer.json()
        link = re.match(r'<(.+)>; rel="next"', answer.headers.get("Link", ""))
        url = link[1] if link else ""
    assert parts == whole


def test_one_letter_and_one_change_are_those_of_the_list(browser: TestClient) -> None:
    for name in ("letters", "changes"):
        first = get(browser, f"/api/{name}?limit=1")[0]
        assert get(browser, f"/api/{name}/{first['id']}") == first


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("changes?kind=eaten", "kind"),
        ("changes?significance=grave", "significance"),
        ("changes?baseline=maybe", "baseline"),
        ("changes?since=soon", "since"),
        ("changes?limit=-1", "limit"),
        ("letters?status=lost", "status"),
        ("letters?offset=x", "offset"),
        ("crawls?limit=99999999999999999999", "limit"),
    ],
)
def test_what_cant_be_meant_is_named(browser: TestClient, query: str, named: str) -> None:
    answer = browser.get(f"/api/{query}")
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(named)
    page = browser.get(f"/{query}")
    assert page.status_code == 400
    assert named in page.text


@pytest.mark.parametrize("path", ["letters/99999", "changes/0", f"letters/{10**30}"])
def test_what_is_not_there_is_said_to_be_unknown(browser: TestClient, path: str) -> None:
    answer = browser.get(f"/api/{path}")
    assert answer.status_code == 404
    assert "is not known" in answer.json()["error"]
    assert browser.get(f"/{path}").status_code == 404


def test_changes_are_filtered_as_requested(browser: TestClient) -> None:
    for kind in ChangeKind:
        assert {row["kind"] for row in get(browser, f"/api/changes?kind={kind}")} <= {kind}
    assert get(browser, "/api/changes?source=nobody") == []
    assert get(browser, "/api/changes?until=0001-01-01") == []
    far = get(browser, "/api/changes?since=0001-01-01&until=9999-12-31")
    assert far == get(browser, "/api/changes")
    assert get(browser, "/api/changes?since=2099-01-01") == []
    week = "/api/changes?baseline=1&since=7d&until=2099-01-01T00:00:00+08:00"
    assert len(get(browser, week)) > 60


def test_until_a_day_is_to_its_end(browser: TestClient) -> None:
    newest = get(browser, "/api/changes?limit=1")[0]
    day = (
        datetime.fromisoformat(newest["detected_at"]).astimezone(ZoneInfo("Asia/Shanghai")).date()
    )
    assert newest in get(browser, f"/api/changes?since={day}&until={day}")
    assert newest not in get(browser, f"/api/changes?until={day - timedelta(days=1)}")


def test_letters_are_searched(browser: TestClient) -> None:
    held = get(browser, "/api/letters")[0]
    found = get(browser, f"/api/letters?search={held['number']}")
    assert held["id"] in {row["id"] for row in found}
    assert len(found) < 60
    assert held["title"] in browser.get(f"/letters?search={held['number']}").text


def test_a_letter_that_says_a_word_is_shown_with_the_line_and_its_version(
    browser: TestClient,
) -> None:
    change = get(browser, "/api/changes?kind=edited")[0]
    gone = next(edit["old"] for edit in change["edits"] if edit["old"])
    page = browser.get("/letters", params={"search": f'"{gone}"'}).text
    assert f"<mark>{gone}</mark>" in page
    assert f"/letters/{change['letter']['id']}/diff/1..2" in page


def test_too_many_words_are_a_bad_request(browser: TestClient) -> None:
    answer = browser.get("/letters", params={"search": " ".join(map(str, range(51)))})
    assert answer.status_code == 400
    assert "检索词太多：最多 50 个。" in answer.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_page_answers_in_both_languages(browser: TestClient, language: str) -> None:
    edited = get(browser, "/api/changes?kind=edited")[0]
    letter = edited["letter"]["id"]
    paths = [f"/changes/{row['id']}" for row in get(browser, "/api/changes?baseline=1")]
    paths += ["/", "/changes", "/letters", f"/letters/{letter}", "/crawls"]
    paths += [f"/letters/{letter}/diff/1..2", f"/letters/{letter}/diff/2..1?view=inline"]
    for path in paths:
        page = browser.get(path, params={"lang": language} if "?" not in path else None)
        assert page.status_code == 200, path
        assert f'lang="{"zh-Hans" if language == "zh" else "en"}"' in page.text


def test_the_language_that_was_chosen_stays(browser: TestClient) -> None:
    assert "总览" in browser.get("/", headers={"Accept-Language": "zh-CN"}).text
    browser.get("/?lang=en")
    assert "Overview" in browser.get("/", headers={"Accept-Language": "zh-CN"}).text


def test_a_change_shows_both_sides_the_edit_and_the_evidence(browser: TestClient) -> None:
    edits = (
        (row, edit)
        for row in get(browser, "/api/changes?kind=edited")
        for edit in row["edits"]
        if edit["category"] == "figure"
    )
    row, edit = next(edits)
    for view in ("sides", "inline"):
        page = browser.get(f"/changes/{row['id']}?view={view}").text
        assert f"<del>{edit['old']}</del>" in page
        assert f"<ins>{edit['new']}</ins>" in page
    held = get(browser, f"/api/letters/{row['letter']['id']}")
    assert held["digest"] in page


def test_a_version_that_never_was_is_not_compared(browser: TestClient) -> None:
    letter = get(browser, "/api/changes?kind=edited")[0]["letter"]["id"]
    answer = browser.get(f"/letters/{letter}/diff/1..9?lang=en")
    assert answer.status_code == 404
    assert "This letter has no version 9; there are 1, 2." in answer.text
    assert f'href="/letters/{letter}"' in answer.text


def test_health_says_why_the_service_is_not_well(visitor: Visitor) -> None:
    assert visitor().get("/healthz").text == "ok\n"
    ill = visitor("the schedule does not run").get("/healthz")
    assert (ill.status_code, ill.text) == (503, "the schedule does not run\n")
    page = visitor("the schedule does not run")
    assert "计划没有运行" in page.get("/?lang=zh").text
    assert "the schedule does not run" in page.get("/?lang=en").text


def test_the_feed_has_an_entry_a_change_and_filters(browser: TestClient) -> None:
    def entries(query: str = "") -> dict[str, str]:
        feed = ET.fromstring(browser.get(f"/feed.atom{query}").content)  # noqa: S314 - ours
        found = feed.iter(f"{ATOM}entry")
        return {
            each.findtext(f"{ATOM}id", ""): each.findtext(f"{ATOM}title", "") for each in found
        }

    assert len(entries()) == min(len(get(browser, "/api/changes?limit=1000")), 100)
    assert entries() == entries()
    assert all(name.startswith("urn:fuhan:demo:change:") for name in entries())
    assert entries("?source=nobody") == {}
    minor = entries("?significance=minor")
    assert len(minor) == len(get(browser, "/api/changes?significance=minor"))


def test_a_held_change_is_shown_but_not_announced(browser: TestClient, archive: Archive) -> None:
    row = get(browser, "/api/changes?kind=edited")[0]
    name = f"urn:fuhan:demo:change:{row['id']}<"
    assert name in browser.get("/feed.atom").text
    here = changes_table.c.id == row["id"]
    with archive.writing() as connection:
        connection.execute(changes_table.update().where(here).values(held=True))
    try:
        assert name not in browser.get("/feed.atom").text
        assert get(browser, f"/api/changes/{row['id']}")["held"] is True
        assert "待核" in browser.get(f"/changes/{row['id']}?lang=zh").text
    finally:
        with archive.writing() as connection:
            connection.execute(changes_table.update().where(here).values(held=False))


def test_metrics_are_of_the_prometheus_form(browser: TestClient) -> None:
    answer = browser.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    line = re.compile(
        r'(# HELP \w+ .+|# TYPE \w+ (gauge|counter)|fuhan_\w+(\{(\w+="[^"]*",?)*\})? -?[\d.e+]+)'
    )
    lines = answer.text.splitlines()
    assert all(line.fullmatch(each) for each in lines)
    assert "fuhan_up 1" in lines
    assert 'fuhan_letters{source="demo",status="withdrawn"} 2' in lines
    typed = {each.split()[2] for each in lines if each.startswith("# TYPE")}
    assert {re.split(r"[{ ]", each)[0] for each in lines if each[0] != "#"} <= typed
