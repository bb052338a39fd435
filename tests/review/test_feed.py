"""The feed is valid Atom, reaches every announced change by its own links, and is not sent twice."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from starlette.testclient import TestClient

from letters.change import Category, Change, ChangeKind, Edit, LetterRef, Op, Significance, Window
from letters.review import Decision, ReviewState
from review.atom import atom
from review.translator import Translator
from storage import queries
from storage.database.archive import Archive, open_archive
from storage.derived.held_changes import release_changes, set_held
from storage.facts.reviews import add_review
from storage.queries import Announced, ChangeFilter
from storage.schema.tables import changes as changes_table
from tests.archive_copy import archive_url, copy_archive
from tests.review.atom_rules import assert_valid

ATOM = "{http://www.w3.org/2005/Atom}"
Visitor = Callable[..., TestClient]


@pytest.fixture
def copy(two_nights: Path, tmp_path: Path) -> Iterator[Archive]:
    copy_archive(two_nights / "fuhan.db", tmp_path / "fuhan.db")
    with closing(open_archive(archive_url(tmp_path / "fuhan.db"), create=False)) as opened:
        yield opened


@pytest.fixture
def reader(visitor: Visitor, copy: Archive) -> TestClient:
    return visitor(over=copy)


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review.feed.ENTRIES", 4)


def read(text: bytes) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - ours


def feed(reader: TestClient, address: str = "/feed.atom") -> ET.Element:
    answer = reader.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml"
    return read(answer.content)


def links(document: ET.Element) -> dict[str, str]:
    return {each.get("rel", ""): each.get("href", "") for each in document.findall(f"{ATOM}link")}


def ids(document: ET.Element) -> list[int]:
    entry_ids = document.findall(f"{ATOM}entry/{ATOM}id")
    return [int(str(each.text).rpartition(":")[2]) for each in entry_ids]


def walked(reader: TestClient, address: str, relation: str) -> list[list[int]]:
    """Return the ids on each page, from one page on by links of one relation."""
    pages: list[list[int]] = []
    while address:
        document = feed(reader, address)
        pages.append(ids(document))
        address = links(document).get(relation, "")
        assert len(pages) < 100
    return pages


def flat(pages: Iterable[list[int]]) -> list[int]:
    return [each for page in pages for each in page]


def known(archive: Archive, **filters: Any) -> list[int]:
    with archive.reading() as connection:
        wanted = ChangeFilter(**({"baseline": False} | filters))
        return [each.id for each in queries.changes(connection, wanted)]


ASKED = [
    "", "?lang=en", "?source=demo", "?source=nobody", "?significance=minor", "?kind=edited",
    "?since=7d", "?until=2099-01-01T00:00:00%2B08:00", "?baseline=1", "?since=2099-01-01",
    "?category=figure", "?category=commitment&detail=weakened", "?text=%E5%B1%80", "?tag=x%26y&state=open", "?letter=1",
    "?source=demo&significance=substantive&kind=withdrawn&lang=zh", "?after=0-0", "?before=9-9",
]  # fmt: skip


@pytest.mark.parametrize("query", ASKED)
def test_whatever_is_requested_the_answer_is_valid_atom(reader: TestClient, query: str) -> None:
    assert_valid(reader.get(f"/feed.atom{query}").content)


LETTER = LetterRef(1, "http://gov.example/1.html", "复函", "0001", "demo")
AT = datetime(2026, 11, 24, tzinfo=UTC)


@given(st.text(st.characters()), st.text(st.characters()), st.text(min_size=1))
def test_whatever_a_letter_says_and_a_reader_asks_the_feed_can_be_read(
    title: str, words: str, filters: str
) -> None:
    edit = Edit(Op.REPLACE, "body", Category.WORDING, words, None)
    letter = LetterRef(1, "http://gov.example/1.html", title, None, "demo")
    change = Change(
        1, letter, ChangeKind.EDITED, Significance.MINOR, held=False, from_version=1, to_version=2,
        detected_at=AT, window=Window(None, AT), edits=(edit,), announced_at=AT,
    )  # fmt: skip
    page = Announced((change,), has_newer=True, has_older=True)
    translator = Translator("zh", ZoneInfo("Asia/Shanghai"))
    assert_valid(atom(page, "http://127.0.0.1/", {"source": filters}, {}, translator))


@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?kind=edited",
        "?baseline=1",
        "?significance=substantive",
        "?category=figure",
        "?text=0",
    ],
)
def test_the_links_reach_every_change_once_in_both_directions(
    reader: TestClient, copy: Archive, query: str
) -> None:
    first = f"/feed.atom{query}"
    filters: dict[str, Any] = dict(parse_qsl(query[1:]))
    if "baseline" in filters:
        filters["baseline"] = None
    down = walked(reader, first, "next")
    assert sorted(flat(down)) == sorted(known(copy, **filters))
    assert {len(page) for page in down[:-1]} <= {4}
    up = walked(reader, links(feed(reader, first))["last"], "previous")
    assert flat(reversed(up)) == flat(down)
    for relation in ("first", "last"):  # each page leads to both ends
        ends = {links(feed(reader, page))[relation] for page in _pages(reader, first)}
        assert len(ends) == 1


@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize("query", ["?category=figure", "?text=0&kind=edited", "?tag=x"])
def test_what_is_searched_for_is_reached_though_few_changes_are_read_for_a_page(
    reader: TestClient, copy: Archive, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    decide(copy, known(copy)[5], ReviewState.ACCEPTED, AT, tags=("x",))
    monkeypatch.setattr("storage.derived.announced.MOST_READ", 3)
    filters: dict[str, Any] = dict(parse_qsl(query[1:]))
    down = walked(reader, f"/feed.atom{query}", "next")
    assert sorted(flat(down)) == sorted(known(copy, **filters)) != []
    assert [] in down or len(down) > len(flat(down)) / 3
    up = walked(reader, links(feed(reader, f"/feed.atom{query}"))["last"], "previous")
    assert flat(reversed(up)) == flat(down)


def test_a_feed_was_never_updated_sooner_than_it_said(reader: TestClient, copy: Archive) -> None:
    for query in ("", "?state=open", "?kind=edited"):
        before = feed(reader, f"/feed.atom{query}")
        for newest in ids(before)[:2]:
            decide(copy, newest, ReviewState.DISMISSED, AT)
        after = feed(reader, f"/feed.atom{query}")
        assert not {*ids(before)[:2]} & {*ids(after)}
        assert after.findtext(f"{ATOM}updated") == before.findtext(f"{ATOM}updated")


@pytest.mark.parametrize(
    ("page", "query"),
    [
        pytest.param("/", "", id="the first page: of all changes"),
        pytest.param("/changes", "", id="a list without filters"),
        pytest.param("/changes?source=demo&kind=edited", "source=demo&kind=edited", id="filters"),
        pytest.param("/changes?baseline=true&limit=3", "baseline=true", id="of first crawls, too"),
        pytest.param("/changes?baseline=0&token=x", "", id="none is none"),
        pytest.param(
            "/changes?category=figure&text=a%26b", "category=figure&text=a%26b", id="a search"
        ),
        pytest.param("/letters?source=demo&search=x", "source=demo", id="a source's letters"),
        pytest.param("/crawls?source=demo", "source=demo", id="a source's crawls"),
        pytest.param("/letters/1", "letter=1", id="a letter"),
        pytest.param("/letters/1/versions/1", "letter=1", id="a version of it"),
        pytest.param("/review?kind=edited&at=1", "kind=edited", id="what is to be decided"),
        pytest.param("/changes?baseline=x", "baseline=x", id="a filter that is refused"),
    ],
)
def test_a_page_names_the_feed_of_what_it_shows(reader: TestClient, page: str, query: str) -> None:
    text = reader.get(page).text
    named = re.findall(r'<link rel="alternate" type="application/atom\+xml" href="([^"]+)"', text)
    addresses = [unescape(each) for each in named]
    assert addresses == ([f"/feed.atom?{query}"] if query else []) + ["/feed.atom"]


def test_a_change_names_the_feed_of_its_letter(reader: TestClient, copy: Archive) -> None:
    with copy.reading() as connection:
        change = next(queries.changes(connection, ChangeFilter()))
    text = reader.get(f"/changes/{change.id}").text
    assert f'href="/feed.atom?letter={change.letter.id}"' in text


def _pages(reader: TestClient, address: str) -> Iterator[str]:
    while address:
        yield address
        address = links(feed(reader, address)).get("next", "")


@pytest.mark.usefixtures("short_pages")
def test_pages_stay_as_they_are_while_new_changes_come(reader: TestClient, copy: Archive) -> None:
    older = list(_pages(reader, "/feed.atom"))[1:]
    before = [reader.get(page).content for page in older]
    came = add_changes(copy, 5)
    assert [reader.get(page).content for page in older] == before
    down = walked(reader, "/feed.atom", "next")
    assert flat(down)[:5] == came[::-1]
    assert sorted(flat(down)) == sorted(known(copy))
    # Who had read the second page finds what came since by going back.
    (back,) = (links(read(page))["previous"] for page in before[:1])
    assert set(came) <= set(flat(walked(reader, back, "previous")))


def add_changes(archive: Archive, many: int, at: datetime | None = None) -> list[int]:
    """Let changes like an old one be recorded now; return their ids, oldest first."""
    table = changes_table
    with archive.writing() as connection:
        like = connection.execute(select(table).where(table.c.kind == "edited")).mappings().first()
        new = {**(like or {}), "announced_at": at or datetime.now(UTC)}
        del new["id"]
        rows = [connection.execute(table.insert(), new) for _ in range(many)]
        return [int(row.inserted_primary_key[0]) for row in rows if row.inserted_primary_key]


@pytest.mark.usefixtures("short_pages")
def test_a_change_that_was_held_comes_first_once_it_is_released(
    reader: TestClient, copy: Archive
) -> None:
    oldest = known(copy)[-1]
    with copy.writing() as connection:
        set_held(connection, [oldest], held=True)
    before = reader.get("/feed.atom")
    assert oldest not in flat(walked(reader, "/feed.atom", "next"))
    with copy.writing() as connection:
        release_changes(connection, [oldest], datetime.now(UTC) + timedelta(seconds=-1))
    dated = {"If-Modified-Since": before.headers["Last-Modified"]}
    after = reader.get("/feed.atom", headers=dated)
    assert after.status_code == 200
    assert ids(read(after.content))[0] == oldest
    assert sorted(flat(walked(reader, "/feed.atom", "next"))) == sorted(known(copy))
    assert before.headers["ETag"] != after.headers["ETag"]
    old, new = (read(answer.content).findtext(f"{ATOM}updated", "") for answer in (before, after))
    assert old < new


def test_each_filter_has_its_own_id_and_all_its_pages_have_one(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review.feed.ENTRIES", 4)
    seen = [feed(reader, f"/feed.atom{query}").findtext(f"{ATOM}id") for query in ASKED[:-2]]
    assert len(set(seen)) == len(seen)
    assert seen[0] == "urn:fuhan:feed"  # as those who subscribed before know it
    swapped = "/feed.atom?kind=edited&source=demo", "/feed.atom?source=demo&kind=edited&token=x"
    one, other = (feed(reader, address) for address in swapped)
    assert one.findtext(f"{ATOM}id") == other.findtext(f"{ATOM}id")
    for query in ("", "?baseline=1", "?kind=edited"):
        pages = [feed(reader, page) for page in _pages(reader, f"/feed.atom{query}")]
        assert len(pages) > 1
        assert len({page.findtext(f"{ATOM}id") for page in pages}) == 1


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Change report"),
        ("?baseline=false&source=", "Change report"),
        ("?baseline=true", "Change report · of a first crawl"),
        ("?significance=minor&kind=edited", "Change report · edited · minor"),
        ("?source=demo&since=7d", "Change report · demo · 7d"),
        ("?state=open", "Change report · undecided"),
        ("?state=accepted&lang=zh", "复函变更报告 · 已核实"),
    ],
)
def test_a_feed_is_called_by_what_it_filters(reader: TestClient, query: str, title: str) -> None:
    document = read(reader.get(f"/feed.atom{query}", headers={"Accept-Language": "en"}).content)
    assert document.findtext(f"{ATOM}title") == title


def test_one_filter_spelt_otherwise_is_the_same_feed(reader: TestClient) -> None:
    for query, same in (("", "?baseline=0&kind="), ("?baseline=1", "?baseline=true")):
        one, other = (feed(reader, f"/feed.atom{each}") for each in (query, same))
        assert one.findtext(f"{ATOM}id") == other.findtext(f"{ATOM}id")


@pytest.mark.parametrize("query", ASKED)
def test_a_feed_links_the_address_of_its_request(reader: TestClient, query: str) -> None:
    itself = urlsplit(links(feed(reader, f"/feed.atom{query}"))["self"])
    assert sorted(parse_qsl(itself.query)) == sorted(parse_qsl(query[1:]))
    again = reader.get(f"{itself.path}?{itself.query}")
    assert again.content == reader.get(f"/feed.atom{query}").content


def test_the_token_is_in_no_link(visitor: Visitor) -> None:
    answer = visitor(token="secret-7").get("/feed.atom?token=secret-7&kind=edited")  # noqa: S106 - of a test
    assert answer.status_code == 200
    assert "secret-7" not in answer.text


def test_without_entries_it_was_updated_at_a_moment_that_stays(reader: TestClient) -> None:
    answers = [reader.get("/feed.atom?source=nobody") for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert "1970-01-01T00:00:00+00:00" in answers[0].text


@pytest.mark.parametrize(
    "tags",
    [
        pytest.param("{tag}", id="the tag"),
        pytest.param("{strong}", id="the tag as a strong one"),
        pytest.param('"other", {tag}', id="one of several"),
        pytest.param("*", id="any"),
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_who_has_the_feed_is_not_sent_it_again(reader: TestClient, tags: str, method: str) -> None:
    tag = reader.get("/feed.atom").headers["ETag"]
    named = tags.format(tag=tag, strong=tag.removeprefix("W/"))
    answer = reader.request(method, "/feed.atom", headers={"If-None-Match": named})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == tag
    assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize("tags", ['"other"', 'W/"other"', "", "nonsense"])
def test_who_has_another_feed_is_sent_this_one(reader: TestClient, tags: str) -> None:
    assert reader.get("/feed.atom", headers={"If-None-Match": tags}).status_code == 200


def test_a_date_is_enough_to_be_sent_nothing_and_a_tag_goes_before_it(reader: TestClient) -> None:
    modified = reader.get("/feed.atom").headers["Last-Modified"]
    later = format_datetime(parsedate_to_datetime(modified) + timedelta(days=1), usegmt=True)
    sooner = format_datetime(parsedate_to_datetime(modified) - timedelta(seconds=1), usegmt=True)
    odd = f"Mon, 01 Jan 2035 00:00:00 +{'9' * 30}"
    cases = ((modified, 304), (later, 304), (sooner, 200), ("yesterday", 200), (odd, 200))
    for since, status in cases:
        answer = reader.get("/feed.atom", headers={"If-Modified-Since": since})
        assert answer.status_code == status, since
    both = {"If-Modified-Since": later, "If-None-Match": '"other"'}
    assert reader.get("/feed.atom", headers=both).status_code == 200


def test_another_language_filter_or_page_is_another_answer(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review.feed.ENTRIES", 4)
    addresses = [f"/feed.atom{query}" for query in ASKED]
    addresses.append(links(feed(reader))["next"])
    tags = [reader.get(address).headers["ETag"] for address in addresses]
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize("state", [ReviewState.DISMISSED, ReviewState.ACCEPTED])
def test_a_decision_makes_it_another_feed_by_tag_and_by_date(
    reader: TestClient, copy: Archive, state: ReviewState
) -> None:
    if state is ReviewState.ACCEPTED:  # what was dismissed before comes back
        decide(copy, known(copy)[3], ReviewState.DISMISSED, datetime.now(UTC) - timedelta(hours=1))
    before = reader.get("/feed.atom")
    decide(copy, known(copy)[3], state, datetime.now(UTC) - timedelta(seconds=1))
    since = parsedate_to_datetime(before.headers["Last-Modified"]) - timedelta(seconds=1)
    dated = {"If-Modified-Since": format_datetime(since, usegmt=True)}
    for headers in ({"If-None-Match": before.headers["ETag"]}, dated):
        assert reader.get("/feed.atom", headers=headers).status_code == 200


def decide(
    archive: Archive, change_id: int, state: ReviewState, at: datetime, tags: tuple[str, ...] = ()
) -> None:
    with archive.writing() as connection:
        add_review(connection, change_id, Decision(state, tags=tags), "editor", at)


def test_a_second_that_has_not_passed_is_no_date_to_go_by(
    reader: TestClient, copy: Archive
) -> None:
    for ahead in (timedelta(hours=9), timedelta(days=400)):  # a clock was set wrong
        add_changes(copy, 1, datetime.now(UTC) + ahead)
        assert "Last-Modified" not in reader.get("/feed.atom").headers
        assert reader.get("/feed.atom").headers["ETag"]


def test_an_end_that_moves_on_leaves_no_date_to_go_by(reader: TestClient) -> None:
    assert "Last-Modified" not in reader.get("/feed.atom?until=1d").headers


@pytest.mark.parametrize("path", ["/feed.atom", "/changes", "/api/changes", "/static/review.css"])
def test_long_answers_are_packed_for_who_can_unpack_them(reader: TestClient, path: str) -> None:
    packed = reader.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    plain = reader.get(path, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert plain.content == packed.content
    assert int(packed.headers["Content-Length"]) < len(plain.content)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("kind=eaten", "kind"),
        ("significance=grave", "significance"),
        ("since=soon", "since"),
        ("lang=fr", "lang"),
        ("before=yesterday", "before"),
        ("before=1", "before"),
        ("after=1-", "after"),
        ("after=99999999999999999-1", "after"),
        ("after=1-1;drop", "after"),
        ("before=１-１", "before"),
        ("before=1-1&after=1-1", "before and after"),
    ],
)
def test_what_cant_be_meant_is_refused(reader: TestClient, query: str, named: str) -> None:
    answer = reader.get(f"/feed.atom?{query}", headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert f"{named}:" in answer.text
