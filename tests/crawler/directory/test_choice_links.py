"""A list of which a link shows other letters is in part, whatever the choice is called."""

import asyncio
from datetime import UTC, datetime

import pytest

from crawler.directory.directory_parts import part_of
from crawler.directory.walk import walk
from crawler.directory.walk_result import WalkResult
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from tests.crawler.directory.composed import URL, directory, row

A_TO_C = "".join(f'<a href="?lb={each}">{each}类</a>' for each in "ABC")


def walked(answers: dict[str, str], listing: str = URL) -> tuple[WalkResult, list[str]]:
    asked: list[str] = []

    async def ask(request: InterfaceRequest) -> Snapshot:
        url = request.url
        asked.append(path := url.removeprefix(URL))
        body = answers.get(path)
        status = 404 if body is None else 200
        headers = {"content-type": "text/html"}
        return Snapshot(url, url, status, headers, (body or "").encode(), datetime.now(UTC))

    return asyncio.run(walk(ask, listing, lambda _: None)), asked


@pytest.mark.parametrize(
    "links",
    [
        A_TO_C,
        '<a href="?lb=B">接下来的答复</a>',
        '<select><option value="?lb=A">上半年</option><option value="?lb=B">下半年</option></select>',
        '<ul><li><a href="?lb=A">市水利局</a></li><li><a href="?lb=B">市林业局</a></li></ul>',
    ],
    ids=["classes", "a cursor", "a choice", "units"],
)
def test_a_choice_that_shows_other_letters_is_a_sign(links: str) -> None:
    pages = {"": directory(1, 2, more=links), "?lb=A": directory(1, 2, more=links)}
    seen, _ = walked({**pages, "?lb=B": directory(3, 4, more=links)})
    (error,) = seen.errors
    assert error.url == f"{URL}?lb=B"
    assert error.reason.endswith("leads to 第3号复函, which is not listed")
    assert len(seen.rows) == 2  # whether they are of this directory is not known


def test_a_choice_that_shows_the_same_letters_is_none() -> None:
    sorts = '<a href="?sort=no">按编号</a><a href="?sort=date">按时间</a>'
    seen, _ = walked({"": directory(1, 2, more=sorts), "?sort=no": directory(2, 1, more=sorts)})
    assert seen.is_whole


def test_of_each_kind_of_link_a_few_are_asked_for() -> None:
    many = "".join(f'<a href="?tag={number}">标签</a>' for number in range(50))
    seen, asked = walked({"": directory(1, 2, more=many)})
    assert seen.is_whole
    assert asked == ["", "?tag=0", "?tag=1", "?tag=2", "?tag=3"]


def test_a_menu_of_channels_by_the_listings_own_key_is_not_asked() -> None:
    menu = '<a href="?lm=6">建议答复</a><a href="?lm=5">提案答复</a>'
    seen, asked = walked({"?lm=5": directory(1, 2, more=menu)}, f"{URL}?lm=5")
    assert seen.is_whole
    assert asked == ["?lm=5"]


def test_the_list_of_a_month_that_is_the_first_one_again_is_in_doubt() -> None:
    months = '<a href="?m=6">2022年6月</a><a href="?m=5">2022年5月</a>'
    page = directory(1, 2, more=months)
    seen, _ = walked({"": page, "?m=6": page, "?m=5": page})
    (error,) = seen.errors
    assert error.reason == "its list of 2022-05 shows nothing of it, and nothing new"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("2022年第一季度", "2022年1季度"),
        ("2022年上半年", "2022年上半年"),
        ("一月", "1月"),
        ("十一月", "11月"),
        ("下半年", "下半年"),
    ],
)
def test_quarters_halves_and_months_in_words_are_parts(words: str, name: str) -> None:
    assert part_of(words) == name


def test_the_list_of_another_quarter_is_read() -> None:
    quarters = '<a href="2022-2/">2022年二季度</a><a href="2022-1/">2022年一季度</a>'
    march = row(3).replace("2022-06-17</span>", "2022-03-17</span>")
    march = march.replace("./202206", "../202206")
    seen, asked = walked({"": directory(1, 2, more=quarters), "2022-1/": f"<ul>{march}</ul>"})
    assert seen.is_whole
    assert asked == ["", "2022-1/"]
    assert len(seen.rows) == 3


def test_the_list_of_a_month_whose_rows_have_that_date_is_read() -> None:
    months = '<a href="?m=6">2022年6月</a><a href="?m=5">2022年5月</a>'
    may = row(3).replace("2022-06-17</span>", "2022-05-17</span>")
    seen, _ = walked({"": directory(1, more=months), "?m=5": f"<ul>{may}</ul>{months}"})
    assert seen.is_whole
    assert len(seen.rows) == 2
