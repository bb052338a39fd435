"""Tables over a letter say what it is; those below it, or of another title, say nothing of it."""

from datetime import date
from typing import Any

import pytest

from crawler.page.reader import PageReader, read_page
from letters.letter import Kind, Letter

TITLE = "关于市政协六届三次会议第0325号提案的复函"
OWN = "关于沟渠清淤提案的答复"
TEXT = (
    "<p>赵小华委员：</p><p>您提出的《关于沟渠清淤的提案》收悉，现答复如下：</p>"
    "<p>已完成三处渠道清淤，投入资金三十万元，后续将加强巡查管护，请您继续监督指导。</p>"
    "<p>甲市水利局</p><p>2024年6月3日</p>"
)


def letter(above: str = "", below: str = "", title: str = TITLE, text: str = TEXT) -> Letter:
    html = (
        f"<html><head><title>{title}</title></head><body><div>{above}<h1>{title}</h1>"
        f"<div class='TRS_Editor'>{text}</div>{below}</div></body></html>"
    )
    reader = PageReader(Kind.PROPOSAL)
    return read_page(reader.page(html, "http://gov.example/a/1.html"), Kind.PROPOSAL)


def table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def told(read: Letter) -> dict[str, Any]:
    names = ("doc_number", "published_on", "result_class", "co_handlers")
    return {name: value for name in names if (value := getattr(read, name))}


NUMBER, DAY = {"doc_number": "甲水函〔2024〕12号"}, {"published_on": date(2024, 6, 17)}


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        (table("索引号|115/1|文 号|甲水函〔2024〕12号", "发布日期|2024-06-17"), NUMBER | DAY),
        (table("索引号|文号|发布日期", "115/1|甲水函〔2024〕12号|2024-06-17"), NUMBER | DAY),
        (table("索引号：115/1|文号：甲水函〔2024〕12号"), NUMBER),
        (table("文号", "甲水函〔2024〕12号"), NUMBER),
        (table("文号|公告2024年第3号"), {"doc_number": "公告2024年第3号"}),
        ("<dl><dt>索引号<dd>115/1<dt>公布日期<dd>2024-06-17</dl>", DAY),
        ("<p><b>文　　号：</b><i>甲水函〔2024〕12号</i></p>", NUMBER),
        ("<p><b>文&nbsp;&emsp;号：</b><i>甲水函〔2024〕12号</i></p>", NUMBER),
        (
            table("办理类别|A类|协办单位|市财政局 市农业农村局", "公开属性|主动公开"),
            {"result_class": "A", "co_handlers": ("市财政局", "市农业农村局")},
        ),
        (table("索引号|115/1", "办理结果|已解决（B类）"), {"result_class": "B"}),
        (table(f"索引号|115/1|名称|{TITLE}", "文号|甲水函〔2024〕12号"), NUMBER),
        (table(f"文件标题|{TITLE[:12]}…", "文号|甲水函〔2024〕12号"), NUMBER),
    ],
)
def test_a_table_over_the_text_is_the_letter_s(above: str, expected: dict[str, Any]) -> None:
    assert told(letter(above)) == expected


def test_session_and_number_of_a_table_are_read_where_the_letter_says_none() -> None:
    above = table("提案号|0325|届次|市政协六届三次会议")
    assert (letter(above, title=OWN).number, letter(above, title=OWN).session) == (
        "0325",
        "市政协六届三次会议",
    )
    assert letter(table("提案号|0999")).number == "0325"


@pytest.mark.parametrize(
    "above",
    [
        table("文号|无", "办理结果|已办结"),
        table("文号|标题|发布日期", "甲水发〔2023〕5号|通知|2023-03-01", "甲水发〔2023〕9号|通知|2023-05-01"),
        table("序号|文号|题名", "1|甲水发〔2023〕5号|关于防汛的通知"),
        table("标题|关于印发管护办法的通知", "文号|甲水发〔2023〕5号", "发布日期|2023-03-01"),
        table("文号|2024-06-03"),
    ],
    ids=["no values", "a list", "a list of one", "another title", "a date"],
)  # fmt: skip
def test_what_is_no_value_or_of_another_document_is_not_read(above: str) -> None:
    assert told(letter(above)) == {}


@pytest.mark.parametrize(
    "below",
    [
        table("文号|甲水发〔2023〕5号", "发布日期|2023-03-01"),
        "<ul><li>文号：甲水发〔2023〕5号</li></ul>",
    ],
)
def test_below_the_text_another_document_is_spoken_of(below: str) -> None:
    assert told(letter(below=f"<div><h3>相关文件</h3>{below}</div>")) == {}


def test_a_table_in_the_text_that_is_no_index_says_nothing_of_the_page() -> None:
    inner = table("名称|防汛通知", "文号|甲水发〔2023〕5号", "发布时间|2023-03-01")
    assert told(letter(text=TEXT + inner)) == {}
    assert told(letter(text=table("索引号|115/1", "发布日期|2024-06-17") + TEXT)) == DAY
