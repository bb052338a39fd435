"""A pager may number its pages by 二, ②, II or 第二页; what it says of their number may be old."""

from collections.abc import Callable

import pytest

from tests.crawler.directory.composed import ROWS, directory, walked_pages, walked_with_rows

NAMES = {
    "words": ["一", "二", "三", "四"],
    "words of a page": ["第一页", "第二页", "第三页", "第四页"],
    "words in brackets": ["[一]", "[二]", "[三]", "[四]"],
    "circles": ["①", "②", "③", "④"],
    "Roman letters": ["I", "II", "III", "IV"],
    "Roman signs": ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"],
    "wide digits": ["１", "２", "３", "４"],
}
ADDRESSES = {
    "a query": lambda number: f"?p={number}",
    "a name": lambda number: f"index_{number - 1}.html" if number > 1 else "",
    "a bare number": lambda number: f"{number}.html" if number > 1 else "",
}
Address = Callable[[int], str]


def four_pages(address: Address, pager: Callable[[int], str]) -> dict[str, str]:
    pages = {address(n): directory(n * 2, n * 2 + 1, more=pager(n)) for n in range(1, 5)}
    return {"": directory(2, 3, more=pager(1)), **pages}


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_pages_that_are_numbered_otherwise_than_in_digits_are_read(
    names: list[str], address: Address
) -> None:
    links = "".join(
        f"<a href='./{address(number)}'>{name}</a>" for number, name in enumerate(names, start=1)
    )
    seen = walked_pages(four_pages(address, lambda _: f"<p>{links}</p>"))
    assert (len(seen.rows), seen.errors) == (8, ())


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize(
    "button", ["<b onclick='g()'>{}</b>", "<a href='#'>{}</a>", "<span>{}</span>"]
)
def test_buttons_that_are_numbered_so_are_a_sign_of_more(names: list[str], button: str) -> None:
    shown = "".join(map(button.format, names))
    (error,) = walked_with_rows(f"<div>{shown}</div>").errors
    assert error.reason == "its pager shows page numbers up to 4; 1 pages were read"


@pytest.mark.parametrize(
    "shown",
    [
        "<p><b>日</b><b>一</b><b>二</b><b>三</b><b>四</b><b>五</b><b>六</b></p>",
        "<p>一、本栏目公开提案答复。</p><p>二、三日内更新。</p>",
        "<ul class='tab'><li>一季度</li><li>一</li></ul>",
    ],
    ids=["days of a week", "a list of sentences", "one alone"],
)
def test_other_numbers_in_words_are_none(shown: str) -> None:
    assert walked_with_rows(shown).errors == ()


SAID = ["共2页", "第1/2页", "总页数：2", "共两页"]


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_pages_behind_a_number_that_is_too_small_are_read(said: str, address: Address) -> None:
    def numbers(_: int) -> str:
        links = (f"<a href='./{address(number)}'>{number}</a>" for number in range(1, 5))
        return f"<p>{''.join(links)} {said}</p>"

    def onward(number: int) -> str:
        link = (
            f"<a href='./{address(number + 1)}'>下一页</a>" if number < len(NAMES["words"]) else ""
        )
        return f"<p>{said} {link}</p>"

    for pager in (numbers, onward):
        seen = walked_pages(four_pages(address, pager))
        assert (len(seen.rows), seen.errors) == (8, ())


def test_a_numbered_page_that_fails_is_doubt_whatever_number_is_said() -> None:
    more = "<p>共2页 <a href='?p=1'>1</a><a href='?p=2'>2</a><a href='?p=3'>3</a></p>"
    pages = {each: directory(1, 2, more=more) for each in ("", "?p=1")}
    pages |= {"?p=2": directory(3, 4, more=more), "?p=3": "<p>系统繁忙，请稍后再试</p>"}
    (error,) = walked_pages(pages).errors
    assert error.url.endswith("?p=3")


@pytest.mark.parametrize("answer", ["", directory(3, 4)], ids=["nothing", "the last page again"])
def test_a_next_page_behind_the_number_that_is_said_may_be_none(answer: str) -> None:
    pages = {
        f"?p={n}": directory(
            n * 2 - 1, n * 2, more=f"<p>共2页 <a href='?p={n + 1}'>下一页</a></p>"
        )
        for n in (1, 2)
    }
    seen = walked_pages({"": pages["?p=1"], **pages, **({"?p=3": answer} if answer else {})})
    assert (len(seen.rows), seen.errors) == (4, ())


def test_a_row_of_numbers_beside_all_rows_that_are_counted_is_no_sign() -> None:
    assert walked_with_rows("<p>共12条 <b>一</b></p>", ROWS).errors == ()
