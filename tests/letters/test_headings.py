"""A heading says what the text below it is about; a numbered sentence says something itself."""

import pytest

from tests.letters.printed import headings, read_reply


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("一、总体情况", id="a noun"),
        pytest.param("（一）打造优质平台,夯实承接基础", id="two parts without a predicate"),
        pytest.param("二、下一步工作打算。", id="a noun with a stop"),
        pytest.param("一、关于加大投入的问题。", id="关于 with a stop"),
        pytest.param("三、关于“建立健全景区执法服务、调解机制和巡回法庭”的建议。", id="a long quotation with a stop"),
        pytest.param("三、加强宣传引导。", id="what is done, with a stop, above its text"),
        pytest.param("二、推动经济发展。", id="经 within a word"),
        pytest.param("三、已采取的措施", id="已 in a noun"),
        pytest.param("（二）投入资金300万元", id="a figure without another part"),
        pytest.param("一、我局工作开展情况", id="who did it, in a noun"),
        pytest.param("一、为了方便群众，优化线路", id="为了"),
        pytest.param("二、了解民情，解决难题", id="了解"),
        pytest.param("1.强化统筹", id="a digit"),
    ],
)  # fmt: skip
def test_a_numbered_line_above_its_text_is_a_heading(line: str) -> None:
    assert [text for _, text in headings(read_reply(line, "道路已全部通车。"))] == [line]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("二、为解决学生下晚自习乘车的问题，公司已开通专线车。", id="what was done"),
        pytest.param("二、公司已开通专线车。", id="what was done, in one part"),
        pytest.param("三、该项目计划明年开工建设。", id="what will be done"),
        pytest.param("一、经现场踏勘，该路段不具备条件。", id="what was seen"),
        pytest.param("一、本年度答复的建议中，已经解决的（A类）有24件，占31.2%。", id="figures"),
        pytest.param("一、共收到建议24件，占31.2%", id="figures without a stop"),
        pytest.param("一、我局高度重视，已督促公司整改", id="who did it, without a stop"),
        pytest.param("二、我们将继续做好服务。", id="a promise"),
        pytest.param("一、已办理。二、正在办理。", id="two sentences"),
        pytest.param("一、我局已督促公司对线路适当调整，增加车辆班次，通过合理调度缩短高峰期的间隔时间，并在早晚高峰加开班车以方便群众出行的需要", id="a long one without a stop"),
    ],
)  # fmt: skip
def test_a_numbered_sentence_is_no_heading(line: str) -> None:
    assert headings(read_reply(line, "道路已全部通车。")) == []


def test_of_numbered_lines_with_stops_one_after_the_other_none_is_a_heading() -> None:
    items = ("1.加强校门口的交通管制。", "2.在路口设置减速带。", "3.增派人手。")
    assert headings(read_reply(*items, "石桥县公安局")) == []
