"""Dates, ranges, companies, places, persons, classes and promises: reported whole, once, by their kind."""

from collections.abc import Callable
from typing import Any

import pytest

from differ.compare import compare
from differ.weigh import weigh
from letters.change import Significance
from letters.letter import Letter

Make = Callable[..., Letter]


def reported(old: Letter, new: Letter) -> list[tuple[Any, ...]]:
    return [(e.op.value, e.category.value, e.old, e.new) for e in compare(old, new)]


def is_replaced(letter: Make, form: str, old: str, new: str, category: str) -> None:
    """Assert that a form with another word is reported as that word replaced, both ways."""
    one, other = letter(form.format(old)), letter(form.format(new))
    assert reported(one, other) == [("replace", category, old, new)]
    assert reported(other, one) == [("replace", category, new, old)]


DATES = [
    ("2018/5/18", "2018/5/19"),
    ("2018-5-18", "2018-6-18"),
    ("2018.5.18", "2019.5.18"),
    ("2018．5．18", "2018．5．19"),
    ("2018/05/18", "2018/12/18"),
    ("2018—5—18", "2018—5—19"),
    ("2018年5月18日", "2018年5月19日"),
    ("18年5月18日", "18年6月18日"),
    ("18/5/18", "18/5/19"),
    ("18-05-18", "18-06-18"),
    ("18.05.18", "18.06.18"),
    ("5月18号", "5月19号"),
    ("2018-05", "2018-06"),
    ("3月5日至8日", "3月5日至9日"),
    ("3月5日至8日", "3月6日至8日"),
    ("3月5-8日", "3月6-8日"),
    ("1-10月", "1-11月"),
    ("2018年1—10月", "2018年1—11月"),
    ("8:30-17:30", "9:00-17:30"),
]


@pytest.mark.parametrize(("old", "new"), DATES)
@pytest.mark.parametrize(
    "form",
    [
        "数据截至{}。",
        "截止日期：{}",
        "{}，现房认购开始。",
        "合计\t12.0\t{}\t30",
        "表一\t{}\n表二\t3",
    ],
)
def test_a_date_is_whole_however_it_is_written(
    letter: Make, form: str, old: str, new: str
) -> None:
    is_replaced(letter, form, old, new, "date")


@pytest.mark.parametrize(("old", "new"), DATES[:5])
def test_a_date_begins_where_a_line_with_figures_ends(letter: Make, old: str, new: str) -> None:
    def made(day: str) -> Letter:
        return letter(
            "面积：\t0.0000\n套数：\t26", f"{day}期房认购\n套数：\t78", f"截至{day}", f"{day}现房"
        )

    assert reported(made(old), made(new)) == [("replace", "date", old, new)] * 3


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("面积0.0000{}期房网上认购。", "2018/5/18", "2018/5/19"),
        ("截止日期：{}2018/5/20现房。", "2018/5/18", "2018/5/19"),
        ("更新于{} 10:30。", "2018/5/18", "2018/5/19"),
        ("更新于2018/5/18 {}。", "10:30", "11:45"),
        ("会议于5月18日{}召开。", "上午9:30", "下午3:30"),
        ("会议于5月18日{}召开。", "9时30分", "10时"),
        ("合同期2018/5/18—{}。", "2020/5/17", "2021/5/17"),
        ("工期自2018年5月1日至{}。", "2018年8月1日", "2018年9月1日"),
        ("规划期（2021-{}）内完成。", "2025", "2030"),
    ],
)
def test_a_date_among_other_figures_is_reported_alone(
    letter: Make, form: str, old: str, new: str
) -> None:
    is_replaced(letter, form, old, new, "date")


@pytest.mark.parametrize(
    ("old", "new", "category"),
    [
        ("2018/5/18", "2018-5-18", "punctuation"),
        ("2018/5/18", "2018年5月18日", "wording"),
        ("2018/5/18", "2018/05/18", "wording"),
    ],
)
def test_the_same_day_written_otherwise_is_no_change_of_a_date(
    letter: Make, old: str, new: str, category: str
) -> None:
    is_replaced(letter, "数据截至{}。", old, new, category)


