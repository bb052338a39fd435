"""Who follows changes by id misses none and gets none twice; lists find changes by their edits."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import Connection, insert, select, update
from starlette.testclient import TestClient

from bench.grown_archive import fill
from letters.review import Decision, ReviewState
from review.translator import Translator
from storage import queries
from storage.database.archive import Archive, open_archive
from storage.derived import changes_after
from storage.derived.held_changes import release_changes, set_held
from storage.facts.reviews import add_review
from storage.schema.tables import changes, letters
from tests.archive_copy import archive_url, on_postgresql
from tests.review.conftest import ZONE

FILTERS = [
    "",
    "baseline=1",
    "kind=edited&significance=minor",
    "category=figure",
    "category=commitment&detail=weakened",
    "text=建议",
    "text=建议&baseline=1",
    "tag=甲",
    "state=accepted",
    "text=nowhere",
]
Made = Callable[..., TestClient]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Yield an archive of 60 letters, with some changes accepted, with a tag and without."""
    url = archive_url(tmp_path_factory.mktemp("grown") / "fuhan.db")
    with closing(open_archive(url, create=True)) as archive:
        now = datetime.now(UTC)
        fill(archive, 60, now, templates=6)
        with archive.writing() as connection:
            edited = select(changes.c.id).where(changes.c.kind == "edited").limit(9)
            for count, change_id in enumerate(connection.execute(edited).scalars().all()):
                accepted = Decision(ReviewState.ACCEPTED, tags=("甲",) if count % 3 else None)
                add_review(connection, change_id, accepted, "李雷", now)
        yield archive


@pytest.fixture
def browser(grown: Archive, visitor: Made) -> TestClient:
    return visitor(over=grown)


def followed(browser: TestClient, url: str | None) -> list[list[int]]:
    """Return the ids of each page, by links from `url` on."""
    pages = []
    while url:
        answer = browser.get(url)
        assert answer.status_code == 200, answer.text
        pages.append([row["id"] for row in answer.json()])
        link = re.search(r'<([^>]+)>; rel="next"', answer.headers.get("Link", ""))
        url = link and link[1]
    return pages


def listed(browser: TestClient, filters: str) -> list[int]:
    return list(chain(*followed(browser, f"/api/changes?limit=1000&{filters}")))


@pytest.mark.parametrize("most_read", [3, 2000])
@pytest.mark.parametrize("filters", FILTERS)
def test_following_reaches_what_the_list_has(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch, filters: str, most_read: int
) -> None:
    whole = sorted(listed(browser, filters))
    assert bool(whole) is (filters != "text=nowhere")
    monkeypatch.setattr("storage.derived.changes_after.MOST_READ", most_read)
    pages = followed(browser, f"/api/changes?after_id=0&limit=7&{filters}")
    assert list(chain(*pages)) == whole
    assert all(len(page) <= 7 for page in pages)


@pytest.mark.parametrize("filters", FILTERS[3:8])
def test_lists_by_edits_are_cut_short_and_go_on_both_ways(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch, filters: str
) -> None:
    whole = listed(browser, filters)
    monkeypatch.setattr("storage.derived.changes.MOST_READ", 5)
    there = followed(browser, f"/api/changes?limit=2&{filters}")
    assert list(chain(*there)) == whole
    back, url = [], f"/api/changes?limit=2&cursor=last&{filters}"
    while url:
        answer = browser.get(url)
        back.append([row["id"] for row in answer.json()])
        link = re.search(r'<([^>]+)>; rel="prev"', answer.headers.get("Link", ""))
        url = link[1] if link else ""
    assert list(chain(*reversed(back))) == whole


def test_one_letter_is_a_filter_of_list_page_and_feed(browser: TestClient) -> None:
    rows = browser.get("/api/changes?limit=1000").json()
    letter_id = rows[0]["letter"]["id"]
    own = [row["id"] for row in rows if row["letter"]["id"] == letter_id]
    assert len(rows) > len(own) > 0
    assert listed(browser, f"letter={letter_id}") == own
    page = browser.get(f"/changes?limit=1000&letter={letter_id}").text
    assert list(dict.fromkeys(map(int, re.findall(r'href="/changes/(\d+)"', page)))) == own
    feed = browser.get(f"/feed.atom?letter={letter_id}").text
    assert f"urn:fuhan:feed:letter={letter_id}<" in feed
    assert f"/changes?letter={letter_id}" in feed
    assert sorted(map(int, re.findall(r":change:(\d+)<", feed))) == sorted(own)
    assert f'href="/feed.atom?letter={letter_id}"' in page


@pytest.mark.parametrize("filters", ["category=figure", "text=建议", "tag=甲"])
def test_the_page_shows_what_the_api_lists(browser: TestClient, filters: str) -> None:
    page = browser.get(f"/changes?limit=1000&{filters}").text
    shown = dict.fromkeys(map(int, re.findall(r'href="/changes/(\d+)"', page)))
    assert list(shown) == listed(browser, filters)


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        pytest.param("text=建议", 'name="text" value="建议"', id="a text"),
        pytest.param("tag=甲", 'name="tag" value="甲"', id="a tag"),
        pytest.param("category=figure", 'name="category" value="figure" checked', id="a category"),
    ],
)
def test_the_page_keeps_its_filters_and_offers_the_feed_of_what_it_shows(
    browser: TestClient, filters: str, kept: str
) -> None:
    page = browser.get(f"/changes?{filters}").text
    assert kept in page
    assert f'<a href="/feed.atom?{quote(filters, safe="=")}">' in page


