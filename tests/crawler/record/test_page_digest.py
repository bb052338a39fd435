"""A page that is, byte for byte, the one that was read is not read again; any other is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.http.snapshot import Snapshot
from crawler.page.reader import PageReader
from crawler.visit import Visit, read_answer
from letters.addresses import KnownAddress
from letters.letter import Kind
from letters.letter_record import NewestVersion
from tests.crawler.record.source import (
    EMPTY,
    LONG,
    UNMODIFIED,
    ComposedSource,
    page_of,
    title_of,
    url_of,
)

URL = url_of("0001")
PAGE = page_of("0001")
READER = PageReader(Kind.PROPOSAL)
AT = datetime(2026, 11, 24, tzinfo=UTC)
_HTML = {"content-type": "text/html; charset=utf-8"}
SNAPSHOT = Snapshot(URL, URL, 200, _HTML, PAGE.encode(), AT, AT)
_VALUES = dict.fromkeys(KnownAddress.__dataclass_fields__) | {"id": 1, "url": URL}
ADDRESS = KnownAddress(**_VALUES | {"listed_title": title_of("0001"), "has_open_files": False})


def read(snapshot: Snapshot, address: KnownAddress = ADDRESS) -> Visit:
    return read_answer(address, snapshot, READER, is_listed=True, newest=None)


def known_again(
    snapshot: Snapshot = SNAPSHOT,
    *,
    reader: PageReader = READER,
    is_listed: bool = True,
    newest: Callable[[NewestVersion], NewestVersion] = lambda it: it,
    address: Callable[[KnownAddress], KnownAddress] = lambda it: it,
) -> bool:
    """Return whether a page is taken for SNAPSHOT, which was read before."""
    first = read(SNAPSHOT)
    assert first.letter is not None
    assert first.page_digest is not None
    version = newest(NewestVersion(7, 1, first.letter, READER.label, 1, AT))
    here = address(replace(ADDRESS, letter_id=7, page_digest=first.page_digest))
    again = read_answer(here, snapshot, reader, is_listed=is_listed, newest=version)
    return again.letter is version.letter


def test_the_same_bytes_are_not_read_again() -> None:
    assert known_again()


def test_a_page_that_is_known_again_shows_its_letter() -> None:
    first = read(SNAPSHOT)
    version = NewestVersion(7, 1, first.letter, READER.label, 1, AT)  # type: ignore[arg-type]
    here = replace(ADDRESS, letter_id=7, page_digest=first.page_digest)
    again = read_answer(here, SNAPSHOT, READER, is_listed=True, newest=version)
    assert replace(again, ways=first.ways) == replace(first, address=here, newest=version)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(SNAPSHOT, body=PAGE.encode() + b" "), id="one byte more"),
        pytest.param(replace(SNAPSHOT, headers={"content-type": "text/html"}), id="its charset"),
        pytest.param(
            replace(SNAPSHOT, final_url=URL.replace("://", "://www.")), id="where it was served"
        ),
        pytest.param(replace(SNAPSHOT, further=(SNAPSHOT,)), id="a further page of it"),
    ],
)
def test_another_answer_is_read(changed: Snapshot) -> None:
    assert not known_again(changed)


def test_what_the_directory_says_now_is_read_with_the_page() -> None:
    assert not known_again(is_listed=False)
    assert not known_again(address=lambda it: replace(it, listed_title="另一件提案的复函"))


def test_another_reader_reads_the_page() -> None:
    assert not known_again(reader=PageReader.of_site(Kind.PROPOSAL, "trs"))
    assert not known_again(reader=PageReader(Kind.SUGGESTION))
    assert not known_again(newest=lambda it: replace(it, parser="4"))


def test_a_page_is_read_where_its_letter_says_something_else_by_now() -> None:
    assert not known_again(
        newest=lambda it: replace(it, letter=replace(it.letter, phone="66001122"))
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f'{LONG.format(1)}<p><a href="./P02022.pdf">附件.pdf</a></p>', id="has a file"
        ),
        pytest.param(
            f'{LONG.format(1)}<p><a href="./t20220617_10001_1.html">下一页</a></p>', id="goes on"
        ),
        pytest.param(
            f'{LONG.format(1)}<p><a href="javascript:goto(2)">下一页</a></p>', id="may go on"
        ),
    ],
)
def test_a_page_that_does_not_say_all_is_read_each_time(text: str) -> None:
    page = page_of("0001", text).encode()
    assert read(replace(SNAPSHOT, body=page)).page_digest is None


def test_a_letter_whose_page_is_known_again_was_visited(source: ComposedSource) -> None:
    source.crawl({URL: PAGE})
    (before,) = source.letters()
    for answer in (PAGE, UNMODIFIED, PAGE):
        assert source.crawl({URL: answer}).unchanged == 1
    (now,) = source.letters()
    assert now.last_seen > before.last_seen
    assert source.kinds() == []


def test_an_edit_is_seen_of_a_page_that_was_known_again(source: ComposedSource) -> None:
    for answer in (PAGE, PAGE, page_of("0001", LONG.format(900)), PAGE):
        source.crawl({URL: answer})
    assert source.kinds() == ["edited", "edited"]


def test_a_letter_that_is_back_on_its_old_page_is_restored(source: ComposedSource) -> None:
    for answer in (PAGE, PAGE, EMPTY, PAGE):
        source.crawl({URL: answer})
    assert source.states() == ["published"]
