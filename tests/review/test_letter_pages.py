"""The pages of a letter: its versions, any two compared, its page as served, how it is cited; and what is not known."""

import re
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from letters.change import Change, ChangeKind
from letters.letter_record import LetterRecord, Version
from storage import queries
from storage.database.archive import Archive


@pytest.fixture(scope="module")
def edited(archive: Archive) -> Change:
    """Return a change of a figure in the text."""
    with archive.reading() as connection:
        return next(
            each
            for each in queries.changes(connection, queries.ChangeFilter(kind=ChangeKind.EDITED))
            if any(edit.category == "figure" and edit.field == "body" for edit in each.edits)
        )


@pytest.fixture(scope="module")
def versions(archive: Archive, edited: Change) -> list[Version]:
    with archive.reading() as connection:
        return queries.versions(connection, edited.letter.id)


@pytest.fixture(scope="module")
def record(archive: Archive, edited: Change) -> LetterRecord:
    with archive.reading() as connection:
        found = queries.letter(connection, edited.letter.id)
    assert found
    return found


def shown(browser: TestClient, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.text)


def test_an_old_version_opens_as_it_was_and_says_that_it_is_old(
    browser: TestClient, edited: Change
) -> None:
    (edit,) = edited.edits
    at = f"/letters/{edited.letter.id}"
    old, new = (shown(browser, f"{at}/versions/{number}?lang=en") for number in (1, 2))
    now = shown(browser, f"{at}?lang=en")
    assert edit.context.replace(edit.new or "", edit.old or "") in old
    assert all(edit.context in page for page in (new, now))
    assert "This is version 1, fetched" in old
    assert f'href="{at}/diff/1..2"' in old
    assert all("and not the newest" not in page for page in (new, now))


