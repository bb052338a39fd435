"""Many records on one page: a summary without the fields of one, whose sections they are."""

import pytest

from differ.compare import compare
from letters.change import Category
from letters.letter import Form
from tests.letters.printed import DAY, OPENING, SALUTATION, TEXT, headings, read_page_of

ROAD = (
    "事 由：关于修路的建议",
    "提建议人：王小明",
    "承办单位：区交建局",
    "代表反馈：满意",
    "办理情况：已修好道路12公里。",
)
CANAL = ("事 由：关于修渠的建议", "提建议人：李大海", "承办单位：区农业局", "代表反馈：基本满意", "办理情况：已投入35万元。")  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("第11号", "第12号", id="a number"),
        pytest.param("第11号提案", "第12号提案", id="a number with its kind"),
        pytest.param("0011号建议", "0012号建议", id="a number without 第"),
        pytest.param("一、第11号建议", "二、第12号建议", id="a counted number"),
        pytest.param("（1）县政协第11号提案", "（2）县政协第12号提案", id="a session's number"),
        pytest.param("第11号建议：关于修路的建议", "第12号建议：关于修渠的建议", id="its title behind it"),
        pytest.param("第11号（王小明代表）", "第12号（李大海代表）", id="who proposed it behind it"),
        pytest.param("提案编号：11", "提案编号：12", id="a labelled number"),
        pytest.param("编号：11", "编号：12", id="a number with a short label"),
        pytest.param("一、关于修路的建议", "二、关于修渠的建议", id="a counted title"),
    ],
)  # fmt: skip
def test_each_record_of_a_summary_is_a_section(first: str, second: str) -> None:
    letter = read_page_of(first, *ROAD, second, *CANAL, title="代表建议公开")
    assert letter.form is Form.SUMMARY
    assert headings(letter) == [(1, first), (1, second)]
    assert (letter.number, letter.subject, letter.agency, letter.feedback) == (None,) * 4
    assert (letter.addressees, letter.co_handlers, dict(letter.labels)) == ((), (), {})


def test_records_without_a_number_are_headed_by_their_first_label() -> None:
    letter = read_page_of(*ROAD, *CANAL, title="代表建议公开")
    assert letter.form is Form.SUMMARY
    assert [text for _, text in headings(letter)] == [ROAD[0], CANAL[0]]


def test_what_is_above_the_records_or_their_labels_is_no_record() -> None:
    above = ("石桥区2023年代表建议", "主办单位：石桥区人民政府办公室")
    below = ("石桥区人民政府办公室", DAY)
    marked = ("第11号", "（A类）", *ROAD, "第12号", "（B类）", *CANAL)
    letter = read_page_of(*above, *marked, *below, title="代表建议公开")
    assert headings(letter) == [(1, "第11号"), (1, "第12号")]
    assert (letter.form, letter.agency, letter.signed_on_raw) == (
        *(Form.SUMMARY, "石桥区人民政府办公室", DAY),
    )


@pytest.mark.parametrize(
    ("old", "new", "section", "category"),
    [
        ("35万元", "53万元", "第12号", Category.FIGURE),
        ("12公里", "21公里", "第11号", Category.FIGURE),
        ("基本满意", "满意", "第12号", Category.WORDING),
        ("李大海", "李大江", "第12号", Category.NAME),
    ],
)
def test_an_edit_in_one_record_is_one_edit_of_its_section(
    old: str, new: str, section: str, category: Category
) -> None:
    lines = ("第11号", *ROAD, "第12号", *CANAL)
    changed = tuple(line.replace(old, new) for line in lines)
    title = "建议办理情况公开"
    (edit,) = compare(read_page_of(*lines, title=title), read_page_of(*changed, title=title))
    assert (edit.section, edit.field, edit.category) == ((section,), "body", category)


def test_headings_within_a_record_are_below_it_and_those_of_groups_above() -> None:
    letter = read_page_of(
        *("一、人大建议", "第11号", *ROAD, "（一）进展", "已修好。", "第12号", *CANAL),
        *("二、政协提案", "第1号", *ROAD),
        title="建议提案办理情况",
    )
    assert headings(letter) == [
        *((1, "一、人大建议"), (2, "第11号"), (4, "（一）进展"), (2, "第12号")),
        *((1, "二、政协提案"), (2, "第1号")),
    ]


