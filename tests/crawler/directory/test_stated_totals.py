"""A directory may say how many letters it has in a sentence, by a bar, or in data for robots."""

import pytest

from tests.crawler.directory.composed import ROWS, walked_with_rows

STATED = {
    "a sentence": "<p>截至目前，本栏目共收录提案答复 320 件，欢迎查阅。</p>",
    "one that ends with it": "<p>目前已公开答复函320份</p>",
    "one that begins with it": "<div>现将我局办理的320件政协提案答复公开如下：</div>",
    "one of this year": "<p>今年以来，我局共承办市政协提案320件，已全部办结，答复全文公开如下：</p>",
    "words": "<p>本页面收录答复三百二十件。</p>",
    "parted digits": "<p>本栏目累计发布答复 1,320 件，持续更新。</p>",
    "a bar": "<progress max='320' value='12'></progress>",
    "a bar by its role": "<div role='progressbar' aria-valuenow='12' aria-valuemax='320'></div>",
    "what is shown": "<p>已显示 12，共 320</p>",
    "what is shown of all": "<p>正在显示前 12 件，全部 320 件</p>",
    "a fraction": "<div><span>12/320 件</span></div>",
    "a fraction of what is published": "<p>已公开 12 / 320</p>",
    "a progress in words": "<p>公开进度：12/320</p>",
    "a share": "<p>已加载 4%</p>",
    "JSON-LD": '<script type="application/ld+json">{"@type":"ItemList","numberOfItems":320}</script>',
    "JSON-LD with texts": '<script type="application/ld+json">{"mainEntity":{"numberOfItems":"320"}}</script>',
    "microdata": "<meta itemprop='numberOfItems' content='320'>",
    "a named total": "<meta name='totalCount' content='320'>",
    "a total by its name alone": "<meta name='total' content='320'>",
    "a part of them": "<p>受篇幅所限，仅公开部分答复。</p>",
    "a year elsewhere": "<p>2021年答复请<a href='/ta2021/'>点击此处</a>查看。</p>",
    "what is added yet": "<p>注：以前的答复件正在陆续补录。</p>",
    "rows of a grid": "<div role='grid' aria-rowcount='320'></div>",
}
MET = {
    "as many": "<p>本栏目共收录提案答复 12 件，欢迎查阅。</p>",
    "fewer": "<p>本月公开答复3件</p>",
    "a whole of which it is a part": "<p>今年收到提案320件，其中主办12件，现公开如下</p>",
    "what is not published": "<p>2022年全市共提出建议320件</p>",
    "a bar of shares": "<progress max='100' value='40'></progress>",
    "all of it": "<p>已加载 100%</p><p>12/12件</p>",
    "a title of news": "<p><a href='/news/1.html'>全市公开提案答复320件</a></p>",
    "the foot of the page": "<div class='footer'><p>本站共发布信息320条</p></div>",
    "a number of visits": "<p>浏览 320 次</p>",
    "a paper": "<p>对第320号提案的答复已公开</p>",
}


@pytest.mark.parametrize("stated", STATED.values(), ids=STATED)
def test_a_total_that_is_not_met_is_a_sign_of_more(stated: str) -> None:
    assert walked_with_rows(stated).errors
    assert walked_with_rows("", before=stated).errors


@pytest.mark.parametrize("stated", MET.values(), ids=MET)
def test_a_number_that_is_met_or_of_other_things_is_none(stated: str) -> None:
    assert walked_with_rows(stated).errors == ()
    assert walked_with_rows("", before=stated).errors == ()


ENDS = {
    "a last page without the others": "<p>尾页</p>",
    "one in a box": "<div class='x'><span>末页</span></div>",
    "filled and empty dots": "<ul><li>●</li><li>○</li><li>○</li></ul>",
    "dots that are links": "<div><a href='#'>•</a><a href='#'>•</a></div>",
    "buttons called dots": "<div class='dots'><button></button><button></button></div>",
    "dots of an end": "<p>……</p>",
}
NO_ENDS = {
    "a pager of one page": "<p><span>首页</span><span>上一页</span><span>下一页</span><span>尾页</span></p>",
    "a show of pictures": "<div class='swiper'><ul class='dots'><li></li><li></li></ul></div>",
    "dots below pictures": "<div><img src='a.jpg'><p>●○○</p></div>",
    "one dot": "<p>·</p>",
    "a last page that is switched off": "<p><a class='disabled'>尾页</a></p>",
}


@pytest.mark.parametrize("pager", ENDS.values(), ids=ENDS)
def test_a_pager_that_has_only_its_end_or_dots_is_a_sign_of_more(pager: str) -> None:
    (error,) = walked_with_rows(pager).errors
    assert "pager" in error.reason


@pytest.mark.parametrize("shown", NO_ENDS.values(), ids=NO_ENDS)
def test_ends_of_whole_pagers_and_dots_of_pictures_are_none(shown: str) -> None:
    assert walked_with_rows(shown).errors == ()


@pytest.mark.parametrize(
    "title", ["关于附件材料共2页的第12号提案的答复", "关于第二批第12号提案（第1页 共2页）的答复"]
)
def test_pages_that_a_title_counts_are_not_the_directorys(title: str) -> None:
    rows = ROWS + f"<li><a href='202206/t20220617_99.html'>{title}</a></li>"
    assert walked_with_rows("", rows=rows).errors == ()


def test_pages_of_an_annex_are_not_the_directorys() -> None:
    assert walked_with_rows("<p>共2页附件可到窗口查阅。</p>").errors == ()
    (error,) = walked_with_rows("<p>共2页</p>").errors
    assert "2 pages" in error.reason