@pytest.mark.parametrize(
    ("text", "is_found"), [("gdp", True), ("GDP", True), ("é", True), ("É", False), ("ａ", False)]
)
def test_a_text_is_found_in_the_same_changes_whatever_the_locale(
    browser: TestClient, grown: Archive, text: str, *, is_found: bool
) -> None:
    letter_id = browser.get("/api/changes?kind=edited").json()[0]["letter"]["id"]
    with grown.writing() as connection:
        named = update(letters).where(letters.c.id == letter_id)
        connection.execute(named.values(title="Gdp é Ａ"))
    assert bool(listed(browser, f"letter={letter_id}&text={quote(text)}")) is is_found


def test_a_page_that_is_cut_short_says_so(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = browser.get("/changes?text=nowhere&lang=zh").text
    monkeypatch.setattr("storage.derived.changes.MOST_READ", 5)
    cut = browser.get("/changes?text=nowhere&lang=zh").text
    note, nothing = (
        Translator("zh", ZONE).phrase(f"nav.{name}") for name in ("cut_short", "none")
    )
    assert (note in whole, nothing in whole) == (False, True)
    assert (note in cut, nothing in cut) == (True, False)


def test_what_is_recorded_later_comes_later(visitor: Made, grown: Archive) -> None:
    browser = visitor(over=grown)
    last = max(listed(browser, "baseline=1"))
    following = f"/api/changes?baseline=1&after_id={last}"
    assert followed(browser, following) == [[]]
    with grown.writing() as connection:
        old = copied(connection, detected_at=datetime(2020, 1, 1, tzinfo=UTC))
        later = copied(connection)
    assert followed(browser, following) == [[old, later]]
    with grown.writing() as connection:
        set_held(connection, [later], held=True)
        add_review(connection, later, Decision(ReviewState.DISMISSED), "李雷", datetime.now(UTC))
    ((first, second),) = [browser.get(following).json()]
    assert (first["held"], second["held"], second["state"]) == (False, True, "dismissed")
    with grown.writing() as connection:
        release_changes(connection, [later], datetime.now(UTC) + timedelta(days=1))
    assert followed(browser, following) == [[old, later]]


def copied(connection: Connection, **values: Any) -> int:
    """Record a change like the newest one; return its id."""
    newest = select(changes).order_by(changes.c.id.desc()).limit(1)
    row = {**connection.execute(newest).mappings().one(), "review_id": None, "state": "open"}
    del row["id"]
    added = connection.execute(insert(changes).values(row | values))
    return int(added.inserted_primary_key[0])  # type: ignore[index]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        pytest.param("after_id=x", 400, id="no number"),
        pytest.param("after_id=-1", 400, id="below zero"),
        pytest.param("after_id=²", 400, id="no ASCII"),
        pytest.param("after_id=5&cursor=last", 400, id="beside a cursor"),
        pytest.param("after_id=9999999999", 200, id="beyond all ids"),
        pytest.param("after_id=0&limit=0", 200, id="no rows"),
        pytest.param("letter=x", 400, id="no letter's id"),
        pytest.param("letter=9999999999", 200, id="no letter"),
        pytest.param("category=nonsense", 400, id="no category"),
        pytest.param(f"text={'x' * 201}", 400, id="a text too long"),
        pytest.param("tag=%00", 400, id="a tag that no database has"),
    ],
)
def test_a_bad_value_is_refused_by_its_name(browser: TestClient, query: str, status: int) -> None:
    answer = browser.get(f"/api/changes?{query}")
    assert answer.status_code == status
    if status == 400:
        assert answer.json()["error"].startswith(query.partition("=")[0])
    else:
        assert (answer.json(), "Link" in answer.headers) == ([], False)


def test_a_change_that_is_kept_before_one_with_a_smaller_id_waits_for_it(
    visitor: Made, grown: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not on_postgresql():
        pytest.skip("SQLite has one writer at a time")
    monkeypatch.setattr("review.api._LONGEST_WAIT", 0.0)
    browser = visitor(over=grown)
    last = max(listed(browser, "baseline=1"))
    following = f"/api/changes?baseline=1&after_id={last}"
    with grown.writing() as slow:
        smaller = copied(slow)
        with grown.writing() as quick:
            greater = copied(quick, source="another")
        refused = browser.get(following)
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
    assert smaller < greater
    assert followed(browser, following) == [[smaller, greater]]


def test_who_begins_to_write_later_is_not_waited_for(
    grown: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not on_postgresql():
        pytest.skip("SQLite has one writer at a time")
    writers = iter([{"1", "2"}, {"2", "3"}, {"3"}])
    monkeypatch.setattr(changes_after, "_writers", lambda _: next(writers))
    monkeypatch.setattr(changes_after, "_PAUSE", 0)
    with grown.reading() as connection:
        assert queries.settled_id(connection, 60.0) > 0
    assert list(writers) == []
