"""A list of papers beside a directory whose own titles read as no paper's is not taken for it."""

import pytest

from crawler.directory.page import read_directory
from tests.crawler.directory.composed import URL

SUBJECTS = ["加强停车管理", "推进加装电梯", "完善养老服务", "发展乡村旅游", "建设城市绿道"]
TITLES = {
    "subjects": SUBJECTS,
    "numbers": [f"第{n:04}号" for n in range(5)],
    "digits": [f"{n:04}" for n in range(5)],
    "numbers before subjects": [f"A{n:03}号 {each}" for n, each in enumerate(SUBJECTS)],
}
OWN = {
    "below its folder": URL + "{}.html",
    "pages of a known family elsewhere": "/a/202206/t20220617_{}.html",
    "elsewhere": "/letters/{}.html",
}
OTHERS = {
    "pages of a known family": "/jygk/202206/t20220617_9{}.html",
    "other pages": "/jygk/{}.html",
}
PLACES = {
    "headed as another channel": "<div class='box'><h3>建议公开</h3>{}</div>",
    "aside": "<div class='side'>{}</div>",
}


def listed(href: str, titles: list[str]) -> str:
    rows = (
        f"<li><a href='{href.format(n)}'>{title}</a><span>2022-06-17</span></li>"
        for n, title in enumerate(titles)
    )
    return f"<ul>{''.join(rows)}</ul>"


def page_of(own: str, others: str, order: str = "{main}{others}") -> str:
    parts = order.format(main=f"<div class='main'>{own}</div>", others=others)
    return f"<html><title>提案公开-某市</title><body>{parts}</body></html>"


def papers(count: int) -> list[str]:
    return [f"关于第{n}号提案的复函" for n in range(count)]


@pytest.mark.parametrize("titles", [pytest.param(each, id=name) for name, each in TITLES.items()])
@pytest.mark.parametrize("own", [pytest.param(each, id=name) for name, each in OWN.items()])
@pytest.mark.parametrize("other", [pytest.param(each, id=name) for name, each in OTHERS.items()])
@pytest.mark.parametrize("place", [pytest.param(each, id=name) for name, each in PLACES.items()])
@pytest.mark.parametrize("count", [2, 12])
@pytest.mark.parametrize("order", ["{main}{others}", "{others}{main}"])
def test_no_letter_of_a_neighbour_is_listed(
    titles: list[str], own: str, other: str, place: str, count: int, order: str
) -> None:
    html = page_of(listed(own, titles), place.format(listed(other, papers(count))), order)
    page = read_directory(html, URL)
    assert not any("jygk" in row.url for row in page.rows)
    assert page.row_doubt if not page.rows else len(page.rows) == len(titles)


NEWS = [f"全市召开第{n}次专题会议部署任务" for n in range(12)]


@pytest.mark.parametrize(
    "others",
    [
        pytest.param(listed("/news/{}.html", NEWS), id="news"),
        pytest.param(f"<div class='side'>{listed('/news/{}.html', NEWS)}</div>", id="news aside"),
        pytest.param(f"<h3>公示公告</h3>{listed('/gs/{}.html', SUBJECTS)}", id="other papers"),
    ],
)
@pytest.mark.parametrize("own", [pytest.param(each, id=name) for name, each in OWN.items()])
def test_a_directory_whose_titles_are_papers_is_not_doubted_for_news(
    own: str, others: str
) -> None:
    page = read_directory(page_of(listed(own, papers(5)), f"<div>{others}</div>"), URL)
    assert [row.title for row in page.rows] == papers(5)
    assert page.row_doubt is None
