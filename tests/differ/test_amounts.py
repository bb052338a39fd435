"""What is said of amounts and times: how near a number is, units, set phrases, deadlines."""

from collections.abc import Callable

import pytest

from differ.compare import compare
from differ.weigh import weigh
from letters.change import Significance
from letters.letter import Letter

Make = Callable[..., Letter]
Told = tuple[str, str | None, str | None, str | None]
OPENING = "我们会努力。"


def told(letter: Make, old: str, new: str) -> list[Told]:
    found = compare(letter(OPENING, old), letter(OPENING, new))
    return [(each.category.value, each.detail, each.old, each.new) for each in found]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("数据截至二〇二三年。", "数据截至2023年。"),
        ("数据截至二〇二三年十月。", "数据截至2023年10月。"),
        ("已于3月5日印发。", "已于三月五日印发。"),
    ],
)
def test_the_same_date_in_other_numerals_is_wording(letter: Make, old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        assert [category for category, *_ in told(letter, one, other)] == ["wording"]
    assert told(letter, old, new.replace("3", "4").replace("三", "四"))[0][0] != "wording"


def test_the_comma_between_thousands_is_punctuation(letter: Make) -> None:
    edits = compare(letter("财政安排1,250万元。"), letter("财政安排1250万元。"))
    assert weigh(edits)[0] is Significance.COSMETIC


@pytest.mark.parametrize(
    ("old", "new", "edit"),
    [
        ("全县共有村医约400名。", "全县共有村医超400名。", ("约", "超")),
        ("全县共有村医近400名。", "全县共有村医超400名。", ("近", "超")),
        ("覆盖率达到95%。", "覆盖率接近95%。", ("达到", "接近")),
    ],
)
def test_how_near_a_number_is_is_of_the_figure(
    letter: Make, old: str, new: str, edit: tuple[str | None, str | None]
) -> None:
    assert told(letter, old, new) == [("figure", None, *edit)]


def test_nearness_in_other_words_or_alone_is_wording(letter: Make) -> None:
    assert told(letter, "覆盖率超过95%。", "覆盖率超95%。")[0][0] == "wording"
    assert told(letter, "共有村医412名。", "共有村医约412名。") == [("wording", None, None, "约")]


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("排放限值为{}mg/L。", "50", "80"),
        ("限速{}km/h。", "40", "60"),
        ("浓度为{}μg/m³。", "35", "53"),
        ("装机容量{}kVA。", "2.5", "3.5"),
        ("将于{}日内答复。", "30", "60"),
    ],
)
def test_a_number_is_a_figure_whatever_its_unit(
    letter: Make, form: str, old: str, new: str
) -> None:
    assert told(letter, form.format(old), form.format(new)) == [("figure", None, old, new)]


@pytest.mark.parametrize("name", ["5G", "3D", "A4"])
def test_a_name_with_a_digit_is_no_figure(letter: Make, name: str) -> None:
    assert told(letter, f"使用{name}技术。", "使用有关技术。")[0][0] == "wording"


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("{}小区已完成改造。", "少数", "多数"),
        ("{}商户仍未搬离。", "极少数", "大多数"),
        ("深化“{}”改革。", "最多跑一次", "一网通办"),
        ("让群众{}。", "最多跑一次", "少跑腿"),
        ("推进“{}”。", "一网通办", "一窗通办"),
        ("实行{}。", "一村一策", "分类施策"),
        ("加强{}管理。", "二次供水", "城市供水"),
        ("推动{}融合。", "一二三产业", "各类产业"),
        ("引入{}评估。", "第三方", "专业"),
        ("位于{}。", "五一路", "别处"),
        ("落实{}。", "九年义务教育", "有关要求"),
    ],
)
def test_set_phrases_are_words_whole(letter: Make, form: str, old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        assert told(letter, form.format(one), form.format(other)) == [
            ("wording", None, one, other)
        ]


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("每{}上午接待群众。", "周三", "周五"),
        ("项目于{}开工。", "上月中旬", "本月中旬"),
    ],
)
def test_a_day_of_the_week_and_a_month_are_dates(
    letter: Make, form: str, old: str, new: str
) -> None:
    (found,) = told(letter, form.format(old), form.format(new))
    assert found[0] == "date"
    assert told(letter, "每周三次检查。", "每周五次检查。") == [("figure", None, "三", "五")]