def test_any_two_versions_are_chosen_by_a_form_and_compared(
    browser: TestClient, edited: Change
) -> None:
    at = f"/letters/{edited.letter.id}"
    page = shown(browser, at)
    form = re.findall(rf'<form[^>]+action="{at}/diff" method="get">.*?</form>', page, re.DOTALL)
    assert [re.findall(r'<select name="(\w)"', each) for each in form] == [["a", "b"]]
    for path in (at, f"{at}/versions/1", f"{at}/versions/2"):
        assert re.findall(r'value="(\d)" selected', shown(browser, path)) == ["1", "2"]
    answer = browser.get(f"{at}/diff?a=2&b=1", follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{at}/diff/2..1")
    assert shown(browser, f"{at}/diff?a=2&b=1") == shown(browser, f"{at}/diff/2..1")


def test_the_timeline_leads_to_each_version_its_page_and_its_change(
    browser: TestClient, edited: Change
) -> None:
    at = f"/letters/{edited.letter.id}"
    page = shown(browser, at)
    for path in (
        f"{at}/versions/1", f"{at}/versions/2", f"{at}/versions/1/served",
        f"{at}/versions/2/served", f"{at}/diff/1..2", f"/changes/{edited.id}",
    ):  # fmt: skip
        assert f'href="{path}"' in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_version_is_cited_in_both_languages_with_all_that_finds_it_again(
    browser: TestClient, versions: list[Version], language: str
) -> None:
    for version in versions:
        path = f"/letters/{version.letter_id}/versions/{version.number}?lang={language}"
        chinese, english = re.findall(r'<pre class="cite".*?>(.*?)</pre>', shown(browser, path))
        for line in (chinese, english):
            for words in (
                version.letter.agency or "no agency",
                f"《{version.letter.title}》",
                version.url,
                version.letter.digest(),
            ):
                assert words in line
        assert f"fuhan 存档第 {version.number} 版" in chinese
        assert "（北京时间）" in chinese
        assert f"Version {version.number} at fuhan" in english
        assert "(Beijing time)" in english


def test_a_change_is_cited_with_its_window_and_both_digests(
    browser: TestClient, edited: Change, versions: list[Version]
) -> None:
    chinese, english = re.findall(
        r'<pre class="cite".*?>(.*?)</pre>', shown(browser, f"/changes/{edited.id}")
    )
    for line in (chinese, english):
        assert all(version.letter.digest() in line for version in versions)
    assert "被修改，共 1 处。" in chinese
    assert "Edited between" in english


def test_a_page_as_served_is_shown_as_source_with_how_it_was_answered(
    browser: TestClient, versions: list[Version]
) -> None:
    first = versions[0]
    page = browser.get(f"/letters/{first.letter_id}/versions/1/served").text
    for words in ("&lt;!DOCTYPE html&gt;", first.evidence, first.url, "text/html; charset=utf-8"):
        assert words in page
    assert '<!DOCTYPE html>\n<html lang="zh-CN">' not in page
    assert (
        f'<iframe class="served" sandbox src="/letters/{first.letter_id}/versions/1/page' in page
    )


def test_the_page_in_the_frame_may_do_nothing(
    browser: TestClient, versions: list[Version]
) -> None:
    at = f"/letters/{versions[0].letter_id}/versions/1"
    drawn, around = browser.get(f"{at}/page"), browser.get(f"{at}/served")
    policy = drawn.headers["Content-Security-Policy"].split("; ")
    assert policy[:3] == ["sandbox", "default-src 'none'", "style-src 'unsafe-inline'"]
    assert {"form-action 'none'", "base-uri 'none'", "frame-ancestors 'self'"} == {*policy[3:]}
    assert drawn.headers["X-Content-Type-Options"] == "nosniff"
    assert drawn.headers["Referrer-Policy"] == "no-referrer"
    assert drawn.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "现答复如下" in drawn.text
    assert "frame-src 'self'" in around.headers["Content-Security-Policy"]
    assert "script-src" not in around.headers["Content-Security-Policy"]
    for path in (
        "/",
        "/letters",
        f"/letters/{versions[0].letter_id}",
    ):  # nobody else frames or is framed
        assert "frame-src" not in browser.get(path).headers["Content-Security-Policy"]
        assert browser.get(path).headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        pytest.param("/letters/99999", 404, ["No letter has the number 99999", 'href="/letters"'], id="letter"),
        pytest.param("/changes/99999", 404, ["No change has the number 99999", 'href="/changes"'], id="change"),
        pytest.param("/changes/99999/evidence.zip", 404, ["No change has the number 99999"], id="evidence"),
        pytest.param("/letters/{letter}/versions/7", 404, ["no version 7; there are 1, 2", 'href="/letters/{letter}"'], id="version"),
        pytest.param("/letters/{letter}/versions/x", 404, ["No such page", 'href="/letters"'], id="no number of a version"),
        pytest.param("/letters/{letter}/versions/7/served", 404, ["no version 7; there are 1, 2"], id="page of no version"),
        pytest.param("/letters/{letter}/versions/1/served?part=3", 404, ["read from 1 page"], id="page beyond the last"),
        pytest.param("/letters/{letter}/versions/1/served?part=x", 400, ["part: a number is expected, not &#34;x&#34;"], id="no number of a page"),
        pytest.param("/letters/{letter}/diff/3..1", 404, ["no version 3; there are 1, 2"], id="one of two versions"),
        pytest.param("/letters/{letter}/diff?a=1&b=", 400, ["b: a number is expected, not &#34;&#34;"], id="nothing chosen"),
        pytest.param("/letters/{letter}/files/" + "0" * 64, 404, ["No version of this letter had a file"], id="file"),
        pytest.param("/nowhere", 404, ["No such page", "/nowhere", 'href="/"'], id="nowhere"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_with_what_is_and_a_way_on(
    browser: TestClient, edited: Change, path: str, status: int, said: list[str]
) -> None:
    path, *said = (each.format(letter=edited.letter.id) for each in (path, *said))
    language = f"{'&' if '?' in path else '?'}lang="
    english, chinese = (browser.get(path + language + each) for each in ("en", "zh"))
    assert (english.status_code, chinese.status_code) == (status, status)
    for words in said:
        assert words in english.text
    assert path.partition("?")[0] in english.text
    if status == 404:
        body = re.sub(
            r"<header.*?</header>|<footer.*?</footer>|<code>.*?</code>|<[^>]+>",
            "",
            chinese.text,
            flags=re.DOTALL,
        )
        assert re.findall(r"[A-Za-z]{4,}", body) == []


@pytest.mark.parametrize(
    ("path", "twin"),
    [
        ("/", "/api/changes"),
        ("/changes?kind=edited&lang=zh", "/api/changes?kind=edited"),
        ("/changes/1?view=sides", "/api/changes/1"),
        ("/letters?search=复函", "/api/letters?search=%E5%A4%8D%E5%87%BD"),
        ("/letters/{letter}", "/api/letters/{letter}"),
        ("/letters/{letter}/versions/1", "/api/letters/{letter}/versions/1"),
        ("/letters/{letter}/diff/1..2", "/api/letters/{letter}/diff/1..2"),
        ("/letters/{letter}/versions/1/served?part=1", "/api/letters/{letter}/versions/1"),
        ("/crawls", "/api/crawls"),
        ("/alarms?state=ended", "/api/alarms?state=ended"),
        ("/review", "/api/changes?state=open"),
        (
            "/review?kind=edited&state=flagged&at=1&limit=5",
            "/api/changes?state=flagged&kind=edited",
        ),
    ],
)
def test_each_page_names_where_its_json_is(
    browser: TestClient, edited: Change, path: str, twin: str
) -> None:
    path, twin = (each.format(letter=edited.letter.id) for each in (path, twin))
    link = re.findall(
        r'<link rel="alternate" type="application/json" href="(.*?)">', browser.get(path).text
    )
    assert [unescape(each) for each in link] == [twin]
    answer = browser.get(twin)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")


def test_no_page_is_without_its_json(browser: TestClient, edited: Change) -> None:
    samples = {"number": "1", "a": "1", "b": "2", "source": "demo", "sha256": "0"}
    pages = []
    for route in routes(browser.app):
        id_ = edited.id if route.startswith("/changes") else edited.letter.id
        path = re.sub(r"\{id:int\}", str(id_), route).format_map(samples)
        answer = browser.get(path, follow_redirects=False)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            pages.append(route)
            framed = "sandbox" in answer.headers["Content-Security-Policy"]  # a stranger's
            assert framed or '<link rel="alternate" type="application/json"' in answer.text, route
    assert len(pages) > 8


def routes(app: Any) -> list[str]:
    """Return the paths that an application answers, whatever it is wrapped in."""
    while not hasattr(app, "routes"):
        app = vars(app).get("_app") or app.app
    return [route.path for route in app.routes if "GET" in (getattr(route, "methods", None) or ())]


def test_the_largest_thing_on_the_page_of_a_change_is_the_change(
    browser: TestClient, edited: Change
) -> None:
    (edit,) = edited.edits
    page = shown(browser, f"/changes/{edited.id}")
    (heading,) = re.findall(r'<h1 class="glance">(.*?)</h1>', page, re.DOTALL)
    assert f"<del>{edit.old}</del>" in heading
    assert f"<ins>{edit.new}</ins>" in heading
    places = [
        page.index(each)
        for each in (
            'class="glance"',
            'class="lead"',
            'class="edits"',
            'id="whole"',
            "evidence.zip",
            'class="cite"',
        )
    ]
    assert places == sorted(places)


def test_long_words_that_are_gone_stand_whole_once(browser: TestClient, archive: Archive) -> None:
    with archive.reading() as connection:
        change, gone = max(
            (
                (change, edit.old or "")
                for change in queries.changes(connection, queries.ChangeFilter())
                for edit in change.edits
            ),
            key=lambda pair: len(pair[1]),
        )
    assert len(gone) > 80
    assert shown(browser, f"/changes/{change.id}").count(gone) == 1
