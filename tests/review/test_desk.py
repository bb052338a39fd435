"""People decide on changes, one after another or many at once, and nobody overrules another unseen."""

import html
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from fuhan.archive_audit import audit
from letters.change import Change, Significance
from letters.review import Review, ReviewState
from storage import queries
from storage.database.archive import Archive, open_archive
from storage.derived import review_list
from tests.archive_copy import archive_url, copy_archive

Visitor = Callable[..., TestClient]
PEOPLE = {"李雷": "peony", "Han": "lotus"}
WEIGHTS = [each.value for each in Significance]


@pytest.fixture
def copy(two_nights: Path, tmp_path: Path) -> Iterator[Archive]:
    copy_archive(two_nights / "fuhan.db", tmp_path / "fuhan.db")
    with closing(open_archive(archive_url(tmp_path / "fuhan.db"), create=False)) as opened:
        yield opened


@pytest.fixture
def desk(visitor: Visitor, copy: Archive) -> Callable[..., "Desk"]:
    """Return what signs a person in."""

    def signed_in(name: str = "李雷", **settings: Any) -> Desk:
        browser = visitor(over=copy, people=PEOPLE, **settings)
        browser.headers["Authorization"] = f"Bearer {PEOPLE[name]}"
        return Desk(browser)

    return signed_in


class Desk:
    """A person before the page for decisions, who sees its forms and presses their buttons."""

    def __init__(self, browser: TestClient) -> None:
        self.browser = browser
        self.open()

    def open(self, query: str = "") -> "Desk":
        self.answer = self.browser.get(f"/review?{query}")
        return self

    @property
    def change_id(self) -> int:
        """The change that is to be decided."""
        found = re.search(
            r'<article class="deciding">\s*<p class="meta"><a href="/changes/(\d+)"', self.text
        )
        assert found
        return int(found[1])

    @property
    def text(self) -> str:
        return self.answer.text

    def listed(self) -> list[int]:
        return [
            int(each)
            for each in re.findall(r'type="checkbox" name="change" value="(\d+):', self.text)
        ]

    def fields(self, which: str) -> dict[str, list[str]]:
        """The fields of a form, as the browser sends them: `decision`, `bulk`, `undo`, `conflict`."""
        form = re.search(rf'<form (?:id|class)="{which}"(.*?)</form>', self.text, re.DOTALL)
        assert form, self.text
        found: dict[str, list[str]] = {}
        for name, value in re.findall(r'<input [^>]*?name="(\w+)" value="([^"]*)"', form[1]):
            found.setdefault(name, []).append(html.unescape(value))
        return found

    def press(self, which: str, **changed: Any) -> "Desk":
        """Send a form with its fields, some changed; None leaves one out."""
        form = {**self.fields(which), **changed}
        data = {name: value for name, value in form.items() if value is not None}
        path = "/review/undo" if which == "undo" else "/review"
        self.answer = self.browser.post(path, data=data)
        return self


def change(archive: Archive, change_id: int) -> Change:
    with archive.reading() as connection:
        found = queries.change(connection, change_id)
    assert found
    return found


def history(archive: Archive, change_id: int) -> list[Review]:
    with archive.reading() as connection:
        return list(queries.reviews(connection, change_id))


def is_sound(archive: Archive) -> bool:
    return not audit(archive).damages


def test_the_weightiest_is_decided_first_and_of_these_the_newest(
    desk: Callable[..., Desk], copy: Archive
) -> None:
    page = desk().open("limit=100")
    changes = [change(copy, each) for each in page.listed()]
    places = [
        (WEIGHTS.index(each.significance), -each.detected_at.timestamp(), -each.id)
        for each in changes
    ]
    assert len(changes) > 10
    assert places == sorted(places)
    assert page.change_id == changes[0].id
    assert not any(each.baseline for each in changes)


@pytest.mark.parametrize("state", ["accepted", "dismissed", "flagged"])
def test_a_decision_is_recorded_in_the_persons_name_and_the_next_change_shown(
    desk: Callable[..., Desk], copy: Archive, state: str
) -> None:
    page = desk()
    first, second = page.listed()[:2]
    page.press("decision", state=state, note="见附件\r\n第二行", tags="财政，住建, 财政")
    (review,) = history(copy, first)
    assert (review.state.value, review.who, review.note) == (state, "李雷", "见附件\n第二行")
    assert review.tags == ("住建", "财政")
    assert page.change_id == second
    assert first not in page.listed()
    assert is_sound(copy)