RANGES = [
    ("间隔{}分钟，群众满意。", "3-5", "5-8"),
    ("间隔{}分钟，群众满意。", "3-5", "3-8"),
    ("间隔{}分钟，群众满意。", "3—5", "4—5"),
    ("间隔{}分钟，群众满意。", "3~5", "3~6"),
    ("间隔{}分钟，群众满意。", "3～5", "3～6"),
    ("间隔{}分钟，群众满意。", "3至5", "5至8"),
    ("间隔{}分钟，群众满意。", "3到5", "2到5"),
    ("间隔{}分钟，群众满意。", "3-5", "5"),
    ("工期{}年。", "三至五", "三至六"),
    ("需要{}年时间。", "两到三", "三到五"),
    ("损耗{}%。", "3.5—5", "3.5—8"),
    ("占比{}。", "10%-15%", "10%-20%"),
    ("占比{}左右。", "10%至15%", "12%至15%"),
    ("补助{}元。", "3万-5万", "3万-6万"),
    ("补助{}。", "3万元至5万元", "3万元至6万元"),
    ("补助{}万元。", "1,000-1,500", "1,000-2,500"),
    ("投入{}人。", "2000-3000", "2000-3500"),
    ("气温{}。", "-5℃~10℃", "-8℃~10℃"),
    ("住在{}号楼。", "3-5", "3-6"),
]


@pytest.mark.parametrize(("form", "old", "new"), RANGES)
def test_a_range_is_one_figure(letter: Make, form: str, old: str, new: str) -> None:
    is_replaced(letter, form, old, new, "figure")


@pytest.mark.parametrize(
    ("old", "new", "category", "words"),
    [
        ("间隔3—5分钟。", "间隔3-5分钟。", "punctuation", ("—", "-")),
        ("间隔3至5分钟。", "间隔3-5分钟。", "wording", ("至", "-")),
        ("产值40—50亿元。", "产值40亿元—50亿元。", "figure", ("40", "40亿元")),
        ("5月22日—28日开放。", "5月22日-28日开放。", "punctuation", ("—", "-")),
    ],
)
def test_a_range_whose_ends_stay_is_reported_by_what_changed(
    letter: Make, old: str, new: str, category: str, words: tuple[str, str]
) -> None:
    assert reported(letter(old), letter(new)) == [("replace", category, *words)]


ORGANISATIONS = [
    ("东海汇鑫伟业房地产经纪有限公司", "东海联众恒业房地产经纪有限公司"),
    ("汇鑫房产有限责任公司", "龙和房产有限责任公司"),
    ("恒信建设集团股份公司", "恒信建设集团有限公司"),
    ("中冶建工（东海）有限公司", "中铁建工（东海）有限公司"),
    ("东海材料检测中心", "东海材料检测中心有限公司"),
    ("东海建筑设计院", "东海建筑设计院有限公司"),
    ("21世纪家园", "大地家园"),
    ("百年广场酒店", "21世纪酒店"),
    ("3M中国有限公司", "东海建材厂"),
    ("TCL集团", "康佳集团"),
    ("A.O.史密斯公司", "美的公司"),
    ("青禾农机专业合作社", "金穗农机专业合作社"),
    ("明德律师事务所", "正方律师事务所"),
    ("农业科学研究所", "林业科学研究所"),
    ("东海银行柳林支行", "东海银行石桥支行"),
    ("柳林镇中心小学", "石桥镇中心小学"),
    ("东海市第一人民医院", "东海市第二人民医院"),
    ("福源大药房", "康乐大药房"),
    ("长江水泥厂", "黄河水泥厂"),
    ("东海汇鑫厂", "大地粮店"),
    ("云垭县教体局", "藕坪县教体局"),
    ("柳林镇人民政府", "石桥镇人民政府"),
]
NAMED = [
    "由{}承建。",
    "我局委托{}检测。",
    "我委与{}签订了合作协议。",
    "已向{}拨付资金。",
    "{}承租了该处门面。",
    "该项目施工单位为{}，工期两年。",
    "名单如下：海川有限公司、{}、恒丰有限公司。",
    "序号\t单位\t金额\n1\t{}\t30\n2\t海川有限公司\t20",
    "引进{}等企业落户。",
    "由我局会同{}共同实施。",
    "感谢{}多年来的帮助。",
    "有关情况已函告{}。",
    "（{}）",
]


