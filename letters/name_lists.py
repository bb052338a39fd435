"""Lists of persons and of bodies, as letters print them."""

import re

from letters.persons import is_person
from letters.text import HAN, squashed

# What the name of a public body, party or company ends with.
_BODY_ENDS = (
    "委员会|委|局|厅|部|办公室|办|政府|院|中心|公司|集团|会|社|署|处|站|所|队|总支|支部|工委|党委|"
    r"街道|镇|乡|银行|[分支]行|代表团|大学|学校|馆|政协|人大|\d团|第[一二三四五六七八九十\d]{1,3}师"
)
_TITLES = "(?:委员|代表|女士|先生|同志)"
_SOME = "(?:[0-9]+|[两二三四五六七八九十]+)"
_COUNTED = f"(?:等(?:{_SOME}?[位名人个]?)|{_SOME}[位名个]|[诸各]位)"
_BODY_OF_ROLE = "(?:(?:全国|[省市区县州旗盟镇乡]级?)?(?:政协|人大))"
_ROLE = re.compile(rf"{_COUNTED}?(?:(?P<body>{_BODY_OF_ROLE})?(?:{_TITLES}们?|们))?{_COUNTED}?$")
_ROLE_FIRST = re.compile(
    rf"(?:全国|[{HAN}]{{0,7}}[省市区县州旗盟镇乡]级?)?(?:政协|人大)(?:委员(?!会)|代表(?!大会|团))(?=[{HAN}])"
    rf"|(?:[省市区县]级?|领衔)?(?:委员|代表)(?!会|大会|团|工作|联络)(?=[{HAN}]{{2}})"
)
_OF_A_LEVEL = re.compile("[省市区县]$")  # 王小明区代表
_ASIDE = re.compile(r"[（(][^）)]*(?:等|联名|附议|领衔|\d人)[^）)]*[）)]")
# 王小明（女）委员, 王小明（办公室主任）：
_ABOUT = re.compile(
    rf"(?<=[{HAN}])[（(](?:[男女]|[^（）()]{{0,8}}(?:主任|书记|[局厅校院镇乡]长|经理|教授|医生|律师|族))[）)]"
)
# 王小明委员暨民盟市委; 诸暨 is a place.
_AND = re.compile("(?:(?<=委员)|(?<=代表)|(?<=[会委局盟进建派社]))暨")
_PERSON = re.compile(
    rf"[{HAN}·]{{2,4}}|[{HAN}]{{1,8}}(?:[·•・][{HAN}]{{1,8}}){{1,3}}|[A-Za-z][A-Za-z .·]+"
)
_NOBODY = re.compile(
    "^各|^贵|^全体|大家|有关|相关|如下|情况|做法|措施|内容|意见|工作(?!委员会|室)|附件|抄送|主送"
    "|联系|^(?:答复|办理|复文)"
)
_BODY = re.compile(rf"[^。！？；：，!?;:,]{{2,}}(?:{_BODY_ENDS}|界|界别|小组|联)")


def is_body(text: str) -> bool:
    """Return whether `text` is the name of a body by how it ends; a sentence is none."""
    return bool(_BODY.fullmatch(text))


def split_bodies(text: str) -> tuple[str, ...]:
    """Return the bodies of a list; 和 parts two only where a body is before it.

    >>> split_bodies("市教委、市规划和自然资源局和市财政局")
    ('市教委', '市规划和自然资源局', '市财政局')
    """
    parts = [each for part in re.split(r"[、，,；;]", text) for each in _parted(part)]
    return tuple(name for part in parts if (name := _without_rest(squashed(part))))


def split_persons(text: str) -> tuple[str, ...]:
    """Return the names of a list, without 委员 or 代表, blanks inside names closed.

    >>> split_persons("任 帅委员、吴海英等代表")
    ('任帅', '吴海英')
    """
    listed = _AND.sub("、", _ABOUT.sub("", _ASIDE.sub("", text)))
    parts = re.split(r"[、，,；;]", listed)
    names = (_without_role(name) for part in parts for name in _persons_apart(part))
    return tuple(name for name in names if name)


def _persons_apart(text: str) -> list[str]:
    """Return the persons that blanks or 和 set apart; a blank may also be within a name."""
    for apart in (" ", "和"):
        names = text.split(apart)
        if len(names) > 1 and all(is_person(_without_role(squashed(name))) for name in names):
            return list(map(squashed, names))
    return [squashed(text)]


def _without_role(name: str) -> str:
    """Return a name without 委员, 等三位代表, 区人大代表, before or behind it."""
    behind = _ROLE.search(name)
    bare = _ROLE_FIRST.sub("", name[: behind.start()] if behind else name, count=1)
    is_bare_role = behind and not behind["body"] and re.search("委员|代表", behind[0])
    if is_bare_role and _OF_A_LEVEL.search(bare) and is_person(bare[:-1]):
        return bare[:-1]
    return bare


def are_addressees(names: tuple[str, ...]) -> bool:
    """Return whether all of `names` can be those whom a letter addresses; 各位 names nobody."""
    if not names or any(map(_NOBODY.search, names)):
        return False
    return all(_PERSON.fullmatch(name) or _BODY.fullmatch(name) for name in names)


def _parted(text: str) -> list[str]:
    if len(names := text.split()) > 1 and all(map(is_body, names)):
        return names
    parts, start = [], 0
    for joint in re.finditer("以及|和|及|与", text):
        before = text[start : joint.start()]
        if is_body(squashed(before)) and is_body(_without_rest(squashed(text[joint.end() :]))):
            parts.append(before)
            start = joint.end()
    return [*parts, text[start:]]


def _without_rest(name: str) -> str:
    return re.sub(
        r"等(?:\d+个|[一二三四五六七八九十]+个)?(?:市级|相关|有关)?(?:部门|单位)?$", "", name
    )