def test_one_goes_on_where_one_is_and_begins_again_at_the_end(desk: Callable[..., Desk]) -> None:
    page = desk()
    ids = page.listed()
    page.open(f"limit=100&at={ids[2]}")
    assert page.change_id == ids[2]
    assert 'rel="prev">' in page.text
    assert page.press("decision", state="accepted").change_id == ids[3]
    last = page.open(f"limit=100&at={ids[3]}").listed()[-1]
    assert page.open(f"at={last}").press("decision", state="accepted").change_id == ids[0]


def test_a_note_alone_leaves_the_state_as_it_is(desk: Callable[..., Desk], copy: Archive) -> None:
    page = desk()
    first = page.change_id
    page.press("decision", state="open", note="再问一次", tags="")
    assert [each.state for each in history(copy, first)] == [ReviewState.OPEN]
    assert page.change_id == first
    assert "再问一次" in page.text


def test_undo_puts_back_what_was_before_and_keeps_the_history(
    desk: Callable[..., Desk], copy: Archive
) -> None:
    page = desk()
    first = page.change_id
    page.press("decision", state="flagged", note="问", tags="甲")
    page.open(f"state=flagged&at={first}").press(
        "decision", state="accepted", note="是", tags="乙"
    )
    page.press("undo")
    assert (change(copy, first).state, page.change_id) == (ReviewState.FLAGGED, first)
    states = [(each.state.value, each.note, each.tags) for each in history(copy, first)]
    assert states == [
        ("flagged", "问", ("甲",)),
        ("accepted", "是", ("乙",)),
        ("flagged", "问", ("甲",)),
    ]
    assert is_sound(copy)


def test_undo_of_the_first_decision_makes_the_change_undecided(
    desk: Callable[..., Desk], copy: Archive
) -> None:
    page = desk()
    first = page.change_id
    page.press("decision", state="dismissed", note="错", tags="甲").press("undo")
    assert [each.state.value for each in history(copy, first)] == ["dismissed", "open"]
    assert history(copy, first)[-1].note is None
    assert page.change_id == first
    assert 'class="undo"' not in page.text


def test_all_that_is_ticked_is_decided_and_nothing_that_came_meanwhile(
    desk: Callable[..., Desk], copy: Archive
) -> None:
    page = desk().open("kind=edited&limit=5")
    shown = page.listed()
    assert len(shown) == 5
    ticked = page.fields("bulk")["change"][:4]
    page.press("bulk", state="dismissed", change=ticked)
    assert [change(copy, each).state.value for each in shown] == ["dismissed"] * 4 + ["open"]
    assert "kind=edited" in str(page.answer.url)
    assert page.change_id == shown[4]
    assert len(page.fields("undo")["review"]) == 4
    page.press("undo")
    assert {change(copy, each).state.value for each in shown} == {"open"}
    assert is_sound(copy)


def test_who_comes_second_is_shown_what_the_first_decided(
    desk: Callable[..., Desk], copy: Archive
) -> None:
    one, two = desk("李雷"), desk("Han")
    change_id = two.change_id
    one.press("decision", state="accepted", note="属实", tags="")
    two.press("decision", state="dismissed", note="重复", tags="甲")
    assert two.answer.status_code == 409
    assert all(words in two.text for words in ("别人刚刚审定过", "李雷", "属实", "重复", "甲"))
    assert len(history(copy, change_id)) == 1
    two.press("conflict", state="dismissed")
    assert two.answer.status_code == 200
    said = [
        (each.who, each.state.value, each.note, each.tags) for each in history(copy, change_id)
    ]
    assert said == [("李雷", "accepted", "属实", ()), ("Han", "dismissed", "重复", ("甲",))]


def test_of_two_forms_at_the_same_time_one_is_recorded(
    desk: Callable[..., Desk], copy: Archive
) -> None:
    desks = [desk(name).open("limit=5") for name in PEOPLE]
    shown = desks[0].listed()
    with ThreadPoolExecutor() as threads:
        answers = threads.map(lambda each: each.press("bulk", state="accepted").answer, desks)
    assert [answer.status_code for answer in answers].count(409) >= 1
    assert [len(history(copy, each)) for each in shown] == [1] * 5
    assert is_sound(copy)


def test_of_many_only_those_are_asked_for_on_which_another_decided(
    desk: Callable[..., Desk], copy: Archive
) -> None:
    one, two = desk("李雷"), desk("Han").open("limit=5")
    shown = two.listed()
    one.press("decision", state="accepted")
    two.press("bulk", state="dismissed")
    assert two.answer.status_code == 409
    assert two.fields("conflict")["change"] == [f"{shown[0]}:{history(copy, shown[0])[0].id}"]
    assert [change(copy, each).state.value for each in shown] == ["accepted"] + ["dismissed"] * 4


