"""Names, dates and figures that nobody has: made of syllables, none from the differ's own words."""

import random
from collections.abc import Callable

_PLACE_FIRST = "云柏桐枫竹荷莲鹿鹤雁狮龟榆杏藕芦菱鹭犀獐鲤鲫蟠螺琴砚"
_PLACE_LAST = (
    "溪口",
    "垭",
    "坳上",
    "坎",
    "垄",
    "冲",
    "坑",
    "墩",
    "岔",
    "嘴",
    "岩",
    "崖下",
    "浦",
    "汊",
    "湾",
    "坪",
    "塘",
    "桥",
)
_BRAND = "昊晟骏翔睿祺璟泽煜霖铭轩朗腾凯瑾卓盈沛隆昌茂顺祥瑞丰裕庆佳嘉益宁泰恒诚义德和合协达畅捷"
_TRADES = (
    *(
        "生态农业",
        "建筑劳务",
        "机电安装",
        "文化传播",
        "消防技术",
        "商贸",
        "医疗器械",
        "园林景观",
        "信息技术",
        "食品",
    ),
    *(
        "竹木制品",
        "茶业",
        "汽车服务",
        "矿业",
        "混凝土",
        "市政工程",
        "环境检测",
        "人力资源",
        "物业服务",
        "再生资源",
    ),
)
_FORMS = ("有限公司", "有限责任公司", "股份有限公司", "集团有限公司", "集团", "公司")
_HOUSES = (
    *(
        "农机专业合作社",
        "律师事务所",
        "会计师事务所",
        "中心幼儿园",
        "实验小学",
        "初级中学",
        "中心卫生院",
        "设计研究院",
    ),
    *(
        "水泥厂",
        "砖瓦厂",
        "大药房",
        "食品店",
        "检测中心",
        "农业科学研究所",
        "养老服务中心",
        "农村商业银行",
        "慈善协会",
    ),
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹喻"
_GIVEN = "思远航宇静怡春雷建晓玲文博雅琴海涛雪松志刚明月秋实子墨冬梅"
_SPELT = "一二三四五六七八九"

Two = tuple[str, str]


def two(chance: random.Random, make: Callable[[random.Random], str]) -> Two:
    """Return two different ones of what `make` makes."""
    old = new = make(chance)
    while new == old:
        new = make(chance)
    return old, new


def place(chance: random.Random) -> str:
    """Return the name of a small place."""
    return chance.choice(_PLACE_FIRST) + chance.choice(_PLACE_LAST)


def person(chance: random.Random) -> str:
    """Return the name of a person."""
    given = "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2, 2))))
    return chance.choice(_SURNAMES) + given


def company(chance: random.Random) -> str:
    """Return the name of a company, now and then one that begins with a figure or a letter."""
    brand = "".join(chance.sample(_BRAND, 2))
    seat = chance.choice((place(chance), place(chance) + chance.choice("县市镇"), "", ""))
    odd = chance.choice(
        ("", "", "", "", "", f"{chance.randint(3, 99)}", chance.choice(("TK", "M", "Hao")))
    )
    trade, form = chance.choice(_TRADES), chance.choice(_FORMS)
    if seat and chance.random() < 0.15:
        return f"{odd}{brand}（{seat}）{trade}{form}"
    return f"{odd}{'' if odd else seat}{brand}{trade}{form}"


def institution(chance: random.Random) -> str:
    """Return the name of a school, a clinic, a works, a shop."""
    seat = place(chance) + chance.choice(("县", "镇", "乡", "村", "", ""))
    return seat + chance.choice(_HOUSES)


def day(chance: random.Random) -> tuple[int, int, int]:
    """Return a year, a month and a day."""
    return chance.randint(2012, 2024), chance.randint(1, 12), chance.randint(1, 28)


DAYS = (
    *("{0}/{1}/{2}", "{0}-{1}-{2}", "{0}.{1}.{2}", "{0}年{1}月{2}日", "{0}-{1:02d}-{2:02d}", "{0}/{1:02d}/{2:02d}"),
    *("{0}.{1:02d}.{2:02d}", "{1}月{2}日", "{0} 年 {1} 月 {2} 日"),
)  # fmt: skip


def days(chance: random.Random) -> Two:
    """Return two days, written in the same way."""
    form = chance.choice(DAYS)
    return two(chance, lambda each: form.format(*day(each)))


def spans(chance: random.Random) -> Two:
    """Return two ranges of figures that share an end, or none."""
    to = chance.choice(("-", "—", "~", "至", "到", "－", "～"))
    low, high = sorted(chance.sample(range(2, 90), 2))
    ends = chance.choice(((low, high + 3), (low + 1, high), (low + 2, high + 5)))
    if chance.random() < 0.2:
        one, other, third = sorted(chance.sample(range(9), 3))
        to = chance.choice("至到")
        return f"{_SPELT[one]}{to}{_SPELT[other]}", f"{_SPELT[one]}{to}{_SPELT[third]}"
    if chance.random() < 0.2:
        return f"{low}%{to}{high}%", f"{ends[0]}%{to}{ends[1]}%"
    return f"{low}{to}{high}", f"{ends[0]}{to}{ends[1]}"


def phones(chance: random.Random) -> Two:
    """Return two telephone numbers, written in the same way."""
    form = chance.choice(("{1}", "0{0}-{1}", "0{0}- {1}", "（0{0}）{1}", "13{2}", "0{0} {1}"))

    def number(each: random.Random) -> str:
        return form.format(
            each.randint(311, 999),
            each.randint(2 * 10**7, 9 * 10**7),
            each.randint(10**8, 10**9 - 1),
        )

    return two(chance, number)


def office(chance: random.Random) -> str:
    """Return the name of a public body of a county or a town."""
    works = ("水务局", "教体局", "民政局", "人民政府", "市场监管局", "交通运输局", "卫健委")
    return place(chance) + chance.choice("县区市") + chance.choice(works)
