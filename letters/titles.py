"""What the title of a reply letter says: who answers, which session, which number."""

import re
import unicodedata
from dataclasses import dataclass

_COUNT = "[一二三四五六七八九十百〇零0-9]+"
_LEVEL = "(?:全国|[省市区县州旗盟])"
# 市政协五届五次会议; 政协枝江市七届四次会议; 政协第十一届平潭县委员会第二次会议;
# 政协第十四届全国委员会第三次会议; 政协重庆市委员会五届五次会议
_CPPCC = (
    rf"{_LEVEL}?政协(?:[一-龥]{{1,6}}[省市区县州旗盟](?:委员会|委)?)?第?{_COUNT}届"
    rf"(?:[一-龥]{{0,9}}委员会)?第?{_COUNT}次(?:全体)?(?:会议)?"
)
# 十三届全国人大一次会议; 省十四届人大二次会议; 县第十九届人民代表大会第四次会议
_NPC = (
    rf"{_LEVEL}?(?:人大)?第?{_COUNT}届(?:全国)?(?:人大|人民代表大会)?"
    rf"第?{_COUNT}次(?:全体)?(?:会议)?"
)
# 长寿区政协十五届一次会议, after what can't be part of a place's name
_LOCAL = (
    r"(?:^|(?<=[在对于，,。：:]))(?:(?![在对于您我贵全今本])[一-龥]){2,6}?[市区县州旗盟]"
    rf"政协第?{_COUNT}届(?:委员会)?第?{_COUNT}次(?:全体)?会议"
)
_SESSION = re.compile(f"{_LOCAL}|{_CPPCC}|{_NPC}")
_PLACED = re.compile(
    r"[一-龥]{2,8}?[省市区县州旗盟](?:政协)?[第一二三四五六七八九十百\d ]+届[一-龥\d ]+(?:会议|次)"
)
YEAR = r"(?:[〔［\[（(]\d{4}[〕］\])）] ?)?"  # 第〔2022〕0501号
_ONE = "[0-9０-９A-Za-z][0-9０-９A-Za-z、-]*"
_NUMBER = re.compile(
    rf"第\s*{YEAR}(?P<number>{_ONE}(?:\s*号\s*[、和及]\s*第?\s*{YEAR}{_ONE})*)\s*号"
    r"|(?<![0-9０-９A-Za-z〕\]）)-])(?P<bare>[0-9０-９]{1,10})号(?=(?:（[^）]*）)?(?:提案|建议|议案))"
    r"|(?:提案|建议|议案)(?P<after>[0-9０-９]{1,10})号"
)
_APART = re.compile(rf"\s*+(?:号\s*+)?[、和及]\s*第?\s*{YEAR}")
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
        number=plain_number(numbered[str(numbered.lastgroup)]),
    )


def plain_number(printed: str) -> str:
    """Return a number in half-width digits, several joined by 、: numbers are what letters go by.

    >>> plain_number("０５０１号、第0502")
    '0501、0502'
    """
    return unicodedata.normalize("NFKC", _APART.sub("、", printed))


def _whole_session(text: str) -> str | None:
    """Return the session right before a number, with the place it begins with."""
    has_session = _SESSION.search(text) is not None
    placed = _PLACED.fullmatch(text.strip().removesuffix("的")) if has_session else None
    return placed[0].replace(" ", "") if placed else find_session(text)


def find_session(text: str) -> str | None:
    """Return the session (届次) that `text` names, as printed, or None."""
    session = _SESSION.search(text)
    return session[0].replace(" ", "") if session else None


def is_summary(title: str) -> bool:
    """Return whether a title is of a page for a whole session or year, not for one letter."""
    return bool(_SUMMARY.search(title)) and not _NUMBER.search(title)