@pytest.mark.parametrize(("old", "new"), ORGANISATIONS)
@pytest.mark.parametrize("form", NAMED)
def test_a_company_or_an_institution_is_whole(letter: Make, form: str, old: str, new: str) -> None:
    is_replaced(letter, form, old, new, "organisation")


@pytest.mark.parametrize(
    "form",
    ["牵涉{}的诉讼已经审结。", "多亏{}及时抢修。", "这批设备产自{}。", "停车场权属登记在{}名下。"],
)
@pytest.mark.parametrize(
    ("old", "new"), [("汇鑫水泥厂", "恒丰集团"), ("云垭县中心小学", "恒丰建筑有限公司")]
)
def test_a_word_before_two_names_that_is_in_no_list_is_part_of_neither(
    letter: Make, form: str, old: str, new: str
) -> None:
    is_replaced(letter, form, old, new, "organisation")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("东海汇鑫厂", "东海恒丰集团"),
        ("龙和伟业集团", "龙和伟叶集团"),
        ("重庆工商大学", "重庆理工大学"),
        ("链家房地产有限公司", "链家置地房地产有限公司"),
        ("甲公司", "乙公司"),
    ],
)
def test_what_two_names_share_is_part_of_both_where_they_are_of_one_place_or_put_right(
    letter: Make, old: str, new: str
) -> None:
    is_replaced(letter, "{}承租了门面。", old, new, "organisation")
    is_replaced(letter, "经查，{}持有合法手续。", old, new, "organisation")


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("由{}承建。", "大地", "鑫海"),
        ("序号\t承建单位\n1\t{}\n2\t海川有限公司", "58同城", "大地同城"),
        ("名单如下：海川有限公司、{}、恒丰有限公司。", "58同城", "大地同城"),
    ],
)
def test_what_stands_where_a_company_must_is_one(
    letter: Make, form: str, old: str, new: str
) -> None:
    is_replaced(letter, form, old, new, "organisation")


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("建成社区养老{}中心12个。", "服务", "照料"),
        ("引导各类学校{}开放场地。", "主动", "积极"),
        ("依据《关于{}农村商业银行的意见》办理。", "支持", "扶持"),
    ],
)
def test_what_names_no_one_body_is_reported_by_its_words(
    letter: Make, form: str, old: str, new: str
) -> None:
    edits = reported(letter(form.format(old)), letter(form.format(new)))
    assert [(each[2], each[3]) for each in edits] == [(old, new)]


LISTS = [
    # text with the list, its names, the one that leaves
    ("{}3个村已经通水。", ["东湾", "西湾", "北湾"], "北湾"),
    ("{}3个村已经通水。", ["东湾", "西湾", "北湾"], "西湾"),
    ("{}3个村已经通水。", ["东湾", "西湾", "北湾"], "东湾"),
    ("{}等村已经通水。", ["大坪", "小坪", "高坪"], "小坪"),
    ("{}三个自然村完成改造。", ["东湾", "西湾", "北湾"], "北湾"),
    ("{}已经通水。", ["东湾", "西湾", "北湾"], "西湾"),
    ("覆盖{}等地。", ["柳树屯", "大石桥", "青龙镇"], "青龙镇"),
    ("我县{}四个乡镇先行试点。", ["青龙", "白马", "石桥", "柳林"], "柳林"),
    ("在{}设立站点。", ["城东街道", "城西街道", "城北街道"], "城西街道"),
    ("涉及{}3个部门。", ["水利", "气象", "林业"], "林业"),
    ("{}3个村已经通水。", ["甲", "乙", "丙"], "丙"),
    ("途经{}。", ["人民路", "建设路", "解放路"], "建设路"),
    ("{}一线的群众出行更方便了。", ["东湾", "西湾", "北湾"], "北湾"),
    ("会同{}开展检查。", ["水利局", "气象局", "林业局"], "气象局"),
    ("引进{}等企业。", ["海川有限公司", "恒丰集团", "汇鑫厂"], "恒丰集团"),
    ("首批签约的是{}。", ["和睿食品公司", "21世纪家园", "汇鑫厂"], "和睿食品公司"),
]


