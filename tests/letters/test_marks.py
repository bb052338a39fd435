"""Document number and result class as they are printed: apart, glued together, boxed, with words."""

import pytest

from letters.marks import are_marks
from tests.letters.printed import AGENCY, DAY, read_reply


@pytest.mark.parametrize(
    ("line", "number", "grade"),
    [
        pytest.param("甲水复函[2017]19号B类", "甲水复函[2017]19号", "B", id="a class glued to a number"),
        pytest.param("甲水发〔2020〕11号A类 同意公开", "甲水发〔2020〕11号", "A", id="and who may read it"),
        pytest.param("甲水字〔2016〕2号（B）类", "甲水字〔2016〕2号", "B", id="a boxed class glued"),
        pytest.param("甲水函字﹝2018﹞11号 A类", "甲水函字﹝2018﹞11号", "A", id="small brackets"),
        pytest.param("甲水函【2018】11号【A】", "甲水函【2018】11号", "A", id="thick brackets"),
        pytest.param("甲水函（2021） 12 号（类别：A）", "甲水函（2021）12号", "A", id="blanks and a labelled class"),
        pytest.param("甲水〔2021〕5号 B", "甲水〔2021〕5号", "B", id="a bare class beside a number"),
        pytest.param("（A类）甲水复〔2021〕5号", "甲水复〔2021〕5号", "A", id="the class first"),
        pytest.param("建议字：〔2023〕8号", "建议字〔2023〕8号", None, id="a colon within it"),
        pytest.param("建议主办[2023]闭08号", "建议主办[2023]闭08号", None, id="a word before the digits"),
        pytest.param("甲水函〔2022〕A12号", "甲水函〔2022〕A12号", None, id="a letter before the digits"),
        pytest.param("甲水提复〔2021〕第15号", "甲水提复〔2021〕第15号", None, id="第 before the digits"),
        pytest.param("甲水建〔2020〕-12号", "甲水建〔2020〕-12号", None, id="a dash before the digits"),
        pytest.param("文号：甲水函〔2021〕12号", "甲水函〔2021〕12号", None, id="a label before it"),
        pytest.param("[办理结果标注（A1）]", None, "A1", id="a class with a digit in two boxes"),
        pytest.param("〔A〕", None, "A", id="boxed alone"),
        pytest.param("【B类】", None, "B", id="boxed with 类"),
        pytest.param("B：正在解决", None, "B", id="its meaning behind it"),
        pytest.param("C类：留作参考", None, "C", id="another meaning"),
        pytest.param("B（列入计划逐步解决）", None, "B", id="its meaning in brackets"),
        pytest.param("A类（已解决）", None, "A", id="its meaning behind 类"),
        pytest.param("类别：C", None, "C", id="a label"),
        pytest.param("类别标记：A", None, "A", id="another label"),
        pytest.param("办 理 结 果：A类", None, "A", id="a label spread out"),
        pytest.param("办理结果：已解决（A类）", None, "A", id="its meaning before it"),
        pytest.param("办理结果类别为A类", None, "A", id="为 for the colon"),
        pytest.param("（A）类", None, "A", id="boxed before 类"),
        pytest.param("“A”类", None, "A", id="quoted before 类"),
        pytest.param("公开类别：主动公开 办理类别：B", None, "B", id="two labels"),
        pytest.param("甲类", None, "甲", id="a stem for a letter"),
        pytest.param("办理结果：A类 B类 C类", None, None, id="a choice of three"),
        pytest.param("A：已解决 B：正在解决 C：留作参考", None, None, id="what the letters mean"),
        pytest.param("A类企业给予补助", None, None, id="words of a text"),
        pytest.param("A级景区", None, None, id="a grade of something else"),
        pytest.param("类别：", None, None, id="a label without a value"),
        pytest.param("公开属性：主动公开", None, None, id="who may read it alone"),
        pytest.param("根据甲交函〔2017〕19号的要求", None, None, id="a number that is cited"),
    ],
)  # fmt: skip
def test_marks_are_read_as_they_are_printed(
    line: str, number: str | None, grade: str | None
) -> None:
    letter = read_reply(AGENCY, DAY, head=(line,))
    assert (letter.doc_number, letter.result_class) == (number, grade)


def test_marks_below_a_long_head_are_read() -> None:
    head = (
        "石桥县水利局",
        "关于对县十届人大",
        "二次会议",
        "第28号建议",
        "的答复",
        "石水字〔2021〕2号A类",
    )
    letter = read_reply(AGENCY, DAY, head=head)
    assert (letter.doc_number, letter.result_class) == ("石水字〔2021〕2号", "A")


@pytest.mark.parametrize(
    ("line", "is_one"),
    [("甲水字〔2016〕2号（B）类", True), ("甲水字〔2016〕2号已收悉", False), ("", False)],
)
def test_a_line_of_marks_holds_nothing_else(line: str, *, is_one: bool) -> None:
    assert are_marks(line) is is_one
