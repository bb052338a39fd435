"""A search finds exactly the letters that say its words, in either database."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import chain
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select, text, update
from starlette.testclient import TestClient

from fuhan.archive_audit import audit
from letters.letter_record import Status
from letters.search_text import parse_search, search_form
from review.app import create_app
from review.settings import ReviewSettings
from storage import queries
from storage.database.archive import Archive, open_archive
from storage.derived import letter_lists, search_page
from storage.derived import search as search_module
from storage.derived.search_rebuild import write_search_index
from storage.derived.search_texts import (
    free_place,
    index_grams,
    move_search_texts,
)
from storage.schema.search_index import add_to_index, clear_index
from storage.schema.tables import letters, search_texts
from tests.crawler.record.source import LONG, ComposedSource, page_of, url_of
from tests.review.conftest import ServiceBeside

EARLY = (
    "<p>您提出的《关于建设停车场的建议》收悉，2022年新增停车位39.2亿元，由 赵 小 华 处理。</p>"
    + LONG.format(1)
)
LATE = LONG.format(1)
URL, OTHER = url_of("0001"), url_of("0002")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lasting(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    """Return an archive in which no test leaves anything."""
    url = f"sqlite:///{tmp_path_factory.mktemp('search')}/fuhan.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("empty_postgres")
    with closing(open_archive(url, create=True)) as archive:
        yield archive


@pytest.fixture(scope="module")
def searched(lasting: Archive) -> ComposedSource:
    """Return a source of two letters, one of which was edited, that is only searched."""
    return two_letters(lasting)


@pytest.fixture
def source(archive: Archive) -> ComposedSource:
    return two_letters(archive)


def two_letters(archive: Archive) -> ComposedSource:
    source = ComposedSource(archive)
    source.crawl({URL: page_of("0001", EARLY), OTHER: page_of("0002")})
    source.crawl({URL: page_of("0001", LATE)}, listed=[URL, OTHER])
    return source


def found(source: ComposedSource, words: str, of: str | None = None) -> list[str]:
    wanted = queries.LetterFilter(source=of, search=parse_search(words))
    with source.archive.reading() as connection:
        rows = list(queries.plain_letters(connection, wanted))
        assert queries.count_letters(connection, wanted) == len(rows)
    return sorted(record.values["number"] or "" for record in rows)


SEARCHES = [
    pytest.param("停", ["0001", "0002"], id="one character"),
    pytest.param("车位", ["0001", "0002"], id="two characters"),
    pytest.param("新增停车位39.2亿元", ["0001"], id="what only an older version says"),
    pytest.param("39.2 停车场", ["0001"], id="two words, in different versions"),
    pytest.param("39.2 不在", [], id="two words, one of which is nowhere"),
    pytest.param("赵小华", ["0001", "0002"], id="a name that is spread out"),
    pytest.param('"赵 小华 处理"', ["0001"], id="a phrase in quotes"),
    pytest.param("“由赵小华”", ["0001"], id="a phrase in Chinese quotes"),
    pytest.param("0002", ["0002"], id="a number"),
    pytest.param("３９.２", ["0001"], id="in full width"),
    pytest.param("位车", [], id="characters that are neighbours nowhere"),
    pytest.param("车位位", [], id="pairs of which each is there"),
    pytest.param("%", [], id="a mark that matches all in SQL"),
    pytest.param("_", [], id="a mark that matches one in SQL"),
    pytest.param("*", [], id="a mark of FTS5"),
    pytest.param('"', [], id="a quote alone"),
    pytest.param("停 OR 车", [], id="a word of FTS5"),
    pytest.param("\ud800\x00", ["0001", "0002"], id="nothing that can be searched for"),
    pytest.param(" ", ["0001", "0002"], id="blanks"),
    pytest.param("停车" * 5000, [], id="ten thousand characters"),
]


@pytest.mark.parametrize(("words", "numbers"), SEARCHES)
def test_a_search_finds_what_says_all_its_words(
    searched: ComposedSource, words: str, numbers: list[str]
) -> None:
    assert found(searched, words) == numbers
    assert found(searched, words, "proposals") == numbers
    if parse_search(words).words:
        assert found(searched, words, "another") == []


def test_too_many_words_are_refused_in_one_line() -> None:
    with pytest.raises(ValueError, match=r"^search: expected at most 50 words, found 51$"):
        parse_search(" ".join(map(str, range(51))))


TYPED = {
    "as many characters as an address holds": ("停车" * 3500, 200),
    "ten thousand letters": ("ab" * 5000, 200),
    "ten thousand marks": ("%_*" * 3333, 200),
    "marks of SQL": ("% _ '", 200),
    "marks of FTS5": ('* " ^ - + : ( ) { } NEAR( AND', 200),
    "a lone quote": ('"', 200),
    "lone surrogates": ("\ud800 停\udfff", 200),
    "a NUL": ("停\x00车", 200),
    "a character beyond the first plane": ("\U00020000", 200),
    "too many words": (" ".join(map(str, range(51))), 400),
}


@pytest.fixture(scope="module")
def browser(searched: ComposedSource) -> TestClient:
    app = create_app(searched.archive, ReviewSettings(), ServiceBeside())
    return TestClient(app, base_url="http://127.0.0.1:8321")


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("path", ["/letters", "/api/letters"])
def test_whatever_is_typed_into_a_search_is_answered(
    browser: TestClient, path: str, typed: str
) -> None:
    text_, status = TYPED[typed]
    asked = quote(text_.encode("utf-8", "surrogatepass"))
    answer = browser.get(f"{path}?search={asked}&limit=1&lang=en")
    assert answer.status_code == status
    refused = {"search: expected at most 50 words", "Too many words to search for: 50 at most."}
    assert any(words in answer.text for words in refused) == (status == 400)


FORGED = {
    "a place of no letter": ("2022-06-18~99", 200),
    "an id that no database has": (f"2022-06-18~{2**63}", 400),
    "an id before all": ("2022-06-18~-1", 200),
    "a day before all": ("0001-01-01~1", 200),
    "the last day": ("9999-12-31~1", 200),
    "no day": ("~1", 200),
    "no id": ("2022-06-18~x", 400),
    "another key": ("1", 400),
}


@pytest.mark.parametrize("way", ["older", "newer"])
@pytest.mark.parametrize("search", ["", "停车"])
@pytest.mark.parametrize("forged", FORGED)
def test_a_cursor_with_a_right_check_is_a_place_of_the_list_or_refused(
    browser: TestClient, search: str, way: str, forged: str
) -> None:
    key, status = FORGED[forged]
    text_ = f"{way}~{key}"
    signed = repr(("letters", [("search", search)] if search else [], text_)).encode()
    cursor = f"{text_}~{sha256(signed).hexdigest()[:12]}"
    answer = browser.get("/api/letters", params={"search": search, "cursor": cursor})
    assert answer.status_code == status


def test_a_hit_names_the_newest_version_that_says_it(searched: ComposedSource) -> None:
    search = parse_search("39.2 改造老旧小区")
    with searched.archive.reading() as connection:
        hits = queries.search_hits(connection, [1], search)[1]
    assert [(hit.version, [part for part, is_hit in hit.parts if is_hit]) for hit in hits] == [
        (2, ["改造老旧小区"]),
        (1, ["39.2"]),
    ]


def test_what_is_searched_is_as_audits_make_it_again(searched: ComposedSource) -> None:
    assert audit(searched.archive).damages == []


DAMAGES = {
    "a text": (update(search_texts).values(text="别的"), ["letter 1", "letter 2", "search index"]),
    "a text that is lost": (
        delete(search_texts).where(search_texts.c.letter_id == 1),
        ["letter 1", "search index"],
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_an_altered_text_is_named_and_written_anew(source: ComposedSource, name: str) -> None:
    damage, places = DAMAGES[name]
    with source.archive.writing() as connection:
        connection.execute(damage)
    assert [each.place for each in audit(source.archive).damages] == places
    with source.archive.writing() as connection:
        assert list(write_search_index(connection)) == [1, 2]
    assert audit(source.archive).damages == []
    assert found(source, "39.2") == ["0001"]


def test_an_index_of_other_letters_is_named_and_written_anew(source: ComposedSource) -> None:
    with source.archive.writing() as connection:
        clear_index(connection)
        add_to_index(connection, free_place(connection, None), index_grams("proposals", "别的"))
    assert [each.place for each in audit(source.archive).damages] == ["search index"]
    with source.archive.writing() as connection:
        list(write_search_index(connection))
    assert found(source, "停车") == ["0001", "0002"]


def test_a_lost_index_is_named(source: ComposedSource) -> None:
    with source.archive.writing() as connection:
        connection.execute(text("DROP TABLE search_index"))
    assert [each.place for each in audit(source.archive).damages] == ["search index"]


def test_a_letter_whose_date_in_the_directory_changes_is_found_as_before(
    source: ComposedSource,
) -> None:
    with source.archive.writing() as connection:
        for day in (date(2022, 6, 18), date(2021, 1, 1), None):
            connection.execute(update(letters).where(letters.c.id == 1).values(listed_on=day))
            move_search_texts(connection, [1])
    assert found(source, "39.2") == ["0001"]


CHARACTERS = "2026停车位的一a1A１%_'\"＂ \n\u200b渝ﬁ\U00020000"
_FIRST = 1000  # id of the first letter of an example
DAYS = [None, date(1985, 1, 1), date(2022, 6, 18), date(2022, 6, 19)]
STATES = ["published", "withdrawn"]
COMPOSED = st.lists(
    st.tuples(
        st.text(CHARACTERS, max_size=14),
        st.sampled_from(DAYS),
        st.sampled_from("st"),
        st.sampled_from(STATES),
    ),
    min_size=1,
    max_size=8,
)
Composed = tuple[str, date | None, str, str]


@settings(max_examples=80)
@given(
    composed=COMPOSED,
    words=st.text(CHARACTERS, max_size=7),
    source=st.sampled_from([None, "s"]),
    status=st.sampled_from([None, *STATES]),
    limit=st.integers(1, 3),
    most=st.sampled_from([2, 2000]),
    many=st.sampled_from([1, 2000]),
    walked=st.sampled_from([-1, 4000]),
)
def test_a_search_finds_what_a_scan_finds_page_by_page(
    lasting: Archive,
    composed: list[Composed],
    words: str,
    source: str | None,
    status: str | None,
    limit: int,
    most: int,
    many: int,
    walked: int,
) -> None:
    search = parse_search(words)
    if not search.words:
        return
    wanted = queries.LetterFilter(source, search, Status(status) if status else None)
    with lasting.rehearsing() as connection, pytest.MonkeyPatch.context() as patched:
        patched.setattr(search_page, "MOST_READ", most)
        patched.setattr(search_module, "_MANY", many)
        patched.setattr(search_module, "_NEWEST", 1)
        patched.setattr(search_module, "_AT_ONCE", 1)
        patched.setattr(letter_lists, "MOST_WALKED", walked)
        patched.setattr(letter_lists, "_BLOCK", 1)
        for number, (text_, listed_on, of, state) in enumerate(composed, _FIRST):
            _add(connection, number, _lines(text_), listed_on, of, state)
        scanned = scan(connection, composed, wanted)
        listed = [each.id for each in queries.listed_letters(connection, wanted)]
        assert composed_ids(listed) == scanned
        assert queries.count_letters(connection, wanted) == len(listed)
        there = pages(connection, wanted, limit, towards_newer=False)
        assert list(chain(*there)) == listed
        back = list(pages(connection, wanted, limit, towards_newer=True))
        assert list(chain(*reversed(back))) == listed


@settings(max_examples=40)
@given(
    days=st.lists(st.sampled_from(DAYS), min_size=4, max_size=14),
    limit=st.integers(1, 2),
    most=st.sampled_from([2, 2000]),
)
def test_letters_of_a_rare_status_are_found_page_by_page_on_whatever_day_they_are_listed(
    lasting: Archive, days: list[date | None], limit: int, most: int
) -> None:
    wanted = queries.LetterFilter(search=parse_search("停车"), status=Status.WITHDRAWN)
    with lasting.rehearsing() as connection, pytest.MonkeyPatch.context() as patched:
        patched.setattr(search_page, "MOST_READ", most)
        patched.setattr(search_module, "_NEWEST", 1)
        patched.setattr(search_module, "_AT_ONCE", 1)
        patched.setattr(letter_lists, "_BLOCK", 1)
        for number, listed_on in enumerate(days, _FIRST):
            _add(connection, number, "停车", listed_on, status="withdrawn")
        listed = [each.id for each in queries.listed_letters(connection, wanted)]
        assert len(listed) == len(days)
        assert list(chain(*pages(connection, wanted, limit, towards_newer=False))) == listed
        back = list(pages(connection, wanted, limit, towards_newer=True))
        assert list(chain(*reversed(back))) == listed


def composed_ids(ids: Iterable[int]) -> list[int]:
    """Return the ids of an example's letters: the archive has two others."""
    return [id_ for id_ in ids if id_ >= _FIRST]


