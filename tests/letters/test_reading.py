"""What is printed is kept as printed; what can't be read is None, never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.dates import read_date, read_signed_on
from letters.headings import as_block
from letters.letter import Block, BlockKind, Form, Kind, Letter
from letters.letter_json import letter_from_json, letter_to_json
from letters.name_lists import split_bodies, split_persons
from letters.text import canonical
from letters.titles import read_title
from letters.urls import is_same_site, url_dated_on, url_key

PUBLISHED = date(2022, 6, 17)


@pytest.mark.parametrize(
    ("title", "agency", "session", "number"),
    [
        ("某市发展和改革委员会关于市政协五届五次会议第0501号提案的复函", "某市发展和改革委员会", "市政协五届五次会议", "0501"),
        ("对市政协十五届二次会议第0487号提案的答复", None, "市政协十五届二次会议", "0487"),
        ("关于市六届人大一次会议第12号建议的复函", None, "市六届人大一次会议", "12"),
        ("关于政协枝江市七届四次会议第 45 号提案的答复", None, "政协枝江市七届四次会议", "45"),
        ("关于进一步优化营商环境的建议", None, None, None),
    ],
)  # fmt: skip
def test_a_title_says_who_answers_which_paper(
    title: str, agency: str | None, session: str | None, number: str | None
) -> None:
    parts = read_title(title)
    assert (parts.agency, parts.session, parts.number) == (agency, session, number)


@pytest.mark.parametrize(
    ("printed", "published", "read"),
    [
        ("2022年6月7日", PUBLISHED, date(2022, 6, 7)),
        ("二〇二二年六月七日", PUBLISHED, date(2022, 6, 7)),
        ("二0二二年六月七日", PUBLISHED, date(2022, 6, 7)),
        ("二О二二年六月七日", PUBLISHED, date(2022, 6, 7)),
        ("二○二二年六月十七日", PUBLISHED, date(2022, 6, 17)),
        ("2022-06-07", PUBLISHED, date(2022, 6, 7)),
        ("202267", PUBLISHED, date(2022, 6, 7)),
        ("202267", None, None),  # nothing tells which day it is
        ("2022111", date(2022, 12, 1), date(2022, 11, 1)),  # 1月11日 is too long ago
        ("2022111", date(2022, 2, 1), date(2022, 1, 11)),
        ("2022111", date(2022, 7, 1), None),
        ("20221345", PUBLISHED, None),
        ("2022年2月30日", PUBLISHED, None),
    ],
)
def test_a_date_is_read_where_one_reading_fits(
    printed: str, published: date | None, read: date | None
) -> None:
    assert read_signed_on(printed, published) == read


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_each_way_of_writing_a_day_is_that_day(day: date) -> None:
    for form in (f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day:%Y/%m/%d}"):
        assert read_date(f"发布日期：{form} 10:11") == day


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("2022-06-172022-06-20", id="glued"),
        pytest.param("2022-6-172022-6-20", id="glued, one of the digits left out"),
        pytest.param("2022-06-17 2022-06-20", id="a blank between"),
        pytest.param("2022.6.17至2022.6.20", id="a range"),
        pytest.param("2022-06-1710:11", id="the time of day glued"),
    ],
)
def test_of_two_numeric_dates_the_first_is_read_and_not_a_mixture(printed: str) -> None:
    assert read_date(printed) == date(2022, 6, 17)


@pytest.mark.parametrize("printed", ["2022-06-171", "12022-06-17", "2022-06-1720"])
def test_digits_that_go_on_make_no_date(printed: str) -> None:
    assert read_date(printed) is None


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("赵小华", ("赵小华",)),
        ("任 帅委员、吴海英等代表", ("任帅", "吴海英")),
        ("赵小华、李大山委员", ("赵小华", "李大山")),
    ],
)
def test_persons_are_read_without_their_roles(printed: str, names: tuple[str, ...]) -> None:
    assert split_persons(printed) == names


def test_a_joint_parts_two_bodies_and_no_name() -> None:
    assert split_bodies("市教委、市规划和自然资源局和市财政局") == (
        "市教委",
        "市规划和自然资源局",
        "市财政局",
    )


@pytest.mark.parametrize(
    ("line", "level"),
    [("一、总体情况", 1), ("（一）夯实基础", 2), ("1.强化统筹", 3), ("（1）建立台账", 4)],
)
def test_a_heading_has_the_level_of_its_number(line: str, level: int) -> None:
    assert as_block(line) == Block(BlockKind.HEADING, line, level)


@pytest.mark.parametrize("line", ["12.5万人参加。", "一、已办理。二、正在办理。", "目前进展顺利"])
def test_a_sentence_is_no_heading(line: str) -> None:
    assert as_block(line).kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize(
    "url",
    [
        "https://gov.example/a/202205/t20220526_107.html",
        "http://gov.example/a/202205/t20220526_107_wap.html",
        "http://gov.example:80/a/202205/t20220526_107.html?from=wx#top",
    ],
)
def test_twins_of_one_page_have_one_key(url: str) -> None:
    assert url_key(url) == "gov.example/a/202205/t20220526_107.html"
    assert is_same_site(url, "https://gov.example/")
    assert url_dated_on(url) == date(2022, 5, 26)


def test_another_page_has_another_key() -> None:
    assert url_key("http://gov.example/a/t1_2.html") != url_key("http://gov.example/a/t1_3.html")
    assert url_key("http://gov.example/a/index.html") == url_key("http://gov.example/a/")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12.5万", "125万"),
        ("-3%", "3%"),
        ("赵小华", "赵晓华"),
        ("１２", "12"),
        ("，", ","),
        ("（", "("),
    ],
)
def test_canonical_text_never_hides_an_edit(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize("noise", ["\u200b", "\ufeff", "\u00ad", "\x07", "\u202e"])
def test_canonical_text_drops_what_nobody_sees(noise: str) -> None:
    assert canonical(f"赵{noise}小华") == "赵小华"


def letter(**fields: object) -> Letter:
    told: dict[str, object] = {"kind": Kind.PROPOSAL, "form": Form.REPLY, "title": "复函"}
    return Letter(**({"url": "http://gov.example/1.html"} | told | fields))  # type: ignore[arg-type]


CHANGED = {
    **dict.fromkeys(("number", "session", "subject", "agency", "doc_number", "feedback"), "新"),
    **dict.fromkeys(("result_class", "signed_on_raw", "reviewer", "postcode"), "新"),
    **dict.fromkeys(("phone", "contact", "title"), "新"),
    **dict.fromkeys(("addressees", "co_handlers"), ("新",)),
    **dict.fromkeys(("published_on", "signed_on"), PUBLISHED),
    "labels": {"案由": "新"},
    "body": (Block(BlockKind.PARAGRAPH, "新"),),
}


@pytest.mark.parametrize("field", CHANGED)
def test_each_field_counts_in_the_digest(field: str) -> None:
    changed = letter(**{field: CHANGED[field]})
    assert changed.digest() != letter().digest()
    assert letter_from_json(letter_to_json(changed)) == changed


def test_where_a_letter_stands_does_not_count_in_its_digest() -> None:
    moved = letter(url="http://gov.example/2.html", url_dated_on=PUBLISHED)
    assert moved.digest() == letter().digest()
