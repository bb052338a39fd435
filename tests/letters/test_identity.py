"""A title names no paper: what people, year and text must say for two letters to be one."""

from datetime import date

import pytest

from letters.identity import is_same_letter
from letters.letter import Block, BlockKind, Form, Kind, Letter

TEXT = (
    "您提出的建议收悉。现答复如下：近年来，我局在城东新建停车泊位1200个，改造老旧小区32个，道路通行"
    "能力明显提高。下一步，我们将会同有关部门继续推进停车设施建设，力争明年年底前再建成泊位500个。"
)
OTHER = (
    "您的来函已经转到我处。经过研究，图书馆的开放时间从本月起延长到晚上九点，周末照常开放，"
    "新增少年儿童阅览室一处，并在各社区设立流动书车，欢迎您继续对文化工作提出宝贵的意见。"
)


def letter(text: str = TEXT, **fields: object) -> Letter:
    told: dict[str, object] = {
        "title": "关于增设停车泊位的建议",
        "subject": "关于增设停车泊位的建议",
        "addressees": ("王小明",),
        "signed_on": date(2023, 6, 3),
    }
    body = (Block(BlockKind.PARAGRAPH, text),)
    return Letter(
        "http://x.cn/1.html", Kind.SUGGESTION, Form.REPLY, body=body, **{**told, **fields}
    )  # type: ignore[arg-type]  # by their names


CORRECTED = TEXT.replace("1200", "1300")


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(letter(), id="all the same"),
        pytest.param(letter(CORRECTED), id="a figure corrected on the way"),
        pytest.param(
            letter(addressees=()), id="every word the same, people read on one side only"
        ),
        pytest.param(letter(signed_on=None), id="every word the same, no year on one side"),
    ],
)
def test_the_same_people_year_and_text_make_one_letter(new: Letter) -> None:
    assert is_same_letter(letter(), new)


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(letter(addressees=("李大海",)), id="other people"),
        pytest.param(letter(addressees=("王小明", "李大海")), id="more people"),
        pytest.param(letter(signed_on=date(2024, 6, 3)), id="another year"),
        pytest.param(letter(signed_on=None, published_on=date(2024, 7, 1)), id="a page of another year"),
        pytest.param(letter(signed_on=None, doc_number="甲交函〔2024〕8号"), id="a number of another year"),
        pytest.param(letter(OTHER), id="another text"),
        pytest.param(letter(CORRECTED, addressees=()), id="people on one side only, a word differs"),
        pytest.param(letter(CORRECTED, signed_on=None), id="a year on one side only, a word differs"),
        pytest.param(letter(title="关于增设车位的建议", subject="关于增设车位的建议"), id="another title"),
        pytest.param(letter(number="12"), id="a number on one side only"),
        pytest.param(letter(addressees=("李大海",), signed_on=date(2024, 6, 3)), id="others, another year"),
    ],
)  # fmt: skip
def test_what_disagrees_or_is_not_printed_makes_another_letter(new: Letter) -> None:
    assert not is_same_letter(letter(), new)
    assert not is_same_letter(new, letter())


def test_a_number_without_a_session_names_no_paper() -> None:
    old = letter(number="12")
    assert is_same_letter(old, letter(number="12"))
    assert not is_same_letter(old, letter(number="12", signed_on=date(2024, 6, 3)))
    assert not is_same_letter(old, letter(OTHER, number="12"))


def test_few_words_are_the_same_for_many_papers() -> None:
    short = "您的建议我们会认真研究。"
    assert not is_same_letter(letter(short), letter(short))


@pytest.mark.parametrize(
    ("subject", "is_same"),
    [
        ("关于增设停车泊位的建议", True),
        ("关于增设公共停车泊位等的建议", True),
        (None, True),
        ("关于延长图书馆开放时间", False),
    ],
)
def test_number_and_session_name_a_paper_whose_subject_may_be_corrected(
    subject: str | None, *, is_same: bool
) -> None:
    named = {"number": "28", "session": "市政协五届五次会议"}
    new = letter(OTHER, subject=subject, addressees=("李大海",), **named)
    assert is_same_letter(letter(**named), new) is is_same


@pytest.mark.parametrize(("there", "is_same"), [("王小明委员、李大海", True), ("赵江委员", False)])
def test_records_go_by_who_proposed(there: str, *, is_same: bool) -> None:
    nobody = {"addressees": (), "signed_on": None, "published_on": date(2023, 6, 1)}
    old = letter(labels={"提 案 人": "李大海、王小明"}, **nobody)
    assert is_same_letter(old, letter(CORRECTED, labels={"提案人": there}, **nobody)) is is_same