def _lines(written: str) -> str:
    return "\n".join(filter(None, map(search_form, written.split("\n"))))


def scan(
    connection: Connection, composed: list[Composed], wanted: queries.LetterFilter
) -> list[int]:
    """Return the ids of the letters that are wanted, each read as a whole, newest listed first."""
    assert wanted.search is not None
    ids = [
        number
        for number, (written, _, source, status) in enumerate(composed, _FIRST)
        if wanted.source in {None, source}
        and wanted.status in {None, status}
        and all(word in _lines(written) for word in wanted.search.words)
    ]
    newest_first = select(search_texts.c.letter_id).order_by(search_texts.c.place.desc())
    return [id_ for id_ in connection.execute(newest_first).scalars() if id_ in ids]


def pages(
    connection: Connection, wanted: queries.LetterFilter, limit: int, *, towards_newer: bool
) -> Iterator[list[int]]:
    """Yield the ids of each page as its links lead from one end of the list to the other."""
    cut: queries.Cut | None = queries.Cut(None, towards_newer)
    while cut:
        page = queries.letter_page(connection, wanted, cut, limit)
        assert len(page.rows) <= limit
        yield [row.id for row in page.rows]
        cut = next_cut(page, towards_newer=towards_newer)


def next_cut(
    page: queries.ListPage[queries.ListedLetter], *, towards_newer: bool
) -> queries.Cut | None:
    goes_on = page.has_newer if towards_newer else page.has_older
    beyond = page.newer_beyond if towards_newer else page.older_beyond
    if beyond is None and page.rows:
        row = page.rows[0 if towards_newer else -1]
        beyond = queries.letter_position(row.listed_on, row.id)
    return queries.Cut(beyond, towards_newer) if goes_on and beyond else None


