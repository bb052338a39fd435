"""Words and places that letters name, to tell a changed character with its word."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

LONGEST_WORD = 4

# 将 before one of these promises less; so told together: 将 → 将研究.
HEDGES = ("研究", "探索", "适时", "逐步", "考虑", "酌情", "视情", "争取", "力争", "努力", "尽量")

ALONE = frozenset(
    "的了和与及或等将已也并可应须要拟在于由从对为是有无不未都均再又其该此各每约近余大小新老多少上下前后内外"
)

PLACES = frozenset(
    [
        "北京",
        "天津",
        "河北",
        "山西",
        "内蒙古",
        "辽宁",
        "吉林",
        "黑龙江",
        "上海",
        "江苏",
        "浙江",
        "安徽",
        "福建",
        "江西",
        "山东",
        "河南",
        "湖北",
        "湖南",
        "广东",
        "广西",
        "海南",
        "重庆",
        "四川",
        "贵州",
        "云南",
        "西藏",
        "陕西",
        "甘肃",
        "青海",
        "宁夏",
        "新疆",
        "香港",
        "澳门",
        "台湾",
        "石家庄",
        "太原",
        "沈阳",
        "大连",
        "长春",
        "哈尔滨",
        "南京",
        "苏州",
        "无锡",
        "杭州",
        "宁波",
        "温州",
        "合肥",
        "福州",
        "厦门",
        "泉州",
        "南昌",
        "济南",
        "青岛",
        "烟台",
        "郑州",
        "洛阳",
        "武汉",
        "宜昌",
        "长沙",
        "广州",
        "深圳",
        "珠海",
        "佛山",
        "东莞",
        "湛江",
        "南宁",
        "桂林",
        "海口",
        "三亚",
        "成都",
        "绵阳",
        "泸州",
        "宜宾",
        "广元",
        "达州",
        "广安",
        "遂宁",
        "贵阳",
        "遵义",
        "昆明",
        "拉萨",
        "西安",
        "咸阳",
        "兰州",
        "西宁",
        "银川",
        "乌鲁木齐",
        "呼和浩特",
        "万州",
        "黔江",
        "涪陵",
        "渝中",
        "大渡口",
        "江北",
        "沙坪坝",
        "九龙坡",
        "南岸",
        "北碚",
        "渝北",
        "巴南",
        "长寿",
        "江津",
        "合川",
        "永川",
        "南川",
        "綦江",
        "大足",
        "璧山",
        "铜梁",
        "潼南",
        "荣昌",
        "开州",
        "梁平",
        "武隆",
        "城口",
        "丰都",
        "垫江",
        "忠县",
        "云阳",
        "奉节",
        "巫山",
        "巫溪",
        "石柱",
        "秀山",
        "酉阳",
        "彭水",
    ]
)


@cache
def _words() -> frozenset[str]:
    text = resources.files("differ").joinpath("words.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(" ".join(lines).split()) | PLACES


@cache
def _around_names() -> dict[str, list[str]]:
    """Return the words of names.txt by what they do."""
    text = resources.files("differ").joinpath("names.txt").read_text("utf-8")
    parts = re.split(r"^# (\w+): .*$", text, flags=re.MULTILINE)[1:]
    return {key: words.split() for key, words in zip(parts[::2], parts[1::2], strict=True)}


def any_of(key: str) -> str:
    """Return a form of the words that names.txt has under `key`, the longest first."""
    return "|".join(sorted(_around_names()[key], key=lambda word: (-len(word), word)))


@cache
def _common() -> frozenset[str]:
    around = _around_names()
    keys = ("before", "auxiliary", "leading", "common", "ends")
    return frozenset((_words() - PLACES).union(*(around[key] for key in keys)))


def is_common(text: str) -> bool:
    """Return whether `text` is made of common words alone, so that it names no one thing.

    >>> is_common("社区养老服务"), is_common("东海社区养老服务")
    (True, False)
    """
    reached = {0}
    for end in range(1, len(text) + 1):
        if any(start in reached and text[start:end] in _common() for start in range(end)):
            reached.add(end)
    return len(text) in reached


def is_word(text: str) -> bool:
    """Tell whether `text` reads as one word by itself."""
    return text in _words() or text in ALONE


_LEVELS = frozenset("省市区县州")


def is_place(text: str) -> bool:
    """Tell whether `text` is the name of a place: 涪陵, 重庆市."""
    return text in PLACES or (text[-1:] in _LEVELS and text[:-1] in PLACES)


def covering(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where known words stand that hold a part of `start` to `end` and more."""
    words = _words()
    for first in range(max(start - LONGEST_WORD + 1, 0), max(end, start)):
        for last in range(max(first + 2, start), min(first + LONGEST_WORD, len(text)) + 1):
            touches = first < end and last > start if end > start else first < start < last
            if touches and (first < start or last > end) and text[first:last] in words:
                yield first, last
