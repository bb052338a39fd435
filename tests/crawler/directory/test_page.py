"""A directory is read as it prints itself."""

from datetime import date

import pytest

from crawler.directory.page import page_url, read_directory
from tests.crawler.directory.composed import URL, directory


@pytest.mark.parametrize(
    ("script", "pages", "second"),
    [
        ('createPage(34, 0, "index", "html");', 34, "index_1.html"),
        ('createPageHTML(50, 0, "index", "shtml");', 50, "index_1.shtml"),
        ("createPageHTML(3,0,'list','htm')", 3, "list_1.htm"),
        ("//createPage(7, 0, 'index', 'html');", 7, "index_1.html"),
        ("createPageHTML('page_div',10,1,'list','shtml')", 10, "list_2.shtml"),
        ("var countPage = 5", 5, "index_1.html"),
        ('createPageHTML("2", "0", "index", "html");', 2, "index_1.html"),
        ('createPageHTML(2, 0, "index-list", "html");', 2, "index-list_1.html"),
        ('createPageHTML(2, 0, "./a.b/index", ".html");', 2, "a.b/index_1.html"),
        (
            "var logo = '//gov.example/a.gif'; createPage(6, 0, 'index', 'html');",
            6,
            "index_1.html",
        ),
        ('//createPageHTML(31, 0, "list", "shtml");\nvar countPage = 30;', 30, "list_1.shtml"),
        ("", None, "index_1.html"),
    ],
)
def test_the_pager_is_the_one_that_the_page_declares(
    script: str, pages: int | None, second: str
) -> None:
    page = read_directory(directory(1, script=script), URL)
    assert page.total_pages == pages
    assert page_url(page, 1) == URL + second


def test_a_pager_in_a_comment_of_the_page_counts_too() -> None:
    more = '<!-- <script>createPage(4, 0, "index", "html")</script> -->'
    assert read_directory(directory(1, more=more), URL).total_pages == 4


@pytest.mark.parametrize(
    ("script", "more"),
    [
        ('//createPageHTML(4, 0, "index", "html");\ncreatePageHTML(1, 0, "index", "html");', ""),
        ('createPage(1, 0, "index", "html"); // createPage(4, 0, "index", "html");', ""),
        ('/* createPage(4, 0, "old", "html");\n */ createPage(1, 0, "index", "html");', ""),
        (
            'createPage(1,0,"index","html")',
            "<!-- <script>createPage(4,0,'index','html')</script> -->",
        ),
        ("var countPage = 1", '<!-- <script>createPage(4, 0, "index", "html")</script> -->'),
    ],
)
def test_a_live_pager_goes_before_an_old_one_in_a_comment(script: str, more: str) -> None:
    assert read_directory(directory(1, script=script, more=more), URL).total_pages == 1


@pytest.mark.parametrize(
    "written",
    [
        '<ul><li><a href="./202206/t20220617_1.html" title="甲的复函">甲的…</a><span>2022-06-17</span></li></ul>',
        '<table><tr><td>1</td><td><a href="202206/t20220617_1.html">甲的复函</a></td><td>2022年6月17日</td></tr></table>',
        '<dl><dd><a href="/zwgk/tagk/202206/t20220617_1.html"><p>甲的复函</p><em>2022-06-17</em></a></dd></dl>',
        '<div class="l"><p><a href="http://gov.example/zwgk/tagk/202206/t20220617_1.html">甲的复函</a> <span>2022/06/17</span></p></div>',
    ],
)  # fmt: skip
def test_rows_of_several_templates_are_read_alike(written: str) -> None:
    (row,) = read_directory(written, URL).rows
    assert row.url == f"{URL}202206/t20220617_1.html"
    assert row.title == "甲的复函"
    assert row.listed_on == date(2022, 6, 17)


def test_anchors_that_are_no_letters_are_left_out() -> None:
    more = (
        '<div><a href="/news/202206/t20220601_9.html">要闻</a></div><a href="/">首页</a>'
        '<a href="javascript:void(0)">打印</a><a href="mailto:a@b.c">邮箱</a><a href="http://[">坏</a><a href="http://x:y/t20220617_3.html">坏</a>'
    )
    page = read_directory(directory(1, 2, more=more), URL)
    assert [each.title for each in page.rows] == ["第1号复函", "第2号复函"]


def test_rows_that_lead_to_another_site_are_counted_not_listed() -> None:
    elsewhere = (
        '<ul><li><a href="http://other.example/zwgk/tagk/202206/t20220617_3.html">丙</a></li></ul>'
    )
    page = read_directory(elsewhere, URL)
    assert (page.documents, page.rows) == (1, ())


@pytest.mark.parametrize(
    "said", ["var recordCount = '59';", "m_nRecordCount=59", "共 59 条", "总记录数：59"]
)
def test_a_directory_says_its_own_size(said: str) -> None:
    page = read_directory(
        directory(1, script=said if "=" in said else "", more=f"<p>{said}</p>"), URL
    )
    assert page.total_rows == 59


@pytest.mark.parametrize(
    "more",
    [
        "<div class='side'>政民互动：本月共 5120 条来信</div>",
        "<div class='side'><b>来信</b> <span>共 5120 条</span></div>",
        "<div class='side'><h3>来信</h3><p>共 5120 条</p></div>",
        "<script>var words = '共 5120 条'</script>",
    ],
)
def test_what_another_part_of_the_page_counts_is_not_the_size(more: str) -> None:
    script = 'createPage(1, 0, "index", "html");'
    assert read_directory(directory(1, script=script, more=more), URL).total_rows is None


@pytest.mark.parametrize(
    "said",
    [
        "<div class='page'>检索到提案<b>共 59 条</b></div>",
        "<div><span>共<b>59</b>条记录</span> <span>第1/3页</span> <a href='#'>下一页</a></div>",
        "<div class='main'><ul><li><a href='./202206/t20220617_2.html'>乙</a></li></ul>共 59 条</div>",
        "<table><tr><td>共有 59 条 每页 20 条 跳转到 <select><option>1</option></select></td></tr></table>",
    ],
)
def test_of_several_sizes_the_one_in_the_pager_is_taken(said: str) -> None:
    more = f"{said}<script>var recordCount = 5120;</script>"
    assert read_directory(directory(1, more=more), URL).total_rows == 59


def test_a_pager_with_its_element_s_id_says_how_many_rows_there_are() -> None:
    script = "createPageHTML('page_div',10, 1,'list','shtml',189);"
    assert read_directory(directory(1, script=script), URL).total_rows == 189


def test_rows_written_by_a_script_are_reported_as_such() -> None:
    page = read_directory("<html><script>queryList('/search')</script></html>", URL)
    assert page.is_written_by_script
    assert page.rows == ()
