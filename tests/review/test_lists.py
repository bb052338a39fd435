"""Lists come in pages that cursors cut: nothing is left out or shown twice, and none is made up."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from itertools import chain, pairwise
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from bench.grown_archive import fill
from review.settings import WatchedSource
from storage.database.archive import Archive, open_archive
from storage.derived import search_page
from storage.derived.search_texts import move_search_texts
from storage.schema.tables import letters, search_texts
from tests.archive_copy import archive_url

LISTS = [
    "/api/letters?limit=7",
    "/api/letters?limit=7&status=published",
    "/api/letters?limit=7&search=建议",
    "/api/changes?limit=7",
    "/api/changes?limit=7&baseline=1",
    "/api/changes?limit=7&baseline=1&kind=published",
    "/api/crawls?limit=7",
    "/api/sources?limit=7",
]
SOURCES = tuple(
    WatchedSource(f"source-{place:05d}", "局", "proposal", "https://gov.example/")
    for place in range(120)
)
NEVER = "older~2026-01-01~5~0123456789ab"


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Yield an archive of 60 letters, many of them listed on one day or on none."""
    url = archive_url(tmp_path_factory.mktemp("grown") / "fuhan.db")
    with closing(open_archive(url, create=True)) as archive:
        fill(archive, 60, datetime.now(UTC), templates=6)
        with archive.writing() as connection:
            for listed_on, first in ((date(2026, 1, 1), 0), (None, 20)):
                rows = letters.c.id.between(first, first + 15)
                connection.execute(update(letters).where(rows).values(listed_on=listed_on))
                move_search_texts(connection, range(max(first, 1), first + 16))
        yield archive


@pytest.fixture
def browser(grown: Archive, visitor: Callable[..., TestClient]) -> TestClient:
    return visitor(over=grown, sources=SOURCES)


def link(answer: object, relation: str) -> str | None:
    """Return where a Link header leads."""
    header = answer.headers.get("Link", "")  # type: ignore[attr-defined]
    found = re.search(rf'<([^>]+)>; rel="{relation}"', header)
    return found and found[1]


def ids(answer: Any) -> list[int | str]:
    """Return the ids of the rows of an answer; the names of sources, which have none."""
    return [row["id"] if "id" in row else row["name"] for row in answer.json()]


def walked(browser: TestClient, url: str | None, relation: str) -> list[list[int | str]]:
    """Return the ids of each page from `url` on."""
    pages = []
    while url:
        answer = browser.get(url)
        assert answer.status_code == 200, answer.text
        pages.append(ids(answer))
        url = link(answer, relation)
    return pages


