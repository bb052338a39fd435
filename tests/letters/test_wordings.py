"""Wordings of letters in which a field was misread, or left out, by a reader that knew others."""

import pytest

from letters.letter import Form
from tests.letters.printed import AGENCY, DAY, OPENING, TEXT, read_page_of, read_reply


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("致公党某县总支部：", ("致公党某县总支部",)),
        ("市政协：", ("市政协",)),
        ("县人大常委会代表工作委员会：", ("县人大常委会代表工作委员会",)),
        ("市人大代表王小明：", ("王小明",)),
        ("答复全文：", ()),
    ],
)
def test_a_salutation_is_to_whom_it_names(line: str, names: tuple[str, ...]) -> None:
    assert read_reply(opening=(line, OPENING)).addressees == names


@pytest.mark.parametrize(
    ("heard", "bodies"),
    [
        ("经商市交通局、市公安局后，答复如下：", ("市交通局", "市公安局")),
        ("我局高度重视，会商市交通局、市公安局，现回复如下：", ("市交通局", "市公安局")),
        ("经研究并商市交通局、市公安局同意，现答复如下：", ("市交通局", "市公安局")),
        ("经商市交通局，并征求石桥县政府意见，现答复如下：", ("市交通局", "石桥县政府")),
        ("经会商，现答复如下：", ()),
        ("现答复如下：由专人牵头，会同有关单位建立机制，召开协调会11次，解决问题37个。", ()),
        ("现答复如下：我局会同市交通局研究制定了方案。", ()),
    ],
)
def test_bodies_are_heard_before_the_answer(heard: str, bodies: tuple[str, ...]) -> None:
    opening = f"您提出的《关于修渠的建议》收悉。{heard}"
    assert read_reply(opening=("王小明代表：", opening)).co_handlers == bodies


@pytest.mark.parametrize(
    ("line", "bodies"),
    [
        ("主办：市水利局 协办：市财政局、市交通局", ("市财政局", "市交通局")),
        ("协办单位：市财政局 市交通局", ("市财政局", "市交通局")),
        ("协办：市财政局 市交通局 联系人：王小军", ("市财政局", "市交通局")),
        ("协办：市财政局 2024年6月印", ("市财政局",)),
        ("会办单位：市财政局", ("市财政局",)),
        ("协办：王小明", ()),
    ],
)
def test_bodies_that_assisted_may_be_named_below(line: str, bodies: tuple[str, ...]) -> None:
    assert read_reply(AGENCY, DAY, line).co_handlers == bodies


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("关于市十八届人大四次会议平0035号建议的答复", "平0035"),
        ("关于市人大常委会闭08号建议的答复", "闭08"),
        ("关于县政协三次会议第S2024-15号提案的答复", "S2024-15"),
        ("关于十四届全国人大一次会议第668 8号建议的答复", None),
    ],
)
def test_a_number_is_whole_or_none(title: str, number: str | None) -> None:
    assert read_page_of("王小明代表：", OPENING, TEXT, title=title).number == number


@pytest.mark.parametrize(
    ("foot", "field", "value"),
    [
        (("甲市档案馆", DAY), "agency", "甲市档案馆"),
        (("第七师130团", DAY), "agency", "第七师130团"),
        ((AGENCY, "2024年6月"), "agency", AGENCY),
        ((AGENCY, "2024年6月"), "signed_on_raw", "2024年6月"),
        ((AGENCY, "2024年6月"), "signed_on", None),
        ((AGENCY, "2024年6月3号"), "signed_on_raw", "2024年6月3号"),
        ((AGENCY, "答复日期：2024年6月3日"), "signed_on_raw", DAY),
        ((f"感谢您的关心。{AGENCY} {DAY} 电话：84562210",), "agency", AGENCY),
        ((f"感谢您的关心。{AGENCY} {DAY} 电话：84562210",), "signed_on_raw", DAY),
        (("感谢您的关心。预计2024年6月3日完工",), "signed_on_raw", None),
        ((AGENCY, DAY, "电话：0578-*******"), "phone", None),
        ((AGENCY, DAY, "办理人员：王小军，电话：66001122"), "contact", "王小军"),
        ((AGENCY, DAY, "经办：王小军"), "contact", "王小军"),
        (("领导署名：李大海", AGENCY, DAY), "reviewer", "李大海"),
        (("局长签字：李大海", AGENCY, DAY), "reviewer", "李大海"),
        (("代表签字：李大海", AGENCY, DAY), "reviewer", None),
        (("此件经我局副局长王小军审核， 局长李大海签发。", AGENCY, DAY), "reviewer", "李大海"),
    ],
)
def test_a_foot_says(foot: tuple[str, ...], field: str, value: str | None) -> None:
    assert getattr(read_reply(*foot), field) == value


@pytest.mark.parametrize(
    ("mark", "grade"), [("办理结果：（ A ）", "A"), ("B类（公开）", "B"), ("C类 公开", "C")]
)
def test_a_head_says_the_class(mark: str, grade: str) -> None:
    assert read_reply(head=(mark,)).result_class == grade


def test_labels_above_an_opening_make_no_record_of_a_letter_without_a_salutation() -> None:
    head = ("文号：甲水函〔2023〕66号", "答复类别：B", "提案编号：第404号")
    letter = read_reply(head=head, opening=(OPENING,))
    assert (letter.form, letter.subject, letter.doc_number, letter.result_class) == (
        *(Form.REPLY, "关于修渠的建议", "甲水函〔2023〕66号", "B"),
    )


def test_a_record_may_give_a_digest_of_the_answer() -> None:
    letter = read_page_of(
        *("提案者：王小明", "案由：关于修渠的建议", "委员反馈意见：满意", "答复全文："),
        *("王小明委员：", OPENING, TEXT),
    )
    assert (letter.form, letter.feedback) == (Form.RECORD, "满意")
