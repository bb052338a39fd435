"""What must hold for any two letters."""

from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from differ.body_text import BodyText
from differ.compare import compare
from differ.edit_script import StepKind, edit_script
from differ.rows import RunKind, rows
from letters.change import Op
from letters.letter import Letter
from letters.text import canonical, squashed

Make = Callable[..., Letter]
many = settings(
    max_examples=400,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

WORDS = (
    "我委", "将", "将研究", "确保", "力争", "建设", "三座", "718.4", "1,200", "亿元", "万元", "2025年底前", "2022年6月7日",
    "市交通局", "《实施方案》", "〔2024〕212号", "赵小华委员", "，", "、", "。", "；", "（", "）", "合川区", "ETC", "完成", "的", "、",
    "\ue000", "𠮷", "\ud800", "Ā", "ā", "-3%", "12.5", " ",
    "2018/5/18", "3-5", "3至5", "10%-15%", "东海汇鑫有限公司", "检测中心", "由", "东湾", "西湾", "3个村", "等村", "云垭县", "水务局",
    "联系人：", "李大海", "65741234", "签发人：", "B类", "争取", "力", "和", "3月5日至8日", "0871-",
)  # fmt: skip
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map("".join)
bodies = st.lists(sentences, max_size=6)


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Return a body and the same body after a few edits: the usual case."""
    old = draw(st.lists(sentences, min_size=1, max_size=6))
    new = list(old)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(new) - 1)) if new else 0
        kind = draw(st.sampled_from(("insert", "delete", "replace", "move", "split")))
        if kind == "insert" or not new:
            new.insert(at, draw(sentences))
        elif kind == "delete":
            new.pop(at)
        elif kind == "move":
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
        elif kind == "replace":
            cut = draw(st.integers(0, len(new[at])))
            new[at] = new[at][:cut] + draw(st.sampled_from(WORDS)) + new[at][cut + 1 :]
        else:
            cut = draw(st.integers(0, len(new[at])))
            new[at : at + 1] = [part for part in (new[at][:cut], new[at][cut:]) if part]
    return old, new


pairs = st.one_of(edited(), st.tuples(bodies, bodies))


@many
@given(pairs)
@example((["甲" * 30, "乙" * 30], ["乙" * 30, "甲" * 30]))
@example((["我委，我委"], ["，我委"]))  # nothing is left to read on one side
def test_the_steps_applied_to_the_old_body_give_the_new(
    letter: Make, pair: tuple[list[str], list[str]]
) -> None:
    old, new = (BodyText(letter(*body)) for body in pair)
    applied, i, j = "", 0, 0
    for step in edit_script(old, new).steps:
        assert (step.old[0], step.new[0]) == (i, j)  # no gap, no overlap
        if step.kind is StepKind.SAME:
            assert old.text[slice(*step.old)] == new.text[slice(*step.new)]
            applied += old.text[slice(*step.old)]
        else:
            applied += new.text[slice(*step.new)]
        i, j = step.old[1], step.new[1]
    assert (i, j) == (len(old.text), len(new.text))
    assert applied == new.text


@many
@given(pairs)
@example((["-3%"], ["）", "-3%我委"]))  # a minus after a bracket is cut otherwise
def test_there_are_edits_just_where_the_words_differ(
    letter: Make, pair: tuple[list[str], list[str]]
) -> None:
    old, new = (letter(*body) for body in pair)
    edits = compare(old, new)
    assert not edits or old.digest() != new.digest()
    # A blank that came where the other side cuts paragraphs is no edit.
    assert edits or squashed(old.wording()) == squashed(new.wording())
    for edit in edits:
        assert edit.old or edit.new
        assert (edit.op is Op.INSERT) == (edit.old is None)
        assert (edit.op is Op.DELETE) == (edit.new is None)
        assert edit.op is Op.MOVE or edit.old != edit.new


@many
@given(bodies)
def test_a_letter_does_not_differ_from_itself(letter: Make, body: list[str]) -> None:
    assert compare(letter(*body), letter(*body)) == ()
    joined = letter("".join(body)) if body else letter()
    if not any("\t" in text for text in body):
        assert compare(letter(*body), joined) == ()  # where paragraphs are cut is no edit


@many
@given(pairs)
def test_the_same_letters_give_the_same_edits(
    letter: Make, pair: tuple[list[str], list[str]]
) -> None:
    assert compare(letter(*pair[0]), letter(*pair[1])) == compare(
        letter(*pair[0]), letter(*pair[1])
    )


@many
@given(st.lists(sentences, min_size=1, max_size=5, unique=True), sentences, st.data())
def test_swapping_the_sides_swaps_insert_and_delete(
    letter: Make, body: list[str], added: str, data: st.DataObject
) -> None:
    longer = list(body)
    longer.insert(data.draw(st.integers(0, len(body))), f"{added}。")
    there = Counter(
        (each.op, each.old, each.new) for each in compare(letter(*body), letter(*longer))
    )
    swapped = {Op.INSERT: Op.DELETE, Op.DELETE: Op.INSERT}
    back = Counter(
        (swapped.get(each.op, each.op), each.new, each.old)
        for each in compare(letter(*longer), letter(*body))
    )
    assert there == back


@many
@given(pairs)
def test_rows_hold_every_word_of_both_sides(
    letter: Make, pair: tuple[list[str], list[str]]
) -> None:
    old, new = (letter(*body) for body in pair)
    body = [row for row in rows(old, new) if row.field == "body"]
    assert "".join(run.text for row in body for run in row.old) == BodyText(old).text
    assert "".join(run.text for row in body for run in row.new) == BodyText(new).text
    for row in body:
        shown = [run for run in row.inline if run.kind is not RunKind.DELETE]
        if row.new:
            assert "".join(run.text for run in shown) == "".join(run.text for run in row.new)


@settings(max_examples=1000)
@given(st.text())
def test_canonical_text_is_stable(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@settings(max_examples=1000)
@given(
    st.text(alphabet="投资增长了第号赵小华晓1290.，、-−+%％ 　", max_size=20),
    st.sampled_from("0123456789.-−+%华晓、，"),
    st.sampled_from("0123456789.-−+%华晓、，"),
    st.data(),
)
def test_canonical_text_never_hides_a_digit_a_sign_or_a_name(
    text: str, one: str, other: str, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(text)))
    left, right = (canonical(text[:cut] + char + text[cut:]) for char in (one, other))
    assert (left == right) == (one == other)
