"""What no reader sees is never told; what may be seen or not is told as cosmetic."""

import json

import pytest

from letters.change import Category, Significance
from letters.visit_span import VisitOutcome
from tests.crawler.page.visibility.test_visible_text import HIDDEN
from tests.letters.test_text import FILLERS, UNSEEN
from tests.whole.mornings import WHOLE, Mornings

LAST = "2022年6月7日</p>"


def test_no_character_that_is_never_drawn_is_told_anywhere(mornings: Mornings) -> None:
    pages = [
        WHOLE.replace("赵小华", f"赵{char}小华")
        .replace("718个", f"7{char}18{char}个")
        .replace("2022年6", f"2022{char}年6")
        .replace("第0501", f"第{char}0501")
        .replace("重庆市", f"{char}重庆市{char}")
        for char in UNSEEN.values()
    ]
    assert set(mornings.see(WHOLE, *pages)) == {VisitOutcome.LETTER}
    assert mornings.told() == []


def test_no_filler_is_told_but_between_figures(mornings: Mornings) -> None:
    pages = [
        WHOLE.replace("赵小华", f"赵{char}小华").replace("718个", f"{char}718{char}个")
        for char in FILLERS.values()
    ]
    mornings.see(WHOLE, *pages)
    assert mornings.told() == []
    mornings.see(WHOLE.replace("718", "7\u316418"))
    assert mornings.told()[0].significance is Significance.SUBSTANTIVE


def test_nothing_that_a_style_hides_is_told(mornings: Mornings) -> None:
    pages = [
        WHOLE.replace(
            LAST, f"{LAST}<div style='{style}'><table><tr><td>藏</td></tr></table></div>"
        )
        for style in HIDDEN.values()
    ]
    assert set(mornings.see(WHOLE, *pages)) == {VisitOutcome.LETTER}
    assert mornings.told() == []


@pytest.mark.parametrize("char", ["\ue003", "\U000f0001", "\u0378", "\ufffc"])
def test_what_may_be_seen_or_not_is_told_as_cosmetic_by_its_code_point(
    mornings: Mornings, char: str
) -> None:
    mornings.see(WHOLE, WHOLE.replace("718", f"7{char}18"))
    (change,) = mornings.told()
    (edit,) = change.edits
    assert change.significance is Significance.COSMETIC
    code = f"U+{ord(char):04X}"
    assert (edit.category, edit.old, edit.new) == (Category.PUNCTUATION, "718", f"7[{code}]18")
    told = json.dumps(change.as_json(), ensure_ascii=False)
    assert code in edit.context
    assert char not in told
