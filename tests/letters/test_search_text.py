"""The parts of a line that say words of a search are marked as the line is printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.search_text import parse_search, search_form

MARKED = {
    "blanks within it": ("致 赵 小 华 委员", "赵小华", "致 [赵 小 华] 委员"),
    "another width and case": ("约ＡＢＣ类", "abc", "约[ＡＢＣ]类"),
    "a character that stands for two": ("共100㎡整", "m2", "共100[㎡]整"),
    "one that stands for two beside a blank": ("共 ㎡整", "m2整", "共 [㎡整]"),
    "more than once": ("停车，停车", "停车", "[停车]，[停车]"),
    "two words that overlap": ("停车场所", "停车场 场所", "[停车场所]"),
    "two words side by side": ("停车场", "停车 场", "[停车场]"),
    "all of the line": ("停车", "停车", "[停车]"),
    "typed as a letter and its mark": ("号é，与ā", 'e\u0301 "与a\u0304"', "号[é]，[与ā]"),
    "none of it": ("停车", "骑车", "停车"),
    "no line": ("", "停车", ""),
}


@pytest.mark.parametrize(("line", "words", "marked"), MARKED.values(), ids=MARKED)
def test_what_a_line_says_of_a_search_is_marked(line: str, words: str, marked: str) -> None:
    parts = parse_search(words).marked(line)
    assert "".join(f"[{text}]" if is_word else text for text, is_word in parts) == marked


CHARS = st.sampled_from("停车 场㎡m2ＡaﬁF\u200b\ud800")


@given(st.text(CHARS), st.text(CHARS, min_size=1))
def test_marks_leave_a_line_as_it_is_and_say_the_word(line: str, word: str) -> None:
    search = parse_search(f'"{word}"')
    parts = search.marked(line)
    assert "".join(text for text, _ in parts) == line
    assert [is_word for _, is_word in parts[1:]] == [not is_word for _, is_word in parts[:-1]]
    for form in search.words:
        assert any(is_word for _, is_word in parts) == (form in search_form(line))
        assert all(form[0] in search_form(text) for text, is_word in parts if is_word)
