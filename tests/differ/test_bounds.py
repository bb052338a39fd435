"""Bounds, numbers of several parts, shares in words and numbers of items: whole, and by what they say."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from differ.body_text import body_texts
from differ.compare import compare
from differ.edit_script import StepKind, edit_script
from differ.weigh import weigh
from letters.change import Significance
from letters.letter import Letter

Make = Callable[..., Letter]


def edits(old: Letter, new: Letter) -> list[tuple[Any, ...]]:
    return [(e.category.value, e.detail, e.old, e.new) for e in compare(old, new)]


TURNED = [
    ("不少于3次", "不超过3次", "不少于", "不超过"),
    ("不低于3次", "不高于3次", "不低于", "不高于"),
    ("至少3次", "至多3次", "至少", "至多"),
    ("3次以上", "3次以下", "以上", "以下"),
    ("三次以上", "三次以内", "以上", "以内"),
    ("多于3次", "少于3次", "多于", "少于"),
    ("超过3次", "不超过3次", "超过", "不超过"),
    ("不得少于3次", "不得超过3次", "不得少于", "不得超过"),
    ("≥3次", "≤3次", "≥", "≤"),
    ("不少于3次", "力争3次", "不少于", "力争"),
    ("不少于3次", "约3次", "不少于", "约"),
]


@pytest.mark.parametrize(("one", "other", "old", "new"), TURNED)
def test_a_bound_that_turns_round_or_goes_weakens_a_promise(
    letter: Make, one: str, other: str, old: str, new: str
) -> None:
    first, second = (letter(f"我们将每年组织检查{each}。") for each in (one, other))
    assert edits(first, second) == [("commitment", "weakened", old, new)]
    assert edits(second, first) == [("commitment", "strengthened", new, old)]


@pytest.mark.parametrize(
    ("one", "other", "old", "new"),
    [
        ("审批时限将不超过5个工作日", "审批时限将不少于5个工作日", "不超过", "不少于"),
        ("我们将在30天以内答复", "我们将在30天以外答复", "以内", "以外"),
        ("将最多2个月办结", "将最少2个月办结", "最多", "最少"),
    ],
)
def test_of_a_time_it_is_the_ceiling_that_is_promised(
    letter: Make, one: str, other: str, old: str, new: str
) -> None:
    assert edits(letter(f"{one}。"), letter(f"{other}。")) == [
        ("commitment", "weakened", old, new)
    ]


@pytest.mark.parametrize(
    ("one", "other", "old", "new"),
    [
        ("补助标准不低于200元", "补助标准不高于200元", "不低于", "不高于"),
        ("2021年受益群众不足300人", "2021年受益群众超过300人", "不足", "超过"),
        ("已按最低标准发放", "已按最高标准发放", "最低", "最高"),
        ("面积在100平方米以上", "面积在100平方米以下", "以上", "以下"),
    ],
)
def test_elsewhere_it_is_another_figure(
    letter: Make, one: str, other: str, old: str, new: str
) -> None:
    changed = compare(letter(f"{one}。"), letter(f"{other}。"))
    assert [(e.category.value, e.old, e.new) for e in changed] == [("figure", old, new)]
    assert weigh(changed)[0] is Significance.SUBSTANTIVE


@pytest.mark.parametrize(
    ("one", "other"),
    [("检查3次以上。", "检查不少于3次。"), ("除此以外，继续推进。", "此外，继续推进。")],
)
def test_the_same_bound_in_other_words_is_wording(letter: Make, one: str, other: str) -> None:
    assert {e.category.value for e in compare(letter(one), letter(other))} == {"wording"}


COMPOUND = [
    ("3亿5千万", "3亿8千万", "元"),
    ("三亿五千万", "三亿八千万", "元"),
    ("1万2千", "1万3千", "个"),
    ("一万二千", "一万三千", "人"),
    ("1亿2000万", "1亿3000万", "元"),
    ("十二亿三千万", "十三亿三千万", "元"),
    ("5万3千", "5万6千", "余人"),
    ("3千5百", "3千8百", "元"),
    ("2小时30分", "2小时45分", "，"),
    ("3分20秒", "3分40秒", "，"),
    ("1元5角", "1元8角", "，"),
    ("2年6个月", "2年8个月", "，"),
    ("3公里500米", "3公里800米", "，"),
    ("2天3夜", "2天4夜", "，"),
    ("1个半", "2个半", "月"),
    ("第3章第5条", "第3章第6条", "执行"),
    ("第三章第五条", "第四章第五条", "执行"),
    ("第12条第2款", "第12条第3款", "执行"),
    ("九成五", "八成五", "，"),
]


@pytest.mark.parametrize("form", ["计划{}{}落实到位。", "表一\t{}{}\n表二\t3"])
@pytest.mark.parametrize(("old", "new", "unit"), COMPOUND)
def test_a_number_of_several_parts_is_one_number(
    letter: Make, form: str, old: str, new: str, unit: str
) -> None:
    one, other = letter(form.format(old, unit)), letter(form.format(new, unit))
    assert edits(one, other) == [("figure", None, old, new)]
    assert edits(other, one) == [("figure", None, new, old)]


@pytest.mark.parametrize(
    ("one", "other", "old", "new"),
    [
        ("718.4亿元", "918.4亿元", "718.4", "918.4"),
        ("3亿元", "3亿5千万元", "3亿", "3亿5千万"),
        ("1小时", "1小时20分钟", "1小时", "1小时20分钟"),
        ("第3条", "第5条", "3", "5"),
        ("9时30分", "9时45分", "9时30分", "9时45分"),
    ],
)
def test_a_number_of_one_part_is_as_before(
    letter: Make, one: str, other: str, old: str, new: str
) -> None:
    changed = compare(letter(f"计划{one}到位。"), letter(f"计划{other}到位。"))
    assert [(e.old, e.new) for e in changed] == [(old, new)]


SHARES = [
    ("三成", "五成", "三", "五"),
    ("打七折", "打八折", "七", "八"),
    ("过半", "近半", "过半", "近半"),
    ("一半", "三分之一", "一半", "三分之一"),
    ("三分之一", "二分之一", "三分之一", "二分之一"),
    ("百分之三十", "百分之五十", "三十", "五十"),
    ("千分之三", "千分之五", "三", "五"),
    ("翻一番", "翻两番", "一", "两"),
    ("一成", "一半", "一成", "一半"),
    ("半数以上", "三成以上", "半数", "三成"),
    ("大半", "小半", "大半", "小半"),
    ("扩大一倍", "扩大两倍", "一", "两"),
    ("半年", "一年", "半", "一"),
]


@pytest.mark.parametrize(("one", "other", "old", "new"), SHARES)
def test_a_share_in_words_is_a_figure(
    letter: Make, one: str, other: str, old: str, new: str
) -> None:
    first, second = (letter(f"去年覆盖范围为{each}，效果良好。") for each in (one, other))
    assert edits(first, second) == [("figure", None, old, new)]
    assert edits(second, first) == [("figure", None, new, old)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("一成不变地推进", "持续地推进"), ("三折叠宣传册", "宣传册"), ("基本成型", "基本完成")],
)
def test_words_that_only_look_like_shares_are_none(letter: Make, one: str, other: str) -> None:
    categories = {e.category.value for e in compare(letter(f"{one}。"), letter(f"{other}。"))}
    assert "figure" not in categories


ITEMS = [
    "加强规划引导。编制专项规划。",
    "加大投入力度。统筹各类资金。",
    "强化督导检查。纳入年度考核。",
    "做好宣传工作。印发宣传册。",
]
NEW_ITEM = "完善配套设施。同步建设充电桩。"
FORMS = {
    "brackets": [f"（{each}）" for each in "一二三四五"],
    "digits": [f"{each}." for each in range(1, 6)],
    "marks": [f"{each}、" for each in "一二三四五"],
    "ordinals": [f"第{each}，" for each in "一二三四五"],
    "words": [f"{each}是" for each in "一二三四五"],
    "circles": list("①②③④⑤"),
}


@pytest.mark.parametrize("numbers", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("at", [0, 1, 2, 3])
@pytest.mark.parametrize("joint", ["\n", ""], ids=["paragraphs", "one paragraph"])
def test_an_item_in_a_numbered_list_is_one_insert_and_new_numbers_are_layout(
    letter: Make, numbers: list[str], at: int, joint: str
) -> None:
    def listed(items: list[str]) -> Letter:
        text = joint.join(n + item for n, item in zip(numbers, items, strict=False))
        return letter(*text.split("\n"))

    old, new = listed(ITEMS), listed([*ITEMS[:at], NEW_ITEM, *ITEMS[at:]])
    for one, other in ((old, new), (new, old)):
        changed = compare(one, other)
        rest = [e for e in changed if e.category.value != "punctuation"]
        words = "".join(e.new or e.old or "" for e in rest)
        assert {e.op.value for e in rest} == {"insert" if one is old else "delete"}
        assert words.replace("\n", "").endswith(NEW_ITEM) or NEW_ITEM[:-1] in words
        assert len(words) <= len(NEW_ITEM) + 3


@pytest.mark.parametrize(
    ("one", "other", "category"),
    [
        ("新增3个泊位。", "新增4个泊位。", "figure"),
        ("依据第三条执行。", "依据第四条执行。", "figure"),
        ("（三）班组完成改造。", "（四）班组完成改造。", "wording"),
        ("第三，加强监管。", "第四，加强监管。", "wording"),
        ("合计\t3\n其他\t1", "合计\t4\n其他\t1", "figure"),
        ("1\t甲\n2\t乙", "1\t甲\n5\t乙", "figure"),
    ],
)
def test_a_number_that_counts_no_item_stays_what_it_is(
    letter: Make, one: str, other: str, category: str
) -> None:
    assert [e.category.value for e in compare(letter(one), letter(other))] == [category]


PARTS = st.sampled_from(
    ["3亿5千万", "三亿", "五千万", "元", "不少于", "不超过", "3次", "以上", "以内", "过半", "一半", "三成", "百分之", "三十",
     "（三）", "四是", "③", "第3章", "第5条", "2小时", "30分", "。", "，", "将", "检查", "\n"]
)  # fmt: skip
TEXTS = st.lists(PARTS, min_size=1, max_size=14).map("".join)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=TEXTS, new=TEXTS)
def test_the_steps_between_two_texts_give_the_new_one(letter: Make, old: str, new: str) -> None:
    bodies = body_texts(*(letter(*filter(None, each.split("\n"))) for each in (old, new)))
    steps = edit_script(*bodies).steps
    kept = {StepKind.SAME, StepKind.REPLACE, StepKind.INSERT, StepKind.MOVED_TO}
    assert (
        "".join(bodies[1].text[slice(*s.new)] for s in steps if s.kind in kept) == bodies[1].text
    )
    assert all(
        bodies[0].text[slice(*s.old)] == bodies[1].text[slice(*s.new)]
        for s in steps
        if s.kind is StepKind.SAME
    )
    compare(*(body.letter for body in bodies))