@pytest.mark.parametrize(("form", "names", "gone"), LISTS)
def test_a_name_that_left_or_joined_a_list_is_reported_alone(
    letter: Make, form: str, names: list[str], gone: str
) -> None:
    left = [name for name in names if name != gone]
    longer, shorter = (letter(form.format("、".join(each))) for each in (names, left))
    (edit,) = reported(longer, shorter)
    assert edit[1] in {"name", "organisation"}
    assert (edit[0], *edit[2:]) == ("delete", gone, None)
    (edit,) = reported(shorter, longer)
    assert (edit[0], *edit[2:]) == ("insert", None, gone)


def test_a_name_that_left_is_reported_apart_from_the_count_behind_it(letter: Make) -> None:
    old, new = letter("东湾、西湾、北湾3个村已通水。"), letter("东湾、西湾2个村已通水。")
    assert reported(old, new) == [
        ("delete", "name", "北湾", None),
        ("replace", "figure", "3", "2"),
    ]


def test_what_left_a_list_of_common_things_is_no_name(letter: Make) -> None:
    old, new = letter("重点发展教育、医疗、养老等领域。"), letter("重点发展教育、养老等领域。")
    assert [each[1] for each in reported(old, new)] == ["wording"]


def test_a_mark_lost_between_two_names_is_a_mark(letter: Make) -> None:
    old, new = letter("由海川有限公司、恒丰集团承建。"), letter("由海川有限公司恒丰集团承建。")
    assert reported(old, new) == [("delete", "punctuation", "、", None)]


@pytest.mark.parametrize(
    "label",
    [
        *(
            "领导签发：",
            "签发人：",
            "审签人：",
            "审核：",
            "审核人 ",
            "经办人：",
            "分管领导：",
            "主要领导：",
            "核稿：",
        ),
        *(
            "领导签发: ",
            "签发： ",
            "复核人：",
            "分管领导：副局长",
            "审核：办公室主任",
            "签发\t",
            "批准人：",
            "领导签字：",
            "分管领导（签字）：",
            "分管副局长：",
        ),
    ],
)
@pytest.mark.parametrize("behind", ["{}", "{} 承办科室：综合科", "{}。", "{}（局长）"])
def test_whoever_signed_or_approved_is_a_name(letter: Make, label: str, behind: str) -> None:
    is_replaced(letter, label + behind, "赵小民", "赵小明", "name")
    is_replaced(letter, label + behind, "赵小民", "欧阳春雷", "name")


@pytest.mark.parametrize(
    "form",
    [
        *(
            "联系人及电话：甲局李大海 {}",
            "联系人：李大海，{}",
            "（联系人：甲局办公室李大海；{}）",
            "联系人及联系方式：李大海{}",
        ),
        *(
            "承办人及电话：丙科李四 {}",
            "联系人：李大海 联系电话：{}",
            "联系电话：李大海（{}）",
            "姓名\t联系电话\n李大海\t{}",
        ),
    ],
)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("65741234", "65741239"),
        ("0871- 63512345", "0871- 63512346"),
        ("0871-63512345", "0872-63512345"),
        ("(0871)63512345", "(0871)63512349"),
        ("0871 63512345", "0871 63512346"),
        ("13812345678", "13912345678"),
        ("138 1234 5678", "138 1234 5679"),
        ("400-123-4567", "400-123-4568"),
    ],
)
def test_a_phone_is_a_contact_whole_whoever_stands_before_it(
    letter: Make, form: str, old: str, new: str
) -> None:
    is_replaced(letter, form, old, new, "contact")


def test_whom_to_ask_is_a_contact(letter: Make) -> None:
    is_replaced(letter, "联系人及电话：甲局{} 65741234", "李大海", "李小海", "contact")


def test_a_figure_that_counts_is_no_phone(letter: Make) -> None:
    is_replaced(letter, "联系方式已公布，惠及{}人。", "65741234", "65741239", "figure")


