"""What canonical text forgets, and what it never does."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.text import canonical, squashed, with_code_points

UNSEEN = {
    "variation selector 16, of emoji": "\ufe0f",
    "variation selector 1": "\ufe00",
    "ideographic variation selector": "\U000e0100",
    "last of the ideographic variation selectors": "\U000e01ef",
    "Mongolian variation selector": "\u180b",
    "Mongolian variation selector four": "\u180f",
    "Mongolian vowel separator": "\u180e",
    "combining grapheme joiner": "\u034f",
    "zero width joiner": "\u200d",
    "soft hyphen": "\u00ad",
    "word joiner": "\u2060",
    "invisible times": "\u2062",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "Arabic letter mark": "\u061c",
    "byte order mark": "\ufeff",
    "Khmer inherent vowel": "\u17b4",
    "tag letter": "\U000e0041",
    "language tag": "\U000e0001",
    "kept for what shall be ignored": "\u2065",
    "shorthand overlap": "\U0001bca0",
    "begin beam": "\U0001d173",
    "annotation anchor": "\ufff9",
    "bell": "\x07",
    "C1 control": "\x96",
}
FILLERS = {
    "Hangul filler": "\u3164",
    "half-width Hangul filler": "\uffa0",
    "Hangul choseong filler": "\u115f",
    "Hangul jungseong filler": "\u1160",
    "Braille blank": "\u2800",
}
# What the names of characters that are never drawn have in common.
_SAYS_SO = re.compile(
    r"VARIATION SELECTOR|FILLER|VOWEL INHERENT|BRAILLE PATTERN BLANK|GRAPHEME JOINER"
)
# Cf, and drawn: signs that enclose the digits behind them, and joints of hieroglyphs.
_DRAWN = re.compile(r"ARABIC (?!LETTER MARK)|SYRIAC|KAITHI|EGYPTIAN")


@pytest.mark.parametrize("char", UNSEEN.values(), ids=UNSEEN)
def test_what_is_never_drawn_goes(char: str) -> None:
    for text in ("赵{}小华", "{}赵小华", "赵小华{}", "1{}2.5亿", "a{}b", "好 {}的", "甲\n{}乙"):
        assert canonical(text.format(char)) == canonical(text.format(""))
        assert squashed(text.format(char)) == squashed(text.format(""))


@pytest.mark.parametrize("char", FILLERS.values(), ids=FILLERS)
def test_what_is_drawn_as_a_gap_goes_but_parts_two_figures(char: str) -> None:
    assert canonical(f"赵{char}小华{char}") == canonical("赵小华")
    assert canonical(f"增长{char}3%") == canonical("增长3%")
    assert canonical(f"3{char}5") == canonical("3 5") != canonical("35")
    assert canonical(f"好 {char}的") == canonical("好 的")
    assert squashed(f"赵{char}小华") == "赵小华"


def test_nothing_that_is_drawn_goes() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    for char in set(everything) - set(squashed(everything)):
        says_so = _SAYS_SO.search(unicodedata.name(char, ""))
        assert says_so or unicodedata.category(char) in {"Cc", "Cf", "Cn", "Zs", "Zl", "Zp"}


def test_no_format_character_stays_but_those_that_are_drawn() -> None:
    formats = [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) == "Cf"]
    for char in squashed("".join(formats)):
        assert _DRAWN.match(unicodedata.name(char))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("é", "e", id="a combining mark"),
        pytest.param("1⃣", "1", id="an enclosing keycap"),
        pytest.param("一\u302a", "一", id="an ideographic tone mark"),
        pytest.param("赵\ue003", "赵", id="private use: it can't be known"),
        pytest.param("赵\U00032000", "赵", id="a Han character newer than this Python"),
        pytest.param("⠁", "⠀", id="Braille dots"),
        pytest.param("�", "", id="a replacement character"),
        pytest.param("☐", "☑", id="a box that was ticked"),
    ],
)
def test_what_is_drawn_stays(one: str, other: str) -> None:
    assert canonical(f"甲{one}乙") != canonical(f"甲{other}乙")


def test_what_an_unseen_character_kept_apart_is_composed() -> None:
    assert canonical("e\u034f\u0301") == "é"
    assert canonical("\u1112\ufeff\u1161\u200b\u11ab") == "한"


noisy = st.text(alphabet="".join(["投资了12.9，、 \n　é́", *UNSEEN.values(), *FILLERS.values()]))


@settings(max_examples=500)
@given(noisy, noisy, st.sampled_from([*UNSEEN.values()]))
def test_an_unseen_character_anywhere_changes_nothing(left: str, right: str, char: str) -> None:
    assert canonical(left + char + right) == canonical(left + right)


@settings(max_examples=500)
@given(noisy)
def test_canonical_text_is_stable_and_composed(text: str) -> None:
    told = canonical(text)
    assert canonical(told) == told
    assert unicodedata.is_normalized("NFC", told)


@settings(max_examples=500)
@given(
    noisy,
    noisy,
    st.sampled_from("0123456789.-+%华晓、，"),
    st.sampled_from("0123456789.-+%华晓、，"),
)
def test_no_visible_edit_is_hidden_amid_unseen_characters(
    left: str, right: str, one: str, other: str
) -> None:
    told = (canonical(left + char + right) for char in (one, other))
    assert (next(told) == next(told)) == (one == other)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("赵小华", "赵小华"),
        ("表\t头\n1", "表\t头\n1"),
        ("\ue003", "U+E003"),
        ("\U000f0001\ue003", "U+F0001 U+E003"),
        ("第\ue003号", "第[U+E003]号"),
        ("\ufffc图", "[U+FFFC]图"),
        ("\ud800", "U+D800"),
        ("\u0378", "U+0378"),
        ("翟\U00032000", "翟\U00032000"),
    ],
)
def test_characters_that_may_look_like_nothing_are_shown_by_their_code_points(
    text: str, shown: str
) -> None:
    assert with_code_points(text) == shown
