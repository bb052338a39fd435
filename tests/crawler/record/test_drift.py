"""What shows that a whole source is read worse than it was, and what is one letter's own edit."""

from dataclasses import replace
from datetime import date

import pytest

from crawler.record.drift import DriftGauge, SourceNorms, lists_far_fewer
from letters.letter import Block, BlockKind, Form, Kind, Letter


def letter(text: str = "一" * 400, **fields: object) -> Letter:
    plain = Letter(
        url="http://gov.example/t1.html",
        kind=Kind.PROPOSAL,
        form=Form.REPLY,
        title="关于市政协五届五次会议第0001号提案的复函",
        body=(Block(BlockKind.PARAGRAPH, text),),
        number="0001",
        published_on=date(2022, 6, 17),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


NORMS = SourceNorms.of([letter() for _ in range(10)])


@pytest.mark.parametrize(
    ("new", "old", "sign"),
    [
        pytest.param(letter(), letter(), None, id="as the others"),
        pytest.param(
            letter(published_on=None), letter(), "without published_on", id="lost a date"
        ),
        pytest.param(
            letter(published_on=None), letter(published_on=None), None, id="never had it"
        ),
        pytest.param(letter(published_on=None), None, "without published_on", id="a new one"),
        pytest.param(letter(phone=None), letter(phone="123"), None, id="lost what few have"),
        pytest.param(letter("一" * 100), letter(), "lengths out of their band", id="far shorter"),
        pytest.param(letter("一" * 900), letter(), "lengths out of their band", id="far longer"),
        pytest.param(letter("一" * 100), letter("一" * 90), None, id="short as it was"),
    ],
)
def test_a_letter_shows_a_sign_where_it_lacks_what_its_source_s_letters_have(
    new: Letter, old: Letter | None, sign: str | None
) -> None:
    assert NORMS.sign(new, old) == sign


def test_few_letters_make_no_norm() -> None:
    assert SourceNorms.of([letter() for _ in range(4)]).sign(letter(number=None), None) is None


@pytest.mark.parametrize(
    ("signs", "served", "at_end", "is_drift"),
    [
        pytest.param(4, 10, True, False, id="four show it"),
        pytest.param(5, 10, True, True, id="five of ten show it"),
        pytest.param(5, 20, True, False, id="five of twenty show it"),
        pytest.param(6, 19, False, False, id="too early to say"),
        pytest.param(6, 20, False, True, id="early enough"),
    ],
)
def test_a_sign_that_many_letters_show_is_drift(
    signs: int,
    served: int,
    at_end: bool,  # noqa: FBT001 - of a table
    is_drift: bool,  # noqa: FBT001
) -> None:
    gauge = DriftGauge()
    for index in range(served):
        gauge.add("without number" if index < signs else None)
    assert (gauge.drift(at_end=at_end) is not None) is is_drift


@pytest.mark.parametrize(
    ("listed", "most", "is_fewer"),
    [(10, 20, False), (9, 20, True), (0, 19, False), (0, 20, True), (300, 300, False)],
)
def test_a_directory_that_lists_half_of_what_it_listed_is_doubted(
    listed: int,
    most: int,
    is_fewer: bool,  # noqa: FBT001 - of a table
) -> None:
    assert (lists_far_fewer(listed, most) is not None) is is_fewer