@pytest.mark.parametrize(
    "form",
    [
        *(
            "甲农函〔2020〕8号{}类",
            "甲农函〔2020〕8号{}",
            "甲农函〔2020〕8号（{}）",
            "甲农函〔2020〕8号 {}类",
            "（{}）类",
            "({})类",
        ),
        *("〔{}〕", "【{}】类", "{}类", "{}：正在解决", "办理类别：{}", "办理结果：{}类"),
    ],
)
@pytest.mark.parametrize(("old", "new"), [("B", "A"), ("A1", "A2")])
def test_the_class_of_a_result_is_reported_alone_and_matters(
    letter: Make, form: str, old: str, new: str
) -> None:
    edits = compare(letter(form.format(old)), letter(form.format(new)))
    assert [(e.field, e.old, e.new) for e in edits] == [("result_class", old, new)]
    assert weigh(edits)[0] is Significance.SUBSTANTIVE


@pytest.mark.parametrize("form", ["本县{}类企业12家。", "附件{}", "选{}、C两种方案。"])
def test_another_letter_is_no_class(letter: Make, form: str) -> None:
    edits = compare(letter(form.format("B")), letter(form.format("A")))
    assert [e.field for e in edits] == ["body"]


@pytest.mark.parametrize(
    ("form", "old", "new", "detail"),
    [
        ("我们将{}启动建设。", "适时", "力争明年", "strengthened"),
        ("我们将{}启动建设。", "力争明年", "适时", "weakened"),
        ("我们将{}启动建设。", "尽快", "争取三年内", "weakened"),
        ("我们将{}启动建设。", "年底前", "条件成熟时", "conditioned"),
        ("我委将{}到2025年建成。", "力争", "适时研究，争取", "weakened"),
        ("我委将{}到2025年建成。", "力争", "积极研究，努力", "weakened"),
        ("我局将{}完成。", "确保年内", "根据财力情况，力争年内", "conditioned"),
        ("我局将{}启动。", "争取后年", "力争2027年", None),
    ],
)
def test_words_and_time_of_a_promise_are_one_edit(
    letter: Make, form: str, old: str, new: str, detail: str | None
) -> None:
    (edit,) = compare(letter(form.format(old)), letter(form.format(new)))
    assert edit.category.value in ({"commitment"} if detail else {"commitment", "date"})
    assert edit.old is not None
    assert edit.new is not None
    assert old.startswith(edit.old)
    assert new.startswith(edit.new)
    assert edit.detail == detail or detail is None


PLANS = [
    ("该项目", "已经纳入工作计划中，", "正在勘测。", "dropped"),
    ("该项目", "已经纳入工作计划，", "已经完成勘测。", "dropped"),
    ("该桥", "已列入明年建设计划，", "正在设计。", "dropped"),
    ("该桥", "已纳入规划，", "正在设计。", "dropped"),
    ("该桥", "拟于明年开工，", "正在设计。", "dropped"),
    ("该桥", "计划2025年开工，", "正在设计。", "dropped"),
    ("该站", "正在争取立项，", "请您理解。", "dropped"),
    ("该桥正在设计", "，已列入年度计划", "。", "dropped"),
    ("我局", "将增设站点，", "方便群众出行。", "dropped"),
    ("该路段", "暂时没有修建计划，", "建议绕行。", None),
    ("该路段", "暂不具备拓宽条件，", "建议绕行。", None),
    ("我县", "目前尚无扩建打算，", "请予理解。", None),
]


@pytest.mark.parametrize(("head", "words", "tail", "detail"), PLANS)
def test_a_clause_of_a_plan_that_goes_is_a_commitment(
    letter: Make, head: str, words: str, tail: str, detail: str | None
) -> None:
    (gone,) = compare(letter(head + words + tail), letter(head + tail))
    assert (gone.op.value, gone.old, gone.category.value) == ("delete", words, "commitment")
    assert gone.detail == detail
    (come,) = compare(letter(head + tail), letter(head + words + tail))
    assert (come.op.value, come.new, come.category.value) == ("insert", words, "commitment")
    assert come.detail == ("added" if detail else "dropped")


@pytest.mark.parametrize(
    ("head", "words", "tail"),
    [
        ("该项目", "已经全部完工，", "群众普遍认可。"),
        ("该市场", "由无障碍设施改造方案组织专家评审，", "反映良好。"),
        ("有关", "行动计划实施情况良好，", "群众普遍认可。"),
    ],
)
def test_a_clause_that_promises_nothing_is_wording(
    letter: Make, head: str, words: str, tail: str
) -> None:
    edits = reported(letter(head + words + tail), letter(head + tail))
    assert [each[1] for each in edits] == ["wording"]
