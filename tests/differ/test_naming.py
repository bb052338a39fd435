"""Bodies, persons, places, figures, dates and contacts: each whole and by its name."""

from collections.abc import Callable
from typing import Any

import pytest

from differ.compare import compare
from differ.weigh import weigh
from letters.change import Op, Significance
from letters.letter import Letter

Make = Callable[..., Letter]
CARRIERS = (
    "为深入推进重点工作，{}参与了有关项目的建设，取得了阶段性成效。",
    "目前会同{}，抓好有关工作。",
)

ORGANISATIONS = [
    ("重庆工商大学", "重庆理工大学"),
    ("重庆大学", "重庆邮电大学"),
    ("西南大学", "四川大学"),
    ("重庆电子工程职业学院", "重庆工贸职业技术学院"),
    ("重庆长安汽车股份有限公司", "重庆赛力斯汽车有限公司"),
    ("重庆机场集团", "重庆港务物流集团"),
    ("重庆三峡银行", "重庆农村商业银行"),
    ("重庆医科大学附属第一医院", "重庆医科大学附属第二医院"),
    ("重庆市妇幼保健院", "重庆市中医院"),
    ("民建", "民盟"),
    ("民建重庆市委会", "民盟重庆市委会"),
    ("银保监会", "证监会"),
    ("两江新区管委会", "高新区管委会"),
    ("涪陵区政府", "万州区政府"),
    ("渝北区教委", "江北区教委"),
    ("重庆海关", "成都海关"),
    ("市公安局交巡警总队", "市公安局治安总队"),
    ("市交通局", "市商务委"),
]
NAMES = [
    ("副主任{}", "张伟", "李强"),
    ("全国人大代表{}", "王建国", "王建军"),
    ("市长{}", "胡衡华", "唐良智"),
    ("院士{}", "钟南山", "张伯礼"),
    ("{}教授", "张伟", "李强"),
    ("{}教授", "王䶮", "李𬭎"),
    ("{}副主任", "杨晓东", "王晓东"),
    ("项目负责人：{}", "张三丰", "李四光"),
    ("由{}同志负责", "张伟", "李强"),
]
FIGURES = [
    ("{}", "三分之一", "四分之一"),
    ("近{}家", "百", "千"),
    ("{}亿元", "数十", "数百"),
    ("{}个", "两", "三"),
    ("{}倍", "一", "两"),
    ("翻{}番", "一", "两"),
    ("{}级产业", "千亿", "万亿"),
    ("百分之{}", "三十", "四十"),
    ("第{}批", "一", "二"),
    ("{}亿元", "718.4", "918.4"),
    ("开通热线{}条", "3", "5"),
    ("{}余家", "百", "千"),
    ("每年{}次", "一", "两"),
]
DATES = [
    ("{}底", "今年", "明年"),
    ("{}", "上半年", "下半年"),
    ("{}", "第三季度", "第四季度"),
    ("近{}年", "三", "五"),
    ("近{}年", "3", "5"),
    ("“{}”期间", "十四五", "十五五"),
    ("{}", "6月上旬", "6月下旬"),
]
CONTACTS = [
    ("地址：重庆市渝北区青枫北路{}号", "12", "18"),
    ("电子邮箱：{}", "abc@cq.gov.cn", "abd@cq.gov.cn"),
    ("网址{}", "www.cq.gov.cn", "www.cqfgw.gov.cn"),
    ("网址{}", "http://a.cn/x_1.html", "http://a.cn/x_2.html"),
    ("热线{}", "12345", "12329"),
    ("“{}”市民服务热线", "12345", "12329"),
    ("传真：{}", "023-67575000", "023-67575001"),
    ("邮 编：{}", "401121", "401147"),
]
TABLES = {"name": NAMES, "figure": FIGURES, "date": DATES, "contact": CONTACTS}
TOLD = [
    *(("organisation", "{}", *pair) for pair in ORGANISATIONS),
    *((kind, *row) for kind, rows in TABLES.items() for row in rows),
    ("title", "{}要求", "渝府发〔2022〕3号", "渝府办发〔2022〕3号"),
    ("title", "《“{}”规划》", "十四五", "十五五"),
]


def reported(old: Letter, new: Letter) -> list[tuple[Any, ...]]:
    return [(e.op.value, e.category.value, e.detail, e.old, e.new) for e in compare(old, new)]


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize(("kind", "form", "old", "new"), TOLD)
def test_what_was_replaced_is_whole_and_named(
    letter: Make, carrier: str, kind: str, form: str, old: str, new: str
) -> None:
    one, other = (letter(carrier.format(form.format(each))) for each in (old, new))
    assert reported(one, other) == [("replace", kind, None, old, new)]
    assert reported(other, one) == [("replace", kind, None, new, old)]


LISTS = [
    ("支持{}等区县建设。", "万州、奉节、云阳", "万州、云阳", "奉节", "name"),
    ("支持{}等区县建设。", "万州、奉节、云阳", "万州、奉节", "云阳", "name"),
    ("支持{}等区县建设。", "万州、奉节、云阳", "奉节、云阳", "万州", "name"),
    ("支持{}等区县建设。", "万州、奉节、云阳", "万州", "奉节、云阳", "name"),
    ("已会同{}开展督查。", "市教委、市交通局、市商务委", "市教委、市商务委", "市交通局", "organisation"),
    ("已会同{}开展督查。", "市教委和市交通局", "市教委", "市交通局", "organisation"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "long", "short", "word", "kind"), LISTS)
def test_what_left_or_joined_a_list_is_whole_and_named(
    letter: Make, form: str, long: str, short: str, word: str, kind: str
) -> None:
    one, other = letter(form.format(long)), letter(form.format(short))
    assert reported(one, other) == [("delete", kind, None, word, None)]
    assert reported(other, one) == [("insert", kind, None, None, word)]


def test_a_paragraph_that_moved_still_reports_its_figure(letter: Make) -> None:
    first = "甲项工作由市交通局牵头办理，去年投资718.4亿元，进展总体顺利。"
    others = [f"第{each}项工作已由有关部门认真落实到位，群众普遍认可。" for each in "二三四"]
    edits = compare(letter(first, *others), letter(*others, first.replace("718.4", "918.4")))
    assert [(e.op, e.category.value) for e in edits] == [
        (Op.MOVE, "wording"),
        (Op.REPLACE, "figure"),
    ]
    assert (edits[1].old, edits[1].new) == ("718.4", "918.4")
    assert weigh(edits)[0] is Significance.SUBSTANTIVE


@pytest.mark.parametrize(
    ("form", "old", "new", "kind", "detail"),
    [
        ("对返乡创业的大学生，{}落实创业担保贷款及贴息政策。", "按规定", "在财力允许的情况下", "commitment", "conditioned"),
        ("我们将对企业给予{}奖励。", "一次性", "适当", "commitment", "weakened"),
        ("我们{}车位较为紧张。", "这个", "一个", "wording", None),
        ("有关方面反映居{}较为普遍。", "民建房", "民建议", "wording", None),
    ],
)  # fmt: skip
def test_words_are_reported_by_what_they_do(
    letter: Make, form: str, old: str, new: str, kind: str, detail: str | None
) -> None:
    edits = compare(letter(form.format(old)), letter(form.format(new)))
    assert [(e.category.value, e.detail) for e in edits] == [(kind, detail)]
