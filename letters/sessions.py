"""Sessions (届次) as titles and openings name them, with the place that they begin with."""

import re

from letters.text import HAN, squashed

_COUNT = "[一二三四五六七八九十百〇零0-9]+"
_LEVEL = "[省市区县州旗盟镇乡]"
_TERM = f"第?{_COUNT}届"
_SITTING = f"第?{_COUNT}次(?:全体)?"
_MEETING = "(?:会议|全会|大会)"
_BODY = "(?:政协|人大|人民代表大会|人代会)"
# 政协五届五次会议; 人大六届二次会议; 政协枝江市七届四次会议; 政协第十一届平潭县委员会第二次会议;
# 政协第十四届全国委员会第三次会议; 政协重庆市委员会五届五次会议
_BODY_FIRST = (
    rf"(?:(?:中国)?人民政治协商会议|{_BODY})(?:[{HAN}]{{1,12}}?{_LEVEL}(?:委员会|委)?)?{_TERM}"
    rf"(?:[{HAN}]{{0,12}}?委员会|{_BODY})?{_SITTING}{_MEETING}?"
)
# 第十届人大第四次会议; 五届政协二次会议; 十三届全国人大一次会议; 第十四届市人民代表大会第三次会议
_TERM_FIRST = (
    rf"{_TERM}(?:全国|[{HAN}]{{0,8}}?{_LEVEL})?{_BODY}(?:委员会)?{_SITTING}{_MEETING}?"
    rf"|{_TERM}全国委员会{_SITTING}{_MEETING}?"
)
# 七届四次会议, of a body that is not named: no congress of a party or a union
_UNNAMED = (
    rf"(?<![一二三四五六七八九十百〇零0-9第])(?<!党)(?<!党的)(?<!中央)(?<!委)(?<!会){_TERM}{_SITTING}"
    rf"(?:{_MEETING}|(?=第?\d|的?(?:提案|建议|议案)|$))"
)
_SESSION = re.compile(f"(?:{_BODY_FIRST}|{_TERM_FIRST}|{_UNNAMED})")

# Before a place these end; none of them is in the name of one.
_BOUNDARY = re.compile(
    ".*(?:关于|对于(?![都田洪])|参加|出席|列席|召开|举行|转来|收到|来自|落实|今年|去年|本次|此次|委会|政府|代表|"
    "公司|集团|中心|法院|医院|大学|学院|"
    "[在对您你们我的年局厅委院办处部提据该这把给由经就交出]|(?<=[在对将于由])全|今)(?=.)"
)
# These begin the names of some places: 和平区, 于都县, 将乐县, 向阳区, 从化区.
_JOINT = re.compile(
    "(?:和(?![平田县政顺静硕布林龙])|于(?![都田洪])|将(?!乐)|向(?!阳)|从(?![化江])|与|及)(?=..)"
)
_ALL_OF = re.compile(f"(?:[和于与及全本贵向从]|各)(?={_LEVEL}$)")  # 全市, 贵区
_PLACE = re.compile(f"(?:[{HAN}]{{1,9}}?{_LEVEL})+|{_LEVEL}")
_HAN_AT_END = re.compile(f"[{HAN}]{{0,24}}$")
LONGEST_PLACE = 14  # code points; what is longer is no place


def session_span(text: str) -> tuple[int, int] | None:
    """Return where in `text` the session (届次) that it names is printed, or None."""
    plain = text.replace(" ", "")
    session = _SESSION.search(plain)
    if session is None:
        return None
    places = [index for index, char in enumerate(text) if char != " "]
    start = session.start() - len(_place_before(plain[: session.start()]))
    return places[start], places[session.end() - 1] + 1


def find_session(text: str) -> str | None:
    """Return the session (届次) that `text` names, as printed but without blanks, or None.

    >>> find_session("您在临江市人大六届 二次会议上提出的建议")
    '临江市人大六届二次会议'
    """
    span = session_span(text)
    return squashed(text[slice(*span)]) if span else None


def _place_before(text: str) -> str:
    """Return the place that `text` ends with, from its name to its level; or an empty string."""
    run = _HAN_AT_END.search(text)
    printed = run[0] if run else ""
    if printed.endswith("全国"):
        return "全国"
    if run and re.search(r"\d$", text[: run.start()]):
        printed = re.sub("^[年月日号]", "", printed)
    name = _BOUNDARY.sub("", printed, count=1)
    name = _ALL_OF.sub("", _JOINT.sub("", name, count=1) if _JOINT.match(name) else name)
    if _PLACE.fullmatch(name) and len(name) <= LONGEST_PLACE:
        return name
    return name[-1:] if re.search(f"{_LEVEL}$", name) else ""
