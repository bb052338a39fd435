"""What the title of a reply letter says: who answers, which session, which number."""

import re
from dataclasses import dataclass

_COUNT = "[一二三四五六七八九十百〇零0-9]+"
_LEVEL = "(?:全国|[省市区县州旗盟])"
# 市政协五届五次会议; 政协枝江市七届四次会议; 政协第十一届平潭县委员会第二次会议;
# 政协第十四届全国委员会第三次会议
_CPPCC = (
    rf"{_LEVEL}?政协(?:[一-龥]{{1,6}}[省市区县州旗盟])?第?{_COUNT}届"
    rf"(?:[一-龥]{{0,9}}委员会)?第?{_COUNT}次(?:全体)?(?:会议)?"
)
# 十三届全国人大一次会议; 省十四届人大二次会议; 县第十九届人民代表大会第四次会议
_NPC = (
    rf"{_LEVEL}?(?:人大)?第?{_COUNT}届(?:全国)?(?:人大|人民代表大会)?"
    rf"第?{_COUNT}次(?:全体)?(?:会议)?"
)
_SESSION = re.compile(f"{_CPPCC}|{_NPC}")
_PLACED = re.compile(
    r"[一-龥]{2,8}?[省市区县州旗盟][第一二三四五六七八九十百\d ]+届[一-龥\d ]+(?:会议|次)"
)
_NUMBER = re.compile(r"第\s*(?P<number>[0-9A-Za-z][0-9A-Za-z、-]*)\s*号")
_LEAD = re.compile(r"^(?P<agency>[^《》“”]*?)(?:关于对|关于|对)(?P<rest>.*)$")
_OWN = re.compile(r"^关于.+的(?:建议|提案|意见建议|意见|议案)$")
_SUMMARY = re.compile(r"(?:提案|建议|议案).*(?:办理情况|办理工作|总结|汇总|一览表)")


@dataclass(frozen=True, slots=True)
class TitleParts:
    """What a title says; None where it does not say it."""

    agency: str | None = None
    session: str | None = None
    number: str | None = None
    subject: str | None = None  # where the title is the proposal's own


def read_title(title: str) -> TitleParts:
    """Return the parts of a letter's title.

    >>> read_title("对市政协十五届二次会议第0487号提案的答复").session
    '市政协十五届二次会议'
    """
    numbered = _NUMBER.search(title)
    if numbered is None:
        subject = title if _OWN.match(title) else None
        return TitleParts(session=find_session(title), subject=subject)
    before = title[: numbered.start()]
    lead = _LEAD.match(before)
    agency = lead["agency"].strip() if lead else ""
    return TitleParts(
        agency=agency or None,
        session=_whole_session(lead["rest"] if lead else before),
        number=numbered["number"],
    )


def _whole_session(text: str) -> str | None:
    """Return the session that stands right before a number, with the place it begins with."""
    found = _SESSION.search(text)
    placed = _PLACED.fullmatch(text.strip().removesuffix("的")) if found else None
    return placed[0].replace(" ", "") if placed else find_session(text)


def find_session(text: str) -> str | None:
    """Return the session (届次) that `text` names, as printed, or None."""
    found = _SESSION.search(text)
    return found[0].replace(" ", "") if found else None


def is_summary(title: str) -> bool:
    """Tell whether a title is of a page for a whole session or year, not for one letter."""
    return bool(_SUMMARY.search(title)) and not _NUMBER.search(title)
