"""Labelled fields: a record in lines or in a table, and the marks beside a letter."""

import pytest

from letters.letter import BlockKind, Form, Kind, Letter
from letters.printed_page import Line, PrintedPage
from letters.reading import read_letter

REPLY = "一是排查线路126公里。二是投入35万元。"


def read(*texts: str, title: str = "关于整治“空中蜘蛛网”的建议") -> Letter:
    """Read lines; one that holds cells (|) or rows (/) is a table."""
    lines = tuple(
        Line(BlockKind.TABLE, text.replace("|", "\t").replace("/", "\n"))
        if "|" in text
        else Line(BlockKind.PARAGRAPH, text)
        for text in texts
    )
    return read_letter(PrintedPage("http://gov.example/1.html", title, lines=lines), Kind.PROPOSAL)


@pytest.mark.parametrize(
    "table",
    [
        f"案由|整治线路的建议|提 案 人|任帅/主办单位|区交建局|委员反馈|满意/办复内容|{REPLY}",
        f"案由：|整治线路的建议/提案人：|任帅/主办单位：|区交建局/委员反馈：|满意/办复内容：|{REPLY}",
        f"案由：整治线路的建议|提案人：任帅/主办单位：区交建局|委员反馈：满意/办复内容/{REPLY}",
    ],
)
def test_a_record_set_as_a_table_is_read_as_one_in_lines(table: str) -> None:
    letter = read(table)
    assert letter.form is Form.RECORD
    assert (letter.subject, letter.agency) == ("整治线路的建议", "区交建局")
    assert letter.feedback == "满意"
    assert dict(letter.labels) == {
        "案由": "整治线路的建议",
        "提案人": "任帅",
        "主办单位": "区交建局",
        "委员反馈": "满意",
        "办复内容": REPLY,
    }
    (block,) = letter.body
    assert {block.text[span.start : span.end] for span in block.spans} == {
        *("整治线路的建议", "区交建局", "满意"),
    }


def test_other_cells_of_a_record_are_kept_as_labels() -> None:
    letter = read(
        f"案由|整治线路的建议/提案编号|第0123号/协办单位|区城管局/备注|无/办复内容|{REPLY}"
    )
    assert (letter.number, letter.co_handlers) == ("0123", ("区城管局",))
    assert letter.labels["备注"] == "无"


def test_a_list_of_papers_is_no_record() -> None:
    listed = read("序号|案由|提案人|主办单位/1|整治线路的建议|任帅|区交建局", title="提案一览")
    assert (listed.form, dict(listed.labels)) == (Form.REPLY, {})


def test_a_table_within_a_letter_is_its_own() -> None:
    letter = read("赵小华委员：", "您提出的提案收悉。", "主办单位|区交建局/委员反馈|满意")
    assert (letter.form, letter.agency) == (Form.REPLY, None)


def test_labels_in_brackets_are_labels() -> None:
    letter = read(
        "【案由】整治线路的建议", "【提 案 人】任帅", f"【办复内容】{REPLY}", "三是验收。"
    )
    assert letter.form is Form.RECORD
    assert dict(letter.labels) == {
        "案由": "整治线路的建议",
        "提案人": "任帅",
        "办复内容": f"{REPLY}\n三是验收。",
    }


@pytest.mark.parametrize(
    ("head", "foot", "grade"),
    [
        (("A类",), (), "A"),
        (("A",), (), "A"),
        (("（B类）",), (), "B"),
        (("（B）类",), (), "B"),
        (("办理结果：A",), (), "A"),
        (("办 理 结 果：A类",), (), "A"),
        (("A类",), ("（B类）",), "A"),
        (("渝发改函〔2022〕312号 A类",), (), "A"),
        ((), ("（B类）",), "B"),
        ((), ("办理结果：C类",), "C"),
        ((), ("（办理结果：C）",), "C"),
        ((), ("A类", "B类", "C类"), None),
        ((), ("A",), None),
    ],
)
def test_the_result_class_stands_at_the_head_or_the_end(
    head: tuple[str, ...], foot: tuple[str, ...], grade: str | None
) -> None:
    body = (
        "您提出的提案收悉，现答复如下：",
        "我委已经办理。",
        "特此函复。",
        "区交建局",
        "2022年6月10日",
    )
    assert read(*head, "赵小华委员：", *body, *foot).result_class == grade


def test_marks_share_a_line() -> None:
    letter = read(
        "类别：A类", "渝发改办〔2022〕312号 签发人：杨晓东", "赵小华委员：", "提案收悉。"
    )
    assert (letter.doc_number, letter.reviewer) == ("渝发改办〔2022〕312号", "杨晓东")
    assert (letter.result_class, letter.addressees) == ("A", ("赵小华",))
    assert letter.labels["类别"] == "A类"


def test_labels_above_a_salutation_make_no_record_of_a_letter() -> None:
    marks = ("办理结果：A类", "答复文号：渝发改函〔2022〕312号")
    letter = read(
        *marks, "赵小华委员：", "您提出的《关于A的建议》收悉。", "区交建局", "2022年6月10日"
    )
    assert (letter.form, letter.addressees) == (Form.REPLY, ("赵小华",))
    assert (letter.result_class, letter.doc_number) == ("A", "渝发改函〔2022〕312号")
    assert letter.labels["答复文号"] == "渝发改函〔2022〕312号"
