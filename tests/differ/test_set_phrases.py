"""Numerals that count nothing, numerals of other scripts, and spans of days: by what they say."""

from collections.abc import Callable

import pytest

from differ.compare import compare
from letters.letter import Letter

Make = Callable[..., Letter]


def is_replaced(letter: Make, form: str, old: str, new: str, category: str) -> None:
    """Assert that one word for another in a form is that one edit, both ways."""
    for one, other in ((old, new), (new, old)):
        found = compare(letter(form.format(one)), letter(form.format(other)))
        assert [(e.category.value, e.old, e.new) for e in found] == [(category, one, other)]


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("增强{}，坚定信心。", "四个意识", "两个维护"),
        ("深刻领悟{}。", "两个确立", "会议精神"),
        ("协调推进{}战略。", "四个全面", "强市"),
        ("坚持{}重要思想。", "三个代表", "先进"),
        ("实施{}。", "百千万工程", "乡村振兴工程"),
        ("落实{}精神。", "八项规定", "中央规定"),
        ("取得了{}成效。", "一定", "一些"),
        ("{}乡镇已制定方案。", "多数", "部分"),
        ("{}走访住户。", "逐一", "逐户"),
    ],
)
def test_set_phrases_with_a_numeral_are_words(letter: Make, form: str, old: str, new: str) -> None:
    is_replaced(letter, form, old, new, "wording")


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("人民币{}元整。", "壹仟贰佰", "叁仟贰佰"),
        ("合同价为{}万元整。", "伍佰", "捌佰"),
        ("合同价为{}万元整。", "伍", "捌"),
        ("总人口{}万人。", "廿三", "卅三"),
        ("共{}户。", "廿五", "廿八"),
        ("建设{}大工程。", "十", "八"),
        ("分{}步实施。", "三", "两"),
        ("建成{}个服务中心。", "一", "两"),
    ],
)
def test_numerals_that_count_are_figures(letter: Make, form: str, old: str, new: str) -> None:
    is_replaced(letter, form, old, new, "figure")


@pytest.mark.parametrize("end", ["9日", "10日"])
@pytest.mark.parametrize("form", ["于{}召开。", "活动于{}举行。"])
def test_a_span_of_days_with_its_year_is_a_date(letter: Make, form: str, end: str) -> None:
    is_replaced(letter, form, "2022年3月5日至8日", f"2022年3月5日至{end}", "date")


@pytest.mark.parametrize(("old", "new"), [("多数", "全部"), ("部分", "全部")])
def test_how_many_villages_is_no_name_of_one(letter: Make, old: str, new: str) -> None:
    is_replaced(letter, "{}村已通水。", old, new, "wording")


def test_what_opens_as_a_set_phrase_and_goes_on_is_none(letter: Make) -> None:
    is_replaced(letter, "共有{}个代表团参加。", "三", "五", "figure")
    is_replaced(letter, "建成{}个结合部公园。", "两", "五", "figure")


@pytest.mark.parametrize("years", ["两", "一", "3"])
def test_within_the_year_and_within_years_are_two_times(letter: Make, years: str) -> None:
    is_replaced(letter, "我局将在{}出台方案。", "年内", f"{years}年内", "date")
