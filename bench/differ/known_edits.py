"""Edits that are known: a sentence, a line or a table before and after, and what changed in it."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from invented_names import (
    Two,
    company,
    days,
    institution,
    office,
    person,
    phones,
    place,
    spans,
    two,
)
from sentences import Carriers


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit as it was made."""

    category: str  # a|b: either; empty: any
    old: str | None
    new: str | None
    before: str  # the sentence, line or table on the old side; empty for one that came
    after: str


Make = Callable[[random.Random], Edit]
Pick = Callable[[random.Random], Two]
WEAKER = (("确保", "力争"), ("确保", "争取"), ("将", "将研究"), ("将", "将探索"))
WORDS = (("做出", "作出"), ("试验", "实验"), ("零售", "销售"), ("倍受", "备受"), ("制定", "制订"))
OFFICES = ("市财政局", "市水利局", "市农业农村委", "市住房城乡建委", "市教委")
DISTRICTS = ("涪陵区", "永川区", "渝北区", "万州区", "北碚区")


def _set(category: str, pair: Pick, *forms: str) -> Make:
    """Return what sets one of a pair into a form, and puts the other in its place."""

    def make(chance: random.Random) -> Edit:
        old, new = pair(chance)
        form = chance.choice(forms)
        return Edit(category, old, new, form.format(old), form.format(new))

    return make


def _filled(make: Callable[..., Make], fill: Callable[[random.Random], str], *forms: str) -> Make:
    """Return what first fills the @ of the forms."""
    return lambda chance: make(*(form.replace("@", fill(chance)) for form in forms))(chance)


def _two_of(*values: str) -> Pick:
    def pick(chance: random.Random) -> Two:
        one, other = chance.sample(values, 2)
        return one, other

    return pick


def _times(groups: tuple[tuple[str, ...], ...]) -> Pick:
    """Return what picks two that promise more and less firmly."""

    def pick(chance: random.Random) -> Two:
        one, other = chance.sample(groups, 2)
        return chance.choice(one), chance.choice(other)

    return pick


def _one_of(pairs: tuple[Two, ...]) -> Pick:
    return lambda chance: chance.choice(pairs)


def _two(make: Callable[[random.Random], str]) -> Pick:
    return lambda chance: two(chance, make)


def _figures(chance: random.Random) -> Two:
    whole, part = chance.randint(11, 980), chance.randint(1, 9)
    old = chance.choice((f"{whole}.{part}", f"{whole}", f"{whole // 10 + 1},{whole:03d}"))
    at = chance.choice([i for i, char in enumerate(old) if char.isdigit()])
    digit = chance.choice([each for each in "123456789" if each != old[at]])
    return old, old[:at] + digit + old[at + 1 :]


def _money(chance: random.Random) -> str:
    return f"{chance.randint(1000, 9000)}.{chance.randint(0, 99):02d}"


def _magnitudes(chance: random.Random) -> Two:
    number = f"{chance.randint(2, 99)}.{chance.randint(1, 9)}"
    one, other = chance.sample(("万", "亿", "万亿"), 2)
    return number + one, number + other


def _years(chance: random.Random) -> Two:
    year = chance.randint(2024, 2026)
    return f"{year}年", f"{year + chance.randint(1, 4)}年"


def _classes(chance: random.Random) -> Two:
    one, other = chance.sample(chance.choice((("A", "B", "C"), ("A1", "A2", "B1"))), 2)
    return one, other


def _doc_number(chance: random.Random) -> str:
    return f"云岭农函〔{chance.randint(2016, 2024)}〕{chance.randint(2, 190)}号"


def _changed_form(chance: random.Random) -> Two:
    stem = place(chance) + chance.choice(("建材检测中心", "种业研究所", "水泥厂", "文旅集团"))
    return stem, f"{stem}有限公司"


def _range(use: Carriers) -> Make:
    def make(chance: random.Random) -> Edit:
        pair = spans(chance)
        forms = use.shares if pair[0].endswith("%") else use.ranges
        return _set("figure", lambda _: pair, *forms)(chance)

    return make


def _come_or_gone(category: str, parts: Callable[[random.Random], tuple[str, str, str]]) -> Make:
    """Return what puts words between two others, or takes them out."""

    def make(chance: random.Random) -> Edit:
        head, words, tail = parts(chance)
        longer, shorter = head + words + tail, head + tail
        if chance.random() < 0.5:
            return Edit(category, words, None, longer, shorter)
        return Edit(category, None, words, shorter, longer)

    return make


def _promise(chance: random.Random) -> tuple[str, str, str]:
    what = chance.choice(("公共停车场", "社区食堂", "充电设施", "农村公路"))
    return "", f"下一步，我们将加快建设{what}，年底前建成投用。", ""


def _listed(category: str, names: Callable[[random.Random], list[str]], *forms: str) -> Make:
    """Return what takes a name out of a list, or puts it in."""

    def make(chance: random.Random) -> Edit:
        listed = names(chance)
        gone = chance.choice(listed)
        form = chance.choice(forms).replace("#", chance.choice(("四", "4", "多")))
        longer = form.replace("@", "、".join(listed))
        shorter = form.replace("@", "、".join(each for each in listed if each != gone))
        if chance.random() < 0.5:
            return Edit(category, gone, None, longer, shorter)
        return Edit(category, None, gone, shorter, longer)

    return make