def test_a_cursor_at_a_letter_that_is_listed_on_another_day_by_now_leaves_no_letter_out(
    lasting: Archive,
) -> None:
    wanted = queries.LetterFilter(search=parse_search("停车"))
    with lasting.rehearsing() as connection:
        for number, day in enumerate((19, 18, 18, 17), _FIRST):
            _add(connection, number, "停车", date(2022, 6, day), "s", "published")
        moved = update(letters).where(letters.c.id == _FIRST + 1)
        connection.execute(moved.values(listed_on=date(2099, 1, 1)))
        move_search_texts(connection, [_FIRST + 1])
        cut = queries.Cut((date(2022, 6, 18), _FIRST + 1))
        page = queries.letter_page(connection, wanted, cut, 5)
    assert composed_ids(row.id for row in page.rows) == [_FIRST + 2, _FIRST + 3]


def _add(
    connection: Connection,
    letter_id: int,
    said: str,
    listed_on: date | None = None,
    source: str = "s",
    status: str = "published",
) -> None:
    place, at = free_place(connection, listed_on), datetime(2026, 11, 24, tzinfo=UTC)
    seen = {"first_seen": at, "last_seen": at, "listed_on": listed_on}
    names = {"source": source, "address_id": 1, "status": status, "version": 1}
    row = {"id": letter_id, "digest": "", "title": "", **names, **seen}
    connection.execute(insert(letters).values(**row))
    values = {"letter_id": letter_id, "place": place, "text": said}
    connection.execute(insert(search_texts).values(**values))
    add_to_index(connection, place, index_grams(source, said))


def test_two_who_write_at_once_take_places_of_their_own(empty_postgres: str) -> None:
    with closing(open_archive(empty_postgres, create=True)) as archive:

        def write(letter_id: int) -> None:
            with archive.writing() as connection:
                _add(connection, letter_id, "停车")

        with ThreadPoolExecutor(1) as beside, archive.writing() as connection:
            _add(connection, 2001, "停车")
            written = beside.submit(write, 2002)
            while not written.done() and not _waits(archive):
                pass
            connection.commit()
            written.result()
        with archive.writing() as connection:
            connection.execute(delete(search_texts).where(search_texts.c.letter_id > _FIRST))
            connection.execute(delete(letters).where(letters.c.id > _FIRST))


def _waits(archive: Archive) -> bool:
    """Return whether a connection waits for what another one holds."""
    query = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with archive.reading() as connection:
        return bool(connection.execute(text(query)).scalar_one())