def test_what_another_decided_is_not_undone(desk: Callable[..., Desk], copy: Archive) -> None:
    one, two = desk("李雷"), desk("Han")
    first = one.change_id
    one.press("decision", state="accepted")
    two.open(f"state=accepted&at={first}").press("decision", state="dismissed")
    assert one.press("undo").answer.status_code == 409
    assert change(copy, first).state is ReviewState.DISMISSED


def test_a_form_that_is_sent_twice_is_recorded_once(
    desk: Callable[..., Desk], copy: Archive
) -> None:
    page = desk()
    first, fields = page.change_id, page.fields("decision")
    data = {**fields, "state": "accepted", "note": "是", "tags": "甲"}
    for _ in range(3):
        assert page.browser.post("/review", data=data).status_code == 200
    assert len(history(copy, first)) == 1


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        pytest.param({"form": "x"}, 403, id="the token of no page"),
        pytest.param({"form": None}, 403, id="without its token"),
        pytest.param({"change": ["1; DROP:"]}, 400, id="no change"),
        pytest.param({"change": None}, 400, id="without a change"),
        pytest.param({"change": ["99999999:"]}, 404, id="a change that was taken back"),
        pytest.param({"state": "gone"}, 400, id="no state"),
        pytest.param({"note": "x" * 4001}, 400, id="a note that is too long"),
        pytest.param({"tags": "x" * 61}, 400, id="a tag that is too long"),
        pytest.param({"note": "\0"}, 400, id="a character that no text has"),
        pytest.param({"note": "x" * 300_000}, 413, id="more than a form"),
    ],
)
def test_what_is_no_form_of_ours_records_nothing(
    desk: Callable[..., Desk], copy: Archive, changed: dict[str, Any], status: int
) -> None:
    page = desk()
    first = page.change_id
    given = {"state": "accepted", **changed}
    assert page.press("decision", **given).answer.status_code == status
    assert history(copy, first) == []
    assert 'href="/review"' in page.text


def test_a_form_of_another_person_is_refused(desk: Callable[..., Desk]) -> None:
    one, two = desk("李雷"), desk("Han")
    assert (
        one.press(
            "decision", form=two.fields("decision")["form"], state="accepted"
        ).answer.status_code
        == 403
    )


@pytest.mark.parametrize("body", [b"%ff%fe=1", b"\xff", b"{}"])
def test_what_is_no_text_is_refused(desk: Callable[..., Desk], body: bytes) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = desk().browser.post("/review", content=body, headers=form)
    assert answer.status_code in (400, 403)
    assert desk().browser.post("/review", json={}).status_code == 415


def test_who_decides_is_led_to_no_other_site(desk: Callable[..., Desk]) -> None:
    page = desk()
    page.browser.follow_redirects = False
    link = "//evil.example?kind=edited&at=1&token=peony\r\nSet-Cookie: a=b"
    location = page.press("decision", state="accepted", query=link).answer.headers["location"]
    assert urlsplit(location).netloc == ""
    assert location.startswith("/review?")
    assert "peony" not in location


def test_without_any_token_the_page_is_read_only_and_says_why(
    visitor: Visitor, copy: Archive
) -> None:
    browser = visitor(over=copy)
    page = browser.get("/review").text
    assert "review.people" in page
    assert 'type="checkbox"' not in page
    assert 'name="state"' not in page
    assert browser.post("/review", data={"state": "accepted"}).status_code == 403


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("kind=withdrawn", lambda each: each.kind == "withdrawn"),
        ("significance=minor", lambda each: each.significance == "minor"),
        ("category=figure", lambda each: any(e.category == "figure" for e in each.edits)),
        (
            "category=commitment&detail=weakened",
            lambda each: any(e.detail == "weakened" for e in each.edits),
        ),
        ("text=提案", lambda each: "提案" in each.letter.title),
        ("source=demo&since=2d", lambda _: True),
        ("source=other", lambda _: False),
        ("until=2020-01-01", lambda _: False),
        ("tag=无", lambda _: False),
    ],
)
def test_filters_are_those_of_the_list(
    desk: Callable[..., Desk], copy: Archive, query: str, fits: Callable[[Change], bool]
) -> None:
    everything = desk().open("limit=100").listed()
    assert desk().open(f"limit=100&{query}").listed() == [
        e for e in everything if fits(change(copy, e))
    ]


