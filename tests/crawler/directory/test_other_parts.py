"""What other parts of a directory's page count, number and turn is no sign of more letters."""

import pytest

from crawler.directory.page import read_directory
from tests.crawler.directory.composed import ROWS, URL, walked_with_rows

NEWS = "".join(
    f"<li><a href='/xwdt/{number}.html'>市政府召开第{number}次工作会议</a></li>"
    for number in range(1, 5)
)
PAPERS = NEWS.replace("工作会议", "提案办理会议")
OF_NEWS = {
    "linked numbers": "<div class='page'><a href='/xwdt/'>1</a><a href='/xwdt/index_1.html'>2</a>"
    "<a href='/xwdt/index_2.html'>3</a><a href='/xwdt/index_1.html'>下一页</a></div>",
    "buttons of a script": "<a href='javascript:;'>上一页</a><a href='javascript:;'>下一页</a>",
    "a total": "<p class='page'>共231条 1/16页</p>",
    "bare numbers": "<div class='pg'><span>1</span><span>2</span><span>3</span></div>",
    "an empty pager": "<div class='pagination'></div>",
}


@pytest.mark.parametrize("pager", OF_NEWS.values(), ids=OF_NEWS)
@pytest.mark.parametrize("heading", ["", "<h3>相关新闻</h3>"])
def test_a_pager_of_another_list_is_none_of_the_directory(pager: str, heading: str) -> None:
    news = f"<div>{heading}<ul>{NEWS}</ul>{pager}</div>"
    assert walked_with_rows(news).errors == ()
    assert walked_with_rows("", before=news).errors == ()


@pytest.mark.parametrize("name", ["linked numbers", "buttons of a script", "a total"])
def test_a_pager_that_may_be_the_directory_s_own_is_a_sign_of_more(name: str) -> None:
    pager = OF_NEWS[name].replace("/xwdt/", URL)
    assert walked_with_rows(f"<div><ul>{PAPERS}</ul>{pager}</div>").errors, "a list of papers"
    assert walked_with_rows(f"<ul>{NEWS}</ul>{pager}").errors, "in one box with the rows"
    assert walked_with_rows(f"<div>{pager}<ul>{NEWS}</ul></div>").errors, "before the list"


def test_more_behind_another_list_is_left_in_its_place() -> None:
    news = f"<div><h3>新闻</h3><ul>{NEWS}</ul><a href='/xwdt/'>更多</a></div>"
    page = read_directory(f"<ul>{ROWS}</ul>{news}", URL)
    assert len(page.rows) == 12
    assert page.signs == ()


OTHERS = {
    "sharing": "<div class='bdsharebuttonbox'><a href='#' class='bds_more'>更多</a><a href='#'></a></div>",
    "sharing by links": "<p class='share-to'><a href='#' class='wx'></a><span>更多</span></p>",
    "a menu": "<div class='mobile'><a href='javascript:;' class='menu-more'>更多</a></div>",
    "a picture of five": "<div><img src='1.jpg'><img src='2.jpg'><span>1/5</span></div>",
    "a show of pictures": "<div id='focus'><ol><li>1</li><li>2</li><li>3</li></ol>"
    "<a href='javascript:;'>&lt;</a><a href='javascript:;'>&gt;</a></div>",
    "days, below a trail": "<p><a href='/'>首页</a> &gt; 提案</p><p>距两会 <b>1</b><b>2</b><b>3</b> 天</p>",
}


@pytest.mark.parametrize("shown", OTHERS.values(), ids=OTHERS)
def test_a_part_that_counts_or_opens_something_else_is_no_sign_of_more(shown: str) -> None:
    assert walked_with_rows(shown).errors == ()
    assert walked_with_rows("", before=shown).errors == ()


@pytest.mark.parametrize(
    "pager",
    [
        "<div><img src='n.gif' alt='下一页'><span>1/5</span></div>",
        "<div class='pic'><p class='page'><b>1</b><i>2</i><i>3</i></p></div>",
        "<div><a href='#'>更多</a></div>",
    ],
)
def test_a_pager_that_looks_alike_is_a_sign_of_more_yet(pager: str) -> None:
    assert walked_with_rows(pager).errors