def _some_places(chance: random.Random) -> list[str]:
    return chance.sample(sorted({place(chance) for _ in range(40)}), chance.randint(3, 5))


def _some_bodies(chance: random.Random) -> list[str]:
    bodies = [company(chance), company(chance), company(chance), institution(chance)]
    return chance.sample(bodies, len(bodies))


def _cell(category: str, column: int, pair: Pick) -> Make:
    """Return what changes one cell of a table."""

    def make(chance: random.Random) -> Edit:
        old, new = pair(chance)
        name = chance.choice(("单位名称", "企业", "承建单位", "名称"))
        rows = [["序号", name, "数量", "金额（万元）", "日期"]]
        for number in range(1, chance.randint(4, 8)):
            money = f"{chance.randint(2, 900)}.{chance.randint(1, 9)}"
            count = str(chance.randint(2, 400))
            rows.append([str(number), company(chance), count, money, days(chance)[0]])
        at, tables = chance.randrange(1, len(rows)), []
        for value in (old, new):
            rows[at][column] = value
            tables.append("\n".join("\t".join(row) for row in rows))
        return Edit(category, old, new, *tables)

    return make


def _firm_or_house(chance: random.Random) -> Two:
    return two(chance, chance.choice((company, institution)))


def _character(chance: random.Random) -> Edit:
    char = chance.choice("的了也还均更")
    return Edit("wording", None, char, "各方面的反映普遍良好。", f"各方面的反映{char}普遍良好。")


def kinds(use: Carriers) -> dict[str, Make]:
    """Return what makes an edit of each kind, carried by these sentences."""
    makes = {**_plain(), "range": _range(use), "date": _set("date", days, *use.dates)}
    makes["approver"] = _set("name", _two(person), *use.approvers)
    makes["place in a list"] = _listed("name|organisation", _some_places, *use.places)
    makes["company in a list"] = _listed("organisation", _some_bodies, *use.bodies)
    named = {"public body of a place": office, "company": company, "institution": institution}
    for kind, make in named.items():
        makes[kind] = _set("organisation", _two(make), *use.firms)
    makes["contact behind a name"] = _filled(
        lambda *forms: _set("contact", phones, *forms), person, *use.contacts
    )
    makes["result class"] = _filled(
        lambda *forms: _set("", _classes, *forms), _doc_number, *use.classes
    )
    whats = ("该渠道", "这段河堤", "上述校舍")
    makes["clause of a plan"] = _come_or_gone(
        "commitment",
        lambda chance: (chance.choice(whats), chance.choice(use.plans), "请您理解。"),
    )
    forms = ("我局将{}于2027年建成使用。", "对这一问题，我们将{}予以解决。")
    makes["words replaced by more"] = _set("commitment", _one_of(use.longer), *forms)
    forms = ("我局将{}启动二期工程。", "对此，我们将{}组织验收。")
    makes["promise and its time"] = _set("commitment|date", _times(use.times), *forms)
    return makes


def _plain() -> dict[str, Make]:
    return {
        "figure": _set(
            *("figure", _figures, "去年本市累计完成相关投资{}亿元。", "全市共建成充电桩{}个。"),
            *("上半年产值同比增长{}%，好于预期。", "已向区县拨付补助资金{}万元。"),
        ),
        "unit": _set("figure", _magnitudes, "目前相关产业规模达{}元，居西部前列。"),
        "figure in a table": _cell("figure", 3, _two(_money)),
        "date in a table": _cell("date", 4, days),
        "person": _set("name", _two(person), "感谢{}委员长期关注。", "{}同志参加了现场调研。"),
        "district": _set("name", _two_of(*DISTRICTS), "有关试点首先在{}开展，效果较好。"),
        "public body": _set(
            *("organisation", _two_of(*OFFICES), "具体工作由{}牵头推进。"),
            "我委会同{}开展了联合督查。",
        ),
        "company that changed its form": _set(
            "organisation", _changed_form, "由{}检测。", "与{}签订了合同。"
        ),
        "company in a table": _cell("organisation", 1, _firm_or_house),
        "title": _set(
            *("title", _two_of("意见", "方案", "办法", "规划")),
            "依据《关于促进物流业发展的{}》有关要求办理。",
        ),
        "contact": _set("contact", phones, "有关事项可致电，咨询电话：{}。", "联系电话：{}"),
        "promise weakened": _set("commitment", _one_of(WEAKER), "下一步，我们{}扩大覆盖范围。"),
        "promise put off": _set(
            "commitment", _years, "{}底前将全面完成改造任务。", "项目将于{}底前建成投用。"
        ),
        "promise dropped or added": _come_or_gone("commitment", _promise),
        "words": _set("wording", _one_of(WORDS), "有关方面对此项{}工作十分重视。"),
        "one character": _character,
        "mark": _set("punctuation", _two_of("，", "、", "；"), "统筹协调有力{}基础工作扎实。"),
    }
