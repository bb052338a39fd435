"""What a page says beside its letter: 文号 in a box, 发布日期 in a table of meta data."""

from datetime import date

import pytest

from crawler.page.reader import PageReader, read_page
from letters.letter import Kind, Letter

TITLE = "关于市政协六届三次会议第0325号提案的复函"
TEXT = (
    "<p>赵小华委员：</p><p>您提出的《关于沟渠清淤的提案》收悉，现答复如下：</p>"
    + "<p>已完成三处渠道清淤，投入资金三十万元，后续将加强巡查管护。</p>" * 4
)


def letter(box: str, container: str = "TRS_Editor") -> Letter:
    html = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{box}<div class='{container}'>{TEXT}</div></body></html>"
    return read_page(
        PageReader(Kind.PROPOSAL).page(html, "http://gov.example/a/1.html"), Kind.PROPOSAL
    )


@pytest.mark.parametrize("container", ["TRS_Editor", "x"])
@pytest.mark.parametrize(
    "box",
    [
        "<div class='info'><span>文号：甲水函〔2024〕5号</span></div>",
        "<div><b>文 号：</b><span>甲水函〔2024〕5号</span></div>",
        "<div class='wh'>甲水函〔2024〕5号</div>",
        "<p><em>发文字号: 甲水函〔2024〕5号</em> <em>来源：市水利局</em></p>",
    ],
)
def test_a_number_in_a_box_is_read(box: str, container: str) -> None:
    assert letter(box, container).doc_number == "甲水函〔2024〕5号"


@pytest.mark.parametrize(
    "box",
    [
        "<p><a href='/z.html'>甲水函〔2024〕5号</a></p>",
        "<ul><li>甲水函〔2024〕5号</li><li>甲水函〔2024〕6号</li></ul>",
        "<p>按甲水函〔2024〕5号文件办理的各项工作</p>",
    ],
    ids=["a link", "several", "a sentence"],
)
def test_another_number_is_none_of_the_letter(box: str) -> None:
    assert letter(box).doc_number is None


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>发布日期</td><td>2024-06-25</td></tr></table>",
        "<table><tr><th>索引号</th><td>1/2</td><th>发布时间</th><td>2024年6月25日</td></tr></table>",
        "<table><tr><td>【公开日期】</td><td>2024/6/25</td></tr></table>",
    ],
)
def test_a_day_of_publication_in_a_table_is_read(table: str) -> None:
    assert letter(table).published_on == date(2024, 6, 25)


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>成文日期</td><td>2024-06-20</td></tr></table>",
        "<table><tr><td>发布日期</td><td>2024-06-25</td></tr><tr><td>发布日期</td><td>2023-01-02</td></tr></table>",
    ],
    ids=["another day", "two days"],
)
def test_another_day_of_a_table_is_none(table: str) -> None:
    assert letter(table).published_on is None
