"""A parameter that can't be read is refused in the reader's language, with what it could be."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from letters.change import ChangeKind
from letters.letter_record import Status
from letters.review import ReviewState
from review.terms import TERMS

MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
LINK = re.compile(r'<a href="([^"]+)">([^<]+)</a>')
CODE = re.compile(r"<code>.*?</code>", re.DOTALL)


def main_of(browser: TestClient, path: str, language: str) -> str:
    answer = browser.get(f"{path}&lang={language}")
    assert answer.status_code == 400
    (main,) = MAIN.findall(answer.text)
    return str(main)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        pytest.param("/changes?kind=eaten", "kind", id="no kind"),
        pytest.param("/changes?since=soon", "since", id="no moment"),
        pytest.param("/changes?limit=many", "limit", id="no number of rows"),
        pytest.param("/changes?letter=x", "letter", id="no id"),
        pytest.param("/changes?baseline=2", "baseline", id="no boolean"),
        pytest.param("/changes?cursor=2", "cursor", id="no cursor"),
        pytest.param("/letters?status=lost", "status", id="no status"),
        pytest.param("/review?at=x", "at", id="no change to begin at"),
        pytest.param(f"/review?text={'x' * 201}", "text", id="a text that is too long"),
        pytest.param("/?after=nobody", "nobody", id="no source"),
    ],
)
def test_it_is_said_in_the_readers_language_what_was_asked_and_expected(
    browser: TestClient, path: str, name: str
) -> None:
    chinese, english = (main_of(browser, path, language) for language in ("zh", "en"))
    asked = path[:80]  # a long value is cut
    for main in (chinese, english):
        (shown,) = CODE.findall(main)
        assert asked in unescape(shown)
        assert re.search(rf"\b{name}\b", CODE.sub("", main))
    value = path.partition("=")[2][:60]
    said = re.sub(r"<[^>]*>", "", CODE.sub("", chinese)).replace(value, "")
    assert set(re.findall(r"[A-Za-z]{2,}", said)) <= {name, "true", "false"}
    assert not re.search(r"[\u4e00-\u9fff]", english)


@pytest.mark.parametrize(
    ("path", "name", "choices"),
    [
        ("/changes", "kind", ChangeKind),
        ("/changes", "state", ReviewState),
        ("/letters", "status", Status),
    ],
)
def test_what_it_can_be_are_links(
    browser: TestClient, path: str, name: str, choices: type[ChangeKind]
) -> None:
    links = dict(LINK.findall(main_of(browser, f"{path}?{name}=x", "zh")))
    for each in choices:
        link = f"{path}?{name}={each.value}"
        assert links[link] == TERMS.get(f"{name}.{each.value}", (links[link],))[0]
        assert browser.get(link).status_code == 200
    assert path in links  # the same without it


def test_a_long_value_is_cut(browser: TestClient) -> None:
    main = main_of(browser, f"/changes?kind={'y' * 5000}", "en")
    assert len(main) < 3000


def test_an_age_stays_where_a_day_can_be_picked(browser: TestClient) -> None:
    for path in ("/changes", "/review"):
        fields = [
            re.search(rf'<input([^>]*) name="since" value="{value}"', browser.get(link).text)
            for value, link in (
                ("", f"{path}?"),
                ("2026-11-23", f"{path}?since=2026-11-23"),
                ("7d", f"{path}?since=7d"),
                ("2026-11-23T08:00", f"{path}?since=2026-11-23T08:00"),
            )
        ]
        assert [each and each[1] for each in fields] == [' type="date"', ' type="date"', "", ""]
