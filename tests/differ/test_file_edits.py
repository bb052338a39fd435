"""An edit inside a file is reported where it is, and nothing that only its making moved."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.attachment.text.file_text import read_file_text
from differ.compare import compare
from letters.file_text import FilePage, FileText, TextState
from letters.letter import Attachment, FileState, Form, Kind, Letter
from replica.office_files import docx, ofd, paragraph, table, xlsx
from replica.pdf import make_chinese_pdf

PARAGRAPHS = (
    "周明远委员：",
    "您提出的《关于加快推进农村电商高质量发展的建议》（第0612号）收悉，现答复如下：",
    "一、总体情况",
    "2021年，全市农村网络零售额达到718.4亿元，同比增长12.5%。2022年5月底前已建成32个县级电商公共服务中心，覆盖行政村1,204个。",
    "二、下一步工作",
    "我委将会同市交通局加快推进农村寄递物流体系建设，确保2023年底前建成100个村级服务站点。",
)
ROWS = (("序号", "项目", "投资"), ("1", "江北机场航站楼", "194.93"), ("2", "渝西高铁", "1200"))


def carrying(text: FileText | None, digest: str, **file: object) -> Letter:
    one = Attachment("附件.pdf", "http://gov.example/a.pdf", digest, digest, text=text)
    files = (replace(one, **file),)
    return Letter(
        "http://gov.example/1.html", Kind.PROPOSAL, Form.REPLY, "复函", attachments=files
    )


def reported(old: FileText | None, new: FileText | None) -> list[tuple[str | None, ...]]:
    edits = compare(carrying(old, "1" * 64), carrying(new, "2" * 64))
    assert all(each.field == "attachments" for each in edits)
    return [(each.category, each.old, each.new, *each.section) for each in edits]


def laid_out(paragraphs: Sequence[str], width: int, height: int, head: str = "") -> bytes:
    """Return a PDF whose lines have `width` characters and whose pages `height` lines."""
    lines = [each[at : at + width] for each in paragraphs for at in range(0, len(each), width)]
    pages = [lines[at : at + height] for at in range(0, len(lines), height)]
    return make_chinese_pdf(
        [[head, *page, f"— {at} —"] for at, page in enumerate(pages, start=1)] if head
        else [["", "", *page, "", f"— {at} —"] for at, page in enumerate(pages, start=1)]
    )  # fmt: skip


def pdf(*paragraphs: str, width: int = 30, height: int = 30) -> FileText:
    return read_file_text(laid_out(paragraphs, width, height))


def edited(old: str, new: str) -> tuple[str, ...]:
    return tuple(each.replace(old, new) for each in PARAGRAPHS)


FIGURE = ("figure", "718.4", "918.4", "附件.pdf")
MADE = {
    "PDF": (lambda words: laid_out(words, 30, 30), "第1页"),
    "DOCX": (lambda words: docx(*map(paragraph, words)), None),
    "OFD": (ofd, "第1页"),
    "XLSX": (lambda words: xlsx({"项目表": [[each] for each in words]}), "项目表"),
    "TXT": (lambda words: "\n".join(words).encode(), None),
}


@pytest.mark.parametrize("form", MADE)
def test_a_figure_is_one_edit_in_its_page(form: str) -> None:
    make, page = MADE[form]
    old, new = (read_file_text(make(words)) for words in (PARAGRAPHS, edited("718.4", "918.4")))
    assert reported(old, new) == [FIGURE if page is None else (*FIGURE, page)]
    assert reported(old, old) == []


EDITS = [
    pytest.param("12.5%", "2.5%", ("figure", "12.5", "2.5"), id="a share"),
    pytest.param("1,204", "1,304", ("figure", "1,204", "1,304"), id="a figure with a comma"),
    pytest.param("2023年底前", "2025年底前", ("commitment", "2023年", "2025年"), id="the year of a promise"),
    pytest.param("市交通局", "市商务局", ("organisation", "市交通局", "市商务局"), id="a body"),
    pytest.param("周明远", "周明达", ("name", "周明远", "周明达"), id="a person"),
    pytest.param("确保", "力争", ("commitment", "确保", "力争"), id="a promise"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "edit"), EDITS)
@pytest.mark.parametrize("width", [17, 30, 41])
def test_an_edit_has_its_category_wherever_lines_break(
    old: str, new: str, edit: tuple[str, ...], width: int
) -> None:
    texts = pdf(*PARAGRAPHS, width=width), pdf(*edited(old, new), width=30)
    assert [each[:3] for each in reported(*texts)] == [edit]


def test_a_figure_in_a_table_is_one_edit_in_its_cell() -> None:
    other = (*ROWS[:1], ("1", "江北机场航站楼", "184.93"), *ROWS[2:])
    for old, new in (
        (docx(table(*ROWS)), docx(table(*other))),
        (xlsx({"表": ROWS}), xlsx({"表": other})),
        (make_chinese_pdf([list(map(" ".join, ROWS))]), make_chinese_pdf([list(map(" ".join, other))])),
    ):  # fmt: skip
        ((category, *values, _, _),) = [
            (*each, None) if len(each) == 4 else each
            for each in reported(read_file_text(old), read_file_text(new))
        ]
        assert (category, values) == ("figure", ["194.93", "184.93"])


@given(st.integers(9, 45), st.integers(4, 40), st.sampled_from(["", "某市商务委员会文件"]))
@settings(max_examples=60)
def test_lines_and_pages_that_break_elsewhere_are_no_edit(
    width: int, height: int, head: str
) -> None:
    first = read_file_text(laid_out(PARAGRAPHS, 30, 30, head))
    again = read_file_text(laid_out(PARAGRAPHS, width, height, head))
    assert reported(first, again) == reported(again, first) == []


def test_a_figure_in_a_header_is_one_edit() -> None:
    old, new = (
        read_file_text(laid_out(PARAGRAPHS, 17, 12, f"总投资{figure}亿元"))
        for figure in ("718.4", "918.4")
    )
    assert len(old.pages) > 1
    assert reported(old, new) == [(*FIGURE, "第1页")]


READ, OTHER = pdf(*PARAGRAPHS), pdf(*edited("718.4", "918.4"))
WHOLE = ("attachment", f"附件.pdf ({'1' * 12})", f"附件.pdf ({'2' * 12})")


def unread(state: TextState) -> FileText:
    return FileText(state, READ.reader)


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        pytest.param(READ, unread(TextState.SCANNED), "scanned", id="it is a scan now"),
        pytest.param(unread(TextState.SCANNED), READ, "scanned", id="it was a scan"),
        pytest.param(unread(TextState.SCANNED), unread(TextState.SCANNED), "scanned", id="another scan"),
        pytest.param(READ, unread(TextState.UNREADABLE), "unreadable", id="it can't be read now"),
        pytest.param(READ, unread(TextState.TOO_LARGE), "too large", id="it is too large now"),
        pytest.param(READ, replace(READ, pictures="3" * 64), "pictures", id="another picture"),
        pytest.param(READ, replace(OTHER, reader="better"), None, id="a better reader came between"),
        pytest.param(None, READ, None, id="the old text is lost"),
    ],
)  # fmt: skip
def test_where_it_can_not_be_said_what_changed_the_file_changed(
    old: FileText | None, new: FileText | None, detail: str | None
) -> None:
    (edit,) = compare(carrying(old, "1" * 64), carrying(new, "2" * 64))
    assert (edit.category, edit.old, edit.new) == WHOLE
    assert edit.detail == detail


def test_a_file_that_became_another_document_is_one_edit() -> None:
    texts = (
        FileText(TextState.READ, "1", (FilePage(tuple(f"{word}{at}号。" for at in range(1001))),))
        for word in ("项目", "卷宗")
    )
    (edit,) = compare(carrying(next(texts), "1" * 64), carrying(next(texts), "2" * 64))
    assert (edit.category, edit.old, edit.new, edit.detail) == (*WHOLE, "rewritten")


def test_a_character_that_no_font_names_is_never_taken_for_another() -> None:
    doubtful = FileText(TextState.READ, "1", (FilePage(("投资71\ufffd.4亿元。",), "第1页"),))
    assert reported(doubtful, doubtful) == [WHOLE]


def test_a_file_saved_anew_with_the_same_words_is_no_edit() -> None:
    assert reported(READ, replace(READ)) == []
    assert reported(READ, read_file_text(docx(*map(paragraph, PARAGRAPHS)))) == []


def test_a_document_that_became_a_pdf_is_compared_by_its_words() -> None:
    rows, edited_rows = ROWS, (*ROWS[:2], ("2", "渝西高铁", "1300"))
    made = read_file_text(docx(*map(paragraph, PARAGRAPHS), table(*rows)))
    for printed_rows, told in ((rows, []), (edited_rows, [("figure", "1200", "1300")])):
        printed = [*PARAGRAPHS, *map(" ".join, printed_rows)]
        again = read_file_text(make_chinese_pdf([printed]))
        assert [each[:3] for each in reported(made, again)] == told
        assert [each[:3:2] for each in reported(again, made)] == [each[:2] for each in told]


def test_what_went_from_a_file_without_pages_has_the_file_alone_as_section() -> None:
    old = read_file_text(docx(*map(paragraph, PARAGRAPHS)))
    new = pdf(*edited("2022年5月底前已建成32个县级电商公共服务中心，覆盖行政村1,204个。", ""))
    assert [section for _, _, _, *section in reported(old, new)] == [["附件.pdf"]]
    assert [section for _, _, _, *section in reported(new, old)] == [["附件.pdf"]]


def test_a_better_reader_of_the_same_bytes_makes_no_edit() -> None:
    better = carrying(replace(OTHER, reader="better"), "1" * 64)
    assert compare(carrying(READ, "1" * 64), better) == ()


def test_a_renamed_file_is_compared_inside_too() -> None:
    old, new = carrying(READ, "1" * 64), carrying(OTHER, "2" * 64, name="情况表.pdf")
    told = [(each.category, each.old, each.new) for each in compare(old, new)]
    assert told == [("attachment", "附件.pdf", "情况表.pdf"), ("figure", "718.4", "918.4")]


def test_a_file_that_is_served_again_with_other_words_says_which() -> None:
    gone = carrying(pdf(*PARAGRAPHS), "1" * 64, state=FileState.MISSING)
    back = carrying(pdf(*edited("718.4", "918.4")), "2" * 64)
    assert [(e.op, e.category, e.old, e.new) for e in compare(gone, back)] == [
        ("insert", "attachment", None, f"附件.pdf ({'2' * 12})"),
        ("replace", "figure", "718.4", "918.4"),
    ]
    same = carrying(pdf(*PARAGRAPHS), "1" * 64)
    assert [(e.op, e.category) for e in compare(gone, same)] == [("insert", "attachment")]
