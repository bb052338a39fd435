"""What the title of a reply letter says: who answers, which session, which number."""

import itertools
import re
import unicodedata
from dataclasses import dataclass

from letters.name_lists import is_body
from letters.papers import paper_span, paper_spans
from letters.sessions import find_session
from letters.text import squashed

YEAR = r"(?:[〔［\[（(]\d{4}[〕］\])）] ?)?"  # 第〔2022〕0501号
# 平0035: of a paper that came between two sessions (闭会), or is a key one (重点).
KIND = "(?:[平闭重] ?)?"
FIELD = "(?:[经农教科文卫法社工城建财民侨综政](?=[0-9０-９]))?"  # only behind 第: 第经012号
_ONE = f"{KIND}[0-9０-９A-Za-z][0-9０-９A-Za-z、-]*"
_NUMBER = re.compile(
    rf"第\s*{YEAR}(?P<number>{FIELD}{_ONE}(?:\s*号\s*[、和及]\s*第?\s*{YEAR}{_ONE})*)\s*号"
    rf"|(?<![0-9０-９A-Za-z〕\]）)-])(?<!\d )(?P<bare>{KIND}[0-9０-９]{{1,10}})号"
    r"(?=(?:（[^）]*）)?(?:提案|建议|议案))"
    r"|(?:提案|建议|议案)(?P<after>[0-9０-９]{1,10})号"
)
_APART = re.compile(rf"\s*+(?:号\s*+)?[、和及]\s*第?\s*{YEAR}")
_LEAD = re.compile("关于|对|答复|回复|办理|(?=[《“])")
_NO_AGENCY = re.compile("[届次第号年]|代表|委员(?!会)|[《》“”]")
_REPLY = re.compile("(?:答复|复函|回复|意见|函|办理情况|报告)[^，。]{0,12}$")
_OWN = re.compile(r"^关于.+的(?:建议|提案|意见建议|意见|议案)$")
# 关于加快停车场建设的建议的答复, …的建议（第0501号）的复函: the paper's title without its marks.
_PLAIN = re.compile(
    r"(?P<subject>关于(?:(?!关于)[^《》“”（）()，,。；：:、\s]){4,80}?的(?:意见建议|建议|提案|议案))"
    r"(?:[（(][^（）()]*[）)])?(?:的?(?:答复|回复|复函|函复|复文|办理)|[）)]|$)"
)
# What no paper is called by itself: it says whose it is, or which.
_OF_OTHERS = re.compile(
    r"[届次]会议|第[^，。]*号|代表|委员(?!会)|人大|政协|提出|^关于对|^关于(?:\d{4}年)?的"
)
_GRADED = re.compile(
    r"(?:答复|复函|函|回复|复文) ?[（(\[【〔](?P<grade>[A-DＡ-Ｄ]\d?)类?[）)\]】〕]$"
)
_SUMMARY = re.compile(r"(?:提案|建议|议案).*(?:办理情况|办理工作|总结|汇总|一览表)")


@dataclass(frozen=True, slots=True)
class TitleParts:
    """What a title says; None where it does not say it."""

    agency: str | None = None
    session: str | None = None
    number: str | None = None
    subject: str | None = None  # where the title is the proposal's own
    result_class: str | None = None  # 复函（A类）


def read_title(title: str) -> TitleParts:
    """Return the parts of a letter's title.

    >>> read_title("对市政协十五届二次会议第0487号提案的答复").session
    '市政协十五届二次会议'
    """
    numbered = _NUMBER.search(title)
    if numbered is None:
        subject = title if _OWN.match(title) else _paper_in(title)
        agency = _agency(title) if _REPLY.search(title) else None
        return TitleParts(agency, find_session(title), subject=subject)
    before = title[: numbered.start()]
    return TitleParts(
        agency=_agency(before) or _named_first(before),
        session=find_session(before),
        number=plain_number(numbered[str(numbered.lastgroup)]),
        subject=_papers_in(title) if "、" in numbered[0] else _paper_in(title),
        result_class=graded["grade"] if (graded := _GRADED.search(title)) else None,
    )


def _paper_in(title: str) -> str | None:
    """Return the title of the paper within a reply's: in its marks, or where it can be no other.

    >>> _paper_in("关于加快停车场建设的建议（第0501号）的答复")
    '关于加快停车场建设的建议'
    """
    if paper := paper_span(title):
        return title[slice(*paper)]
    plain = _PLAIN.search(title)
    return plain["subject"] if plain and not _OF_OTHERS.search(plain["subject"]) else None


def _papers_in(title: str) -> str | None:
    """Return the titles of all papers that a reply's names, joined by 、."""
    papers = paper_spans(title)
    return "、".join(title[slice(*span)] for span in papers) or _paper_in(title)


def _agency(text: str) -> str | None:
    """Return the body that a title begins with: 某市水利局关于…, 某市水利局《…》的答复."""
    leads = (text[: lead.start()].strip() for lead in _LEAD.finditer(text))
    whole = itertools.takewhile(lambda name: name and not _NO_AGENCY.search(name), leads)
    return next((_first(name) for name in whole if is_body(squashed(name))), None)


def _first(names: str) -> str:
    """Return the first of several bodies; blanks may also spread out the name of one."""
    several = re.split("[ 、]", names)
    return several[0] if len(several) > 1 and all(map(is_body, several)) else squashed(names)


def _named_first(text: str) -> str | None:
    """Return what a title with a number begins with, also where it is known as no body."""
    lead = re.search("关于|对", text)
    name = text[: lead.start()].strip() if lead else ""
    return None if not name or _NO_AGENCY.search(name) else name


def plain_number(printed: str) -> str:
    """Return a number in half-width digits, several joined by 、: numbers are what letters go by.

    >>> plain_number("０５０１号、第0502")
    '0501、0502'
    """
    return unicodedata.normalize("NFKC", _APART.sub("、", printed))


def is_summary(title: str) -> bool:
    """Return whether a title is of a page for a whole session or year, not for one letter."""
    return bool(_SUMMARY.search(title)) and not _NUMBER.search(title)
