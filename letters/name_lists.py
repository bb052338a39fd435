"""Lists of persons and of bodies, as letters print them."""

import re

from letters.text import squashed

# What the name of a public body, party or company ends with.
_BODY_ENDS = (
    "委员会|委|局|厅|部|办公室|办|政府|院|中心|公司|集团|会|社|署|处|站|所|队|总支|支部|工委|党委|"
    "街道|镇|乡|银行|大学|学校"
)
_ROLE = re.compile(
    r"(?:等(?:\d+|[一二三四五六七八九十]+)?[位名人]?)?(?:政协|人大)?(?:委员|代表|女士|先生|同志)?们?$"
)
_ASIDE = re.compile(r"[（(][^）)]*(?:等|联名|附议|领衔|\d人)[^）)]*[）)]")
_PERSON = re.compile(r"[一-龥·]{2,4}|[一-龥]{1,8}(?:[·•・][一-龥]{1,8}){1,3}|[A-Za-z][A-Za-z .·]+")
_NOBODY = re.compile(
    "^各|^贵|^全体|大家|有关|相关|如下|情况|做法|措施|内容|意见|工作|附件|抄送|主送|联系"
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
    parts = re.split(r"[、，,；;]", _ASIDE.sub("", text))
    names = (_ROLE.sub("", squashed(part)) for part in parts)
    return tuple(name for name in names if name)


def are_addressees(names: tuple[str, ...]) -> bool:
    """Return whether all of `names` can be those whom a letter addresses; 各位 names nobody."""
    if not names or any(map(_NOBODY.search, names)):
        return False
    return all(_PERSON.fullmatch(name) or _BODY.fullmatch(name) for name in names)


def _parted(text: str) -> list[str]:
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
