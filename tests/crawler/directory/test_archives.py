"""A letter whose row moved into a list of older letters is listed yet."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.directory.archives import with_archived
from crawler.directory.page import read_directory
from crawler.directory.walk import walk
from crawler.directory.walk_result import WalkResult
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from letters.addresses import KnownAddress
from letters.letter_record import Status
from letters.urls import url_key
from letters.visit_span import VisitOutcome
from tests.crawler.directory.composed import URL, directory

ARCHIVE = '<a href="/zwgk/wn/">往年提案答复</a>'
OLDER = "/zwgk/wn/"


def known(number: int) -> KnownAddress:
    nothing = dict.fromkeys(KnownAddress.__dataclass_fields__)
    url = f"{URL}202206/t20220617_{number}.html"
    return replace(
        KnownAddress(**nothing),  # type: ignore[arg-type]  # what is asked for is set below
        id=number, key=url_key(url), url=url, listed_title=f"第{number}号复函",
        first_listed_at=datetime(2024, 6, 3, tzinfo=UTC),
        letter_id=number, status=Status.PUBLISHED, outcome=VisitOutcome.LETTER,
    )  # fmt: skip


def walked(answers: dict[str, str], *numbers: int) -> tuple[WalkResult, list[str]]:
    """Return a walk of which letters `numbers` are on record, and what was asked for."""
    asked: list[str] = []

    async def ask(request: InterfaceRequest) -> Snapshot:
        url = request.url
        asked.append(path := url.removeprefix("http://gov.example"))
        body = answers.get(path)
        headers = {"content-type": "text/html"}
        at, status = datetime.now(UTC), 404 if body is None else 200
        return Snapshot(url, url, status, headers, (body or "").encode(), at)

    async def walk_both() -> WalkResult:
        listed = await walk(ask, URL, lambda _: None)
        return await with_archived(ask, listed, map(known, numbers))

    return asyncio.run(walk_both()), asked


def older(*numbers: int, more: str = "") -> str:
    """Return a list of the archive, of letters at the URLs that they had."""
    return directory(*numbers, more=more).replace("./2022", "/zwgk/tagk/2022")


@pytest.mark.parametrize(
    "words",
    [
        *("往年提案", "往年建议提案办理", "历年建议答复", "历史办理情况", "2019年以前", "2019年及以前提案"),
        *("2018-2020年", "往届提案答复", "[历年]", "以往提案", "归档&gt;&gt;", "更早"),
    ],
)  # fmt: skip
def test_lists_of_older_letters_are_known_by_their_links(words: str) -> None:
    more = f'<a href="/zwgk/wn/">{words}</a>'
    assert read_directory(directory(1, more=more), URL).archives == (f"http://gov.example{OLDER}",)


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/lsyg/">历史沿革</a>',
        '<a href="/ys/">历年预算</a>',
        '<a href="http://other.example/">往年提案</a>',
        '<a href="./">往年提案</a>',
        '<a href="/zwgk/2021/">2021年</a>',
    ],
)
def test_other_links_are_none(link: str) -> None:
    assert read_directory(directory(1, more=link), URL).archives == ()


def test_a_letter_that_moved_into_an_archive_is_listed_and_no_other_of_it() -> None:
    seen, _ = walked(
        {"/zwgk/tagk/": directory(3, more=ARCHIVE), OLDER: older(1, 2, 8, 9)}, 1, 2, 3
    )
    assert sorted(seen.rows) == sorted(known(number).key for number in (1, 2, 3))
    assert seen.errors == ()


def test_one_that_has_another_url_there_is_known_by_its_title() -> None:
    there = directory(1, 8)
    seen, _ = walked({"/zwgk/tagk/": directory(3, more=ARCHIVE), OLDER: there}, 1, 3)
    assert [row.title for row in seen.rows.values()] == ["第3号复函", "第1号复函"]
    assert [row.url for row in seen.rows.values()][1].startswith("http://gov.example/zwgk/wn/")


def test_an_archive_is_read_where_letters_are_missing_alone() -> None:
    _, asked = walked({"/zwgk/tagk/": directory(1, 2, more=ARCHIVE)}, 1, 2)
    assert asked == ["/zwgk/tagk/"]


def test_one_of_many_pages_is_read_as_far_as_the_letters_are() -> None:
    pages = {
        OLDER if at == 0 else f"{OLDER}index_{at}.html": older(
            100 + at, more=f'<script>createPage(9, {at}, "index", "html");</script>'
        )
        for at in range(9)
    }
    _, asked = walked({"/zwgk/tagk/": directory(1, more=ARCHIVE), **pages}, 1, 101)
    assert len(asked) == 4
    seen, _ = walked({"/zwgk/tagk/": directory(1, more=ARCHIVE), **pages}, 1, 108)
    assert known(108).key in seen.rows


def test_a_letter_that_is_in_no_archive_is_missing() -> None:
    seen, _ = walked({"/zwgk/tagk/": directory(1, more=ARCHIVE), OLDER: older(8, 9)}, 1, 2)
    assert seen.is_whole
    assert known(2).key not in seen.rows


def test_an_archive_that_can_t_be_read_while_letters_are_missing_is_doubt() -> None:
    seen, _ = walked({"/zwgk/tagk/": directory(1, more=ARCHIVE)}, 1, 2)
    (error,) = seen.errors
    assert error.url == f"http://gov.example{OLDER}"
    assert "letters are missing" in error.reason