@pytest.mark.parametrize("most", [1, 2, 3])  # of one, each that is found is the last one read
def test_what_is_rare_is_found_once_though_few_are_read_for_a_page(
    desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    query = "category=figure"
    page = desk().open(f"limit=100&{query}")
    wanted, found = page.listed(), []
    monkeypatch.setattr(review_list, "MOST_READ", most)
    page.open(f"{query}&limit=1")
    while onward := re.search(r'href="/review\?([^"]+)" data-key="j"', page.text):
        found += page.listed()
        page.open(html.unescape(onward[1]))
    assert found + page.listed() == wanted
    assert len(wanted) > 1


def test_a_search_that_finds_nothing_comes_to_an_end(
    desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk()
    monkeypatch.setattr(review_list, "MOST_READ", 3)
    page.open("text=囧")
    pages = 0
    while onward := re.search(r'href="/review\?([^"]+)" data-key="j"', page.text):
        pages += 1
        page.open(html.unescape(onward[1]))
    assert pages > 1
    assert "没有符合这些条件的变更" in page.text


def test_each_filter_leaves_as_many_as_its_link_says(desk: Callable[..., Desk]) -> None:
    page = desk()
    links = re.findall(r'<a href="/review\?([^"]+)"[^>]*>[^<]+ <b>(\d+)</b></a>', page.text)
    assert len(links) > 10
    for query, count in links:
        assert len(page.open(f"limit=100&{html.unescape(query)}").listed()) == int(count), query


def test_decisions_are_found_by_state_and_tag(desk: Callable[..., Desk]) -> None:
    page = desk()
    first = page.change_id
    page.press("decision", state="flagged", note="", tags="住建")
    assert page.open("state=flagged&tag=住建").listed() == [first]
    assert page.open("state=flagged&tag=住").listed() == []
    assert "没有符合这些条件的变更" in page.text


@pytest.mark.parametrize(
    "query",
    ["state=gone", "category=x", "at=x", "at=-1", "since=x", "text=" + "x" * 201, "tag=%00"],
)
def test_what_can_not_be_asked_is_said(desk: Callable[..., Desk], query: str) -> None:
    assert desk().open(query).answer.status_code == 400


def test_a_note_is_text_wherever_it_is_shown(desk: Callable[..., Desk]) -> None:
    page = desk()
    first, attack = page.change_id, "<script>x</script>\"'>{{7*7}}"
    page.press("decision", state="open", note=attack, tags=attack)
    for path in ("/review", f"/changes/{first}"):
        text = page.browser.get(path).text
        assert html.escape(attack) in text.replace("&#34;", "&quot;").replace("&#39;", "&#x27;")
        assert "<script>x" not in text


def test_pages_with_names_are_kept_nowhere_and_run_our_script_alone(
    desk: Callable[..., Desk],
) -> None:
    page = desk()
    assert page.answer.headers["Cache-Control"] == "no-store"
    policy = page.answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"<script.*?</script>", page.text) == [
        '<script src="/static/desk.js" defer></script>'
    ]
    change_page = page.browser.get(f"/changes/{page.change_id}")
    assert change_page.headers["Cache-Control"] == "no-store"
    assert "script-src" not in change_page.headers["Content-Security-Policy"]


def test_the_page_of_a_change_shows_its_decisions_and_leads_to_the_desk(
    desk: Callable[..., Desk],
) -> None:
    page = desk()
    first = page.change_id
    page.press("decision", state="flagged", note="请核", tags="住建")
    text = page.browser.get(f"/changes/{first}?lang=en").text
    assert all(words in text for words in ("flagged", "李雷", "请核", "住建"))
    assert page.open(f"state=flagged&amp;at={first}".replace("&amp;", "&")).change_id == first
    assert f'href="/review?state=flagged&amp;at={first}"' in text


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "审阅人：李雷"), ("en", "Reviewing as 李雷")]
)
def test_the_page_speaks_both_languages(
    desk: Callable[..., Desk], language: str, words: str
) -> None:
    assert words in desk().open(f"lang={language}").text


def test_forms_lead_to_the_path_under_which_a_proxy_serves_them(desk: Callable[..., Desk]) -> None:
    page = desk()
    page.browser.headers["X-Forwarded-Prefix"] = "/fuhan"
    page.open()
    assert set(re.findall(r'action="([^"]+)"', page.text)) == {"/fuhan/review", "/fuhan/logout"}
    page.browser.follow_redirects = False
    answer = page.press("decision", state="accepted").answer
    assert answer.headers["location"].startswith("/fuhan/review?")