@pytest.mark.parametrize("path", LISTS)
def test_links_lead_through_the_whole_list_and_back(browser: TestClient, path: str) -> None:
    whole = ids(browser.get(path.replace("limit=7", "limit=1000")))
    there = walked(browser, path, "next")
    assert list(chain(*there)) == whole
    assert len(there) == -(-len(whole) // 7) > 1
    last = link(browser.get(path), "last")
    back = walked(browser, last, "prev")
    assert list(chain(*reversed(back))) == whole
    assert link(browser.get(last or ""), "next") is None
    assert link(browser.get(link(browser.get(last or ""), "first") or ""), "prev") is None


def test_letters_come_newest_listed_first_and_those_without_a_date_last(
    browser: TestClient,
) -> None:
    rows = browser.get("/api/letters?limit=1000").json()
    keys = [(row["listed_on"] or "", -row["id"]) for row in rows]
    assert keys == sorted(keys, reverse=True)
    assert keys[-1][0] == ""


def test_what_comes_in_between_shifts_nothing(browser: TestClient, grown: Archive) -> None:
    first = browser.get("/api/letters?limit=5&source=source-00000")
    older = link(first, "next") or ""
    before = browser.get(older).json()
    newest = [row["id"] for row in first.json()]
    with grown.writing() as connection:
        moved = update(letters).where(letters.c.id == before[-1]["id"])
        connection.execute(moved.values(listed_on=date(2099, 1, 1)))
    assert [row["id"] for row in browser.get("/api/letters?limit=6").json()][1:] == newest
    assert [row["id"] for row in browser.get(older).json()][:4] == [row["id"] for row in before][
        :4
    ]


@pytest.mark.parametrize("path", ["letters", "changes", "crawls"])
def test_a_page_links_the_pages_around_it(browser: TestClient, path: str) -> None:
    page = browser.get(f"/{path}?limit=9&lang=en").text
    older = re.search(r'rel="next" href="([^"]+)"', page)
    assert older
    assert 'rel="prev"' not in page
    next_page = browser.get(unescape(older[1]))
    assert next_page.status_code == 200
    for relation in ("first", "prev", "next", "last"):
        assert f'rel="{relation}"' in next_page.text
    assert "lang=en" in older[1]


def cursor_of(browser: TestClient, path: str) -> str:
    """Return the cursor of the second page of a list."""
    found = re.search(r"cursor=([^&>]+)", link(browser.get(path), "next") or "")
    assert found
    return found[1]


def altered(cursor: str) -> str:
    """Return a cursor whose id is another one, its check the same."""
    way, *key, check = cursor.split("~")
    return "~".join([way, *key[:-1], str(int(key[-1]) + 1), check])


@pytest.mark.parametrize("api", ["", "/api"])
@pytest.mark.parametrize(
    ("query", "named"),
    [
        pytest.param("letters?cursor=x", "cursor", id="no cursor at all"),
        pytest.param(f"letters?cursor={NEVER}", "cursor", id="made up"),
        pytest.param("letters?cursor=%ED%A0%80~%00", "cursor", id="no text"),
        pytest.param(f"letters?cursor={'9' * 10_000}", "cursor", id="long"),
        pytest.param("letters?offset=50", "offset", id="an offset"),
        pytest.param("changes?offset=0", "offset", id="an offset of nothing"),
    ],
)
def test_what_no_link_can_have_is_refused_by_its_name(
    browser: TestClient, api: str, query: str, named: str
) -> None:
    answer = browser.get(f"{api}/{query}")
    assert answer.status_code == 400
    assert re.search(rf"\b{named}[:：]", answer.text)


@pytest.mark.parametrize(
    "foreign",
    [
        pytest.param(lambda cursor: f"/api/changes?limit=5&cursor={cursor}", id="another list"),
        pytest.param(lambda cursor: f"/api/letters?status=delisted&cursor={cursor}", id="filters"),
        pytest.param(lambda cursor: f"/api/letters?search=建议&cursor={cursor}", id="a search"),
        pytest.param(lambda cursor: f"/api/letters?cursor={altered(cursor)}", id="another place"),
        pytest.param(
            lambda cursor: f"/api/letters?cursor={cursor.replace('older', 'newer')}", id="the way"
        ),
    ],
)
def test_a_cursor_holds_for_its_list_its_filters_and_its_place(
    browser: TestClient, foreign: Callable[[str], str]
) -> None:
    cursor = cursor_of(browser, "/api/letters?limit=5")
    assert browser.get(f"/api/letters?cursor={cursor}").status_code == 200
    assert browser.get(f"/letters?cursor={cursor}&lang=en&limit=3").status_code == 200
    answer = browser.get(foreign(cursor))
    assert answer.status_code == 400
    assert answer.json() == {"error": "cursor: it is none of this list with these filters"}


def test_lists_say_how_many_rows_they_have_unless_that_is_to_walk_them(
    browser: TestClient,
) -> None:
    counted = {
        path: browser.get(f"/api/{path}").headers.get("X-Total-Count")
        for path in ("letters", "letters?source=nobody", "letters?search=x", "changes?since=1d")
    }
    assert counted == {
        "letters": "60",
        "letters?source=nobody": "0",
        "letters?search=x": None,
        "changes?since=1d": None,
    }


def test_the_first_page_shows_some_sources_and_leads_to_the_others(
    visitor: Callable[..., TestClient], grown: Archive
) -> None:
    browser = visitor(over=grown, sources=SOURCES)
    shown: list[str] = []
    url = "/?lang=en"
    while url:
        page = browser.get(url).text
        shown += re.findall(r'href="/letters\?source=([^"]+)"', page)
        leads = re.search(r'rel="next" href="([^"]+)"', page)
        url = unescape(leads[1]) if leads else ""
    assert shown == [source.name for source in SOURCES]
    assert browser.get("/?after=nobody").status_code == 400


def test_a_cursor_beside_a_source_that_is_gone_is_refused(
    visitor: Callable[..., TestClient], grown: Archive
) -> None:
    older = link(visitor(over=grown, sources=SOURCES).get("/api/sources?limit=7"), "next") or ""
    fewer = visitor(over=grown, sources=[each for each in SOURCES if each != SOURCES[6]])
    assert fewer.get(older).status_code == 400
    more = visitor(over=grown, sources=(replace(SOURCES[0], name="new"), *SOURCES))
    assert ids(more.get(older))[0] == "source-00007"


def absent_phrase(archive: Archive) -> str:
    """Return three characters that no letter says, though each says both pairs of them."""
    with archive.reading() as connection:
        texts = connection.execute(select(search_texts.c.text)).scalars().all()
    pairs = set.intersection(*({a + b for a, b in pairwise(each)} for each in texts))
    joined = (a + b[1] for a in sorted(pairs) for b in sorted(pairs) if a[1] == b[0])
    words = filter(str.isalpha, joined)
    return next(word for word in words if not any(word in each for each in texts))


def test_a_search_that_is_cut_short_says_so_and_its_links_lead_through_the_whole(
    browser: TestClient, grown: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "/api/letters?limit=3&search=建议"
    whole = list(chain(*walked(browser, path, "next")))
    monkeypatch.setattr(search_page, "MOST_READ", 4)
    there = walked(browser, path, "next")
    assert list(chain(*there)) == whole
    page = browser.get(f"/letters?limit=2&lang=en&search={quote(absent_phrase(grown))}").text
    assert "Nothing to show" not in page
    assert "the next one goes on" in page
    pages = 1
    while older := re.search(r'rel="next" href="([^"]+)"', page):
        page, pages = browser.get(unescape(older[1])).text, pages + 1
    assert "Nothing to show" in page
    assert pages > 2
    assert 'rel="first"' in page


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("letters?limit=7&search=建议", "letters"),
        ("letters?status=published&limit=7&cursor=last", "letters"),
        ("changes?limit=7&kind=edited", "changes"),
        ("crawls?limit=7&source=source-00000", "crawls"),
        ("crawls", "crawls"),
    ],
)
def test_a_list_names_its_twin_for_programs(browser: TestClient, path: str, name: str) -> None:
    page = browser.get(f"/{path}").text
    twin = re.search(r'<link rel="alternate" type="application/json" href="([^"]+)">', page)
    assert twin
    answer = browser.get(unescape(twin[1]))
    assert answer.json() == browser.get(f"/api/{path}").json() != []
    assert twin[1].startswith(f"/api/{name}")


@pytest.mark.parametrize("path", ["/", "/changes", "/review"])
def test_what_is_remarked_is_no_part_of_the_word_before(browser: TestClient, path: str) -> None:
    page = browser.get(path).text  # read without its style 8 and 2 weeks were 82 weeks
    assert '<span class="remark">' in page
    assert not re.search(r'\S<span class="remark">', page)


def test_a_twin_holds_no_token(visitor: Callable[..., TestClient], grown: Archive) -> None:
    browser = visitor(over=grown, token="peony")  # noqa: S106 - of a test
    page = browser.get("/letters?token=peony").text
    assert "/api/letters" in page
    assert "peony" not in page
