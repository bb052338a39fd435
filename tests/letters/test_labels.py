"""The value of a label may go on in the blocks below it, and ends where another thing begins."""

import pytest

from letters.labels import labels_in
from letters.letter import Letter
from tests.letters.printed import read_page_of

REPLY = "办复内容：道路已经修好。"


def record(*lines: str) -> Letter:
    return read_page_of(*lines, REPLY, title="第12号建议")


@pytest.mark.parametrize(
    ("lines", "subject"),
    [
        pytest.param(("案由：关于修路的", "建议", "建议人：王小明"), "关于修路的建议", id="cut before its last word"),
        pytest.param(("案由：关于修路", "的建议", "建议人：王小明"), "关于修路的建议", id="cut before 的"),
        pytest.param(("案 由：关于加快城区老旧小", "区改造的建议", "建议人：王小明"), "关于加快城区老旧小区改造的建议", id="cut amid a word"),
        pytest.param(("案由：关于修", "路和建桥的", "提案", "提案人：王小明"), "关于修路和建桥的提案", id="cut twice"),
        pytest.param(("案由：", "关于修路的建议", "建议人：王小明"), "关于修路的建议", id="all of it below"),
        pytest.param(("事由：关于“修路", "”的建议", "建议人：王小明"), "关于“修路”的建议", id="cut amid a quotation"),
        pytest.param(("建议人：王小明", "案由：关于修路的", "建议"), "关于修路的建议", id="above the reply"),
        pytest.param(("案由：关于修路的建议", "建议人：王小明"), "关于修路的建议", id="whole"),
        pytest.param(("案由：修建石桥", "建议人：王小明"), "修建石桥", id="whole without its kind"),
        pytest.param(("案由：修建石桥", "说明书一份", "建议人：王小明"), "修建石桥", id="another line below"),
    ],
)  # fmt: skip
def test_a_subject_is_read_to_its_end(lines: tuple[str, ...], subject: str) -> None:
    assert record(*lines).subject == subject


def test_other_values_go_on_where_they_are_empty_or_break_off() -> None:
    letter = record(
        *("案由：关于修路的建议", "承办单位：", "区交建局", "协办单位：区农业局、", "区水利局"),
        *("委员反馈：", "满意"),
    )
    assert (letter.agency, letter.co_handlers) == ("区交建局", ("区农业局", "区水利局"))
    assert (letter.feedback, letter.labels["协办单位"]) == ("满意", "区农业局、区水利局")


def test_each_part_of_a_value_is_its_place() -> None:
    letter = record("案由：关于修路的", "建议", "建议人：王小明")
    printed = [
        block.text[span.start : span.end]
        for block in letter.body
        for span in block.spans
        if span.field == "subject"
    ]
    assert printed == ["关于修路的", "建议"]


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(("王小明代表：", "您提出的建议收悉。"), id="a salutation"),
        pytest.param(("道路已经修好。",), id="a sentence"),
        pytest.param(("公开",), id="the last line of a page"),
    ],
)
def test_what_follows_an_empty_label_may_be_no_value(below: tuple[str, ...]) -> None:
    lines = ("案由：关于修路的建议", "建议人：王小明", "承办单位：", *below)
    assert read_page_of(*lines, title="第12号建议").agency is None


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        pytest.param(
            "案由：：：【案号：】：7", {"案由": "：：", "案号": "7"}, id="colons in a row"
        ),
        pytest.param(
            "案由：修路：【案 号】 ： 7提案人：王小明",
            {"案由": "修路：", "案号": "7", "提案人": "王小明"},
            id="a box, and a colon behind it",
        ),
        pytest.param(
            "【案由】修路［提案人：］王小明",
            {"案由": "修路", "提案人": "王小明"},
            id="a colon in a box",
        ),
    ],
)
def test_a_label_is_known_by_the_marks_that_end_it(text: str, labels: dict[str, str]) -> None:
    assert {each.name: each.value([text]) for each in labels_in(text)} == labels