def test_records_may_be_tables_or_rows_of_one() -> None:
    road = "案由\t关于修路的建议\n提案人\t王小明\n承办单位\t区交建局"
    canal = "案由\t关于修渠的建议\n提案人\t李大海\n承办单位\t区农业局"
    tables = read_page_of("第11号", road, "第12号", canal, title="提案公开")
    assert (tables.form, headings(tables)) == (Form.SUMMARY, [(1, "第11号"), (1, "第12号")])
    rows = "序号\t案由\t提案人\t主办单位\n1\t修路\t王小明\t区交建局\n2\t修渠\t李大海\t区农业局"
    assert read_page_of(rows, title="提案一览").form is Form.SUMMARY


def test_whole_letters_below_numbers_are_records_of_a_summary() -> None:
    letter = read_page_of(
        *("第11号建议", SALUTATION, OPENING, TEXT, "第12号建议", "李大海代表：", OPENING, TEXT),
        title="建议办理情况",
    )
    assert (letter.form, letter.addressees, letter.subject) == (Form.SUMMARY, (), None)
    assert headings(letter) == [(1, "第11号建议"), (1, "第12号建议")]


def test_texts_below_numbers_are_records_where_the_title_is_of_no_paper() -> None:
    lines = ("第11号建议", "已修好。", "第12号建议", "在修。")
    assert read_page_of(*lines, title="2023年代表建议公开").form is Form.SUMMARY
    assert read_page_of(*lines, title="关于修路和修渠的建议").form is Form.REPLY


def test_one_record_is_a_record() -> None:
    letter = read_page_of("第11号建议", *ROAD, title="关于修路的建议")
    assert (letter.form, letter.subject, letter.number) == (Form.RECORD, "关于修路的建议", "11")


def test_a_letter_that_answers_two_papers_is_one_letter() -> None:
    letter = read_page_of(
        *(SALUTATION, "您提出的第11号、第12号建议收悉。现答复如下：", "第11号建议", TEXT),
        *("第12号建议", TEXT, "甲市水利局", DAY),
        title="关于第11号、第12号建议的答复",
    )
    assert (letter.form, letter.addressees, letter.agency) == (
        *(Form.REPLY, ("王小明",), "甲市水利局"),
    )


def test_a_record_whose_reply_names_a_label_once_is_one_record() -> None:
    letter = read_page_of(*ROAD, "承办单位：另有区财政局。", title="关于修路的建议")
    assert (letter.form, letter.agency) == (Form.RECORD, "区交建局")


@pytest.mark.parametrize("apart", ["", " "])
def test_records_in_one_paragraph_are_sections(apart: str) -> None:
    lines = ("第11号", *ROAD, "第12号", *CANAL)
    printed = apart.join(lines)
    letter = read_page_of("办理情况公开如下：", printed, title="代表建议公开")
    assert letter.form is Form.SUMMARY
    assert [text for _, text in headings(letter)] == ["第11号", "第12号"]
    title = "代表建议公开"
    (edit,) = compare(
        read_page_of(printed, title=title),
        read_page_of(printed.replace("35万元", "53万元"), title=title),
    )
    assert (edit.section, edit.old, edit.new) == (("第12号",), "35", "53")


def test_records_without_a_number_in_one_paragraph_are_sections() -> None:
    letter = read_page_of("".join((*ROAD, *CANAL)), title="代表建议公开")
    assert (letter.form, [text for _, text in headings(letter)]) == (
        *(Form.SUMMARY, [ROAD[0], CANAL[0]]),
    )


def test_a_paragraph_cut_into_records_says_what_it_said() -> None:
    printed = "".join(("第11号", *ROAD, "第12号", *CANAL))
    letter = read_page_of(printed, title="代表建议公开")
    assert "".join(block.text for block in letter.body) == printed


def test_one_record_in_one_paragraph_stays_whole() -> None:
    printed = "".join((*ROAD, "其中办理情况：已公示。"))
    letter = read_page_of(printed, title="第11号建议")
    assert (letter.form, [block.text for block in letter.body]) == (Form.RECORD, [printed])
