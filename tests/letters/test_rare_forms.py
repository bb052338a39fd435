"""Forms of letters that few print: a bank signs, the day is left blank, numbers bear a field."""

import pytest

from letters.letter import Kind
from letters.titles import read_title
from tests.letters.printed import DAY, OPENING, SALUTATION, read_reply


@pytest.mark.parametrize("agency", ["中国人民银行甲市分行", "中国农业银行乙县支行"])
def test_a_branch_of_a_bank_signs(agency: str) -> None:
    assert read_reply(agency, DAY).agency == agency


def test_who_signs_above_a_date_without_its_day_is_read_and_no_day_is() -> None:
    letter = read_reply("甲市水利局", "2024年6月 日")
    assert (letter.agency, letter.signed_on) == ("甲市水利局", None)


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("关于市政协五届三次会议第经012号提案的复函", "经012"),
        ("关于民建012号提案的复函", "012"),
        ("关于市政协五届三次会议第012号提案的复函", "012"),
    ],
)
def test_a_number_bears_the_field_of_its_paper_only_behind_its_mark(
    title: str, number: str
) -> None:
    assert read_title(title).number == number


def test_a_delegation_is_spoken_to() -> None:
    letter = read_reply(opening=("丙区代表团：", OPENING))
    assert (letter.kind, letter.addressees) == (Kind.SUGGESTION, ("丙区代表团",))


@pytest.mark.parametrize(
    ("sentence", "bodies"),
    [
        ("综合市财政局、市交通局意见，现答复如下：", ("市财政局", "市交通局")),
        ("综合各方面意见，现答复如下：", ()),
    ],
)
def test_whose_opinions_were_put_together_assisted(sentence: str, bodies: tuple[str, ...]) -> None:
    opening = f"您提出的《关于修渠的建议》收悉。{sentence}"
    assert read_reply(opening=(SALUTATION, opening)).co_handlers == bodies
