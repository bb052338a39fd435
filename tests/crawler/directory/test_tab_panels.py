"""Panels of tabs whose lists are all in the page: they are one directory, whatever their size."""

import pytest

from tests.crawler.directory.composed import walked_pages

ROW = "<li><a href='/view/{n:04}.html'>{title}</a> 2022-06-17</li>"
TITLED, BARE = "关于第{n}号提案的复函", "加强停车工作提升群众满意度（{n}）"


def listed(*numbers: int, title: str = TITLED) -> str:
    rows = (ROW.format(n=n, title=title.format(n=n)) for n in numbers)
    return f"<ul>{''.join(rows)}</ul>"


def tabs(*words: str, tag: str = "li") -> str:
    shown = "".join(
        f"<{tag} class='{'' if at else 'on'}'>{it}</{tag}>" for at, it in enumerate(words)
    )
    return f"<div class='hd'>{shown}</div>"


def panels(*lists: str, hidden: str = "style='display:none'") -> str:
    return "".join(
        f"<div class='con' {hidden if at else ''}>{it}</div>" for at, it in enumerate(lists)
    )


WORDS = {
    "who leads": ("主办", "协办"),
    "kinds": ("人大建议", "政协提案"),
    "years": ("2023年", "2022年"),
    "sessions": ("六届二次会议", "六届一次会议"),
    "lots": ("第一批", "第二批"),
    "results": ("A类", "B类"),
}


@pytest.mark.parametrize("title", [TITLED, BARE])
@pytest.mark.parametrize("sizes", [(8, 8), (9, 5), (1, 9)])
@pytest.mark.parametrize("words", [pytest.param(it, id=name) for name, it in WORDS.items()])
def test_the_panels_of_tabs_are_one_directory(
    words: tuple[str, str], sizes: tuple[int, int], title: str
) -> None:
    one, other = sizes
    first, second = listed(*range(one), title=title), listed(*range(one, one + other), title=title)
    seen = walked_pages({"": tabs(*words) + f"<div class='bd'>{panels(first, second)}</div>"})
    assert (len(seen.rows), seen.errors) == (one + other, ())


def test_panels_right_behind_their_tabs_are_one_directory() -> None:
    both = panels(listed(*range(8), title=BARE), listed(*range(8, 16), title=BARE))
    seen = walked_pages({"": tabs("人大建议", "政协提案", tag="a") + both})
    assert (len(seen.rows), seen.errors) == (16, ())


def test_a_panel_that_is_shown_by_a_class_is_like_the_others() -> None:
    lists = (listed(*range(8)), listed(*range(8, 16)), listed(*range(16, 24)))
    shown, *others = lists
    box = f"<div class='item layui-show'>{shown}</div>" + "".join(
        f"<div class='item'>{each}</div>" for each in others
    )
    seen = walked_pages({"": tabs("A类", "B类", "C类") + f"<div>{box}</div>"})
    assert (len(seen.rows), seen.errors) == (24, ())


def test_panels_that_repeat_each_other_are_one_list() -> None:
    both = panels(listed(*range(8)), listed(*reversed(range(8))))
    seen = walked_pages({"": tabs("默认排序", "按时间") + f"<div class='bd'>{both}</div>"})
    assert (len(seen.rows), seen.errors) == (8, ())


@pytest.mark.parametrize("words", [("通知公告", "提案答复"), ("提案选登", "新闻动态")])
def test_tabs_of_channels_are_no_parts_of_one_directory(words: tuple[str, str]) -> None:
    both = panels(listed(*range(8)), listed(*range(8, 16)))
    assert walked_pages({"": tabs(*words) + f"<div class='bd'>{both}</div>"}).errors


def test_a_tab_more_than_there_are_lists_shows_letters_that_are_not_read() -> None:
    both = panels(listed(*range(8)), listed(*range(8, 16)), "<p>加载</p>")
    assert walked_pages({"": tabs("主办", "协办", "会办") + f"<div>{both}</div>"}).errors


@pytest.mark.parametrize("months", [2, 3])
def test_lists_of_months_are_no_panels_of_years(months: int) -> None:
    lists = "".join(
        f"<h4>2022年{month}月</h4>{listed(month * 10, month * 10 + 1)}"
        for month in range(1, months + 1)
    )
    years = tabs(*("2022年", "2021年", "2020年")[:months])
    assert walked_pages({"": f"{years}<div>{lists}</div>"}).errors


@pytest.mark.parametrize("words", [("主办提案", "会办提案"), ("第一批", "第二批")])
def test_tabs_of_shares_show_letters_that_the_page_does_not_have(words: tuple[str, str]) -> None:
    (error,) = walked_pages({"": tabs(*words) + listed(*range(8))}).errors
    assert "behind its tabs" in error.reason