@pytest.mark.parametrize(
    ("old", "new", "edit"),
    [
        ("力争年内建成。", "力争明年上半年建成。", ("commitment", "postponed", "年内", "明年上半年")),
        ("力争2025年建成。", "力争明年建成。", ("date", None, "2025年", "明年")),
        ("我局将于2024年底前完成。", "我局将于2024年12月底前完成。", ("date", None, "2024年", "2024年12月")),
        ("将在第三季度启动招标。", "将在第四季度启动招标。", ("commitment", "postponed", "第三季度", "第四季度")),
        ("计划2025年上半年开工。", "计划2025年下半年开工。", ("commitment", "postponed", "上半年", "下半年")),
        ("我局将于2024年6月底前改造。", "我局将改造。", ("commitment", "weakened", "于2024年6月底前", None)),
        ("我局将于2024年6月底前完成。", "我局将于2024年完成。", ("commitment", "postponed", "2024年6月底前", "2024年")),
        ("该项目已列入明年计划。", "该项目将列入明年计划。", ("commitment", "weakened", "已", "将")),
        ("拟启动前期工作。", "已启动前期工作。", ("commitment", "strengthened", "拟", "已")),
    ],
)  # fmt: skip
def test_times_of_promises_are_compared_by_when_they_end(
    letter: Make, old: str, new: str, edit: Told
) -> None:
    assert told(letter, old, new) == [edit]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("该路段具备拓宽条件。", "该路段不具备拓宽条件。"),
        ("该项目已通过环评。", "该项目未通过环评。"),
        ("目前无法安排资金。", "目前可以安排资金。"),
        ("未发现违规行为。", "发现违规行为。"),
    ],
)
def test_whether_something_is_so_matters(letter: Make, old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        weighed = weigh(compare(letter(OPENING, one), letter(OPENING, other)))
        assert weighed == (Significance.SUBSTANTIVE, "Whether something is so changed.")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("加强监管。", "不断加强监管。"),
        ("不需要办理。", "无需办理。"),
        ("建设无障碍设施。", "建设便民设施。"),
    ],
)
def test_words_that_deny_nothing_are_wording(letter: Make, old: str, new: str) -> None:
    assert weigh(compare(letter(old), letter(new)))[1] == "Only wording changed."


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("十月底前将全部完工。", "十二月底前将全部完工。", [("date", None, "十月", "十二月")]),
        ("每周一至周五开放。", "每周一至周六开放。", [("date", None, "周五", "周六")]),
        ("时间延长至21:00。", "时间延长至22:00。", [("date", None, "21:00", "22:00")]),
        ("将每季度通报一次。", "将每半年通报一次。", [("wording", None, "季度", "半年")]),
        (
            "清淤、护岸、绿化三项工程已完工。",
            "清淤、护岸两项工程已完工。",
            [("wording", None, "、绿化", None), ("figure", None, "三", "两")],
        ),
    ],
)  # fmt: skip
def test_months_hours_periods_and_items_are_whole(
    letter: Make, old: str, new: str, edits: list[Told]
) -> None:
    assert told(letter, old, new) == edits


@pytest.mark.parametrize(
    ("old", "new", "edit"),
    [
        ("最多跑2次。", "最多跑1次。", ("figure", None, "2", "1")),
        ("建立双减少机制。", "建立双增长机制。", ("wording", None, "减少", "增长")),
        ("少数民族学生。", "多数民族学生。", ("wording", None, "少", "多")),
    ],
)
def test_what_only_begins_like_a_set_phrase_is_none(
    letter: Make, old: str, new: str, edit: Told
) -> None:
    assert told(letter, old, new) == [edit]


def test_a_row_of_a_table_that_goes_matters(letter: Make) -> None:
    rows = "措施\t时限\n清淤\t2024年9月", "\n护岸\t2024年12月"
    edits = compare(letter(OPENING, "".join(rows)), letter(OPENING, rows[0]))
    assert weigh(edits) == (Significance.SUBSTANTIVE, "A row of a table came or went.")
