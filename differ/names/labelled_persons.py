"""Finds persons behind a label: who signed a letter, who approved it, whom to ask."""

import re
from collections.abc import Iterator

from differ.lexicon.alternatives import Alternative, one_of
from differ.lexicon.vocabulary import is_word
from letters import persons
from letters.text import HAN, squashed

_ACTS = (
    "签发|审签|审核|审批|审定|复核|核稿|核发|校核|校对|拟稿|起草|承办|经办|批准|签字|签署"
    "|签名|签批|把关"
)
_POSTS = "局长|主任|书记|处长|科长|部长|院长|校长|镇长|乡长|区长|县长|市长"
_DUTIES = "分管|主管|主要|签发|审签|审核|责任|协管|牵头|单位"
# A label that a person's name follows, whatever the name is like.
PERSON_LABELS = (
    Alternative(
        rf"(?:(?:{_ACTS}|负责|责任|联系)人员?|(?:{_DUTIES})(?:领导|负责人|责任人))"
        "(?:及(?:联系)?(?:电话|方式))?",
        "|联系人及电话|：",
    ),
    Alternative(rf"(?:分管|主管|协管)?副?(?:{_POSTS})", "|分管副局长|："),
)
LABELS = (
    Alternative(f"(?P<someone>{one_of(PERSON_LABELS)})", "|审核人员|："),
    Alternative(f"(?:{_ACTS})(?:领导|同志)?", "|签发|："),
    Alternative("(?:联系)?(?:电话|方式)", "|联系电话|："),
)
_LABEL = re.compile(
    f"(?=[签审复核校拟把起承经批负责分主协牵单联电方副局书处科部院镇乡区县市])(?:{one_of(LABELS)})"
    rf"(?:[（(][{HAN}]{{1,4}}[)）])?(?: ?[：:] ?| |\t)"
)
_WORD = re.compile(rf"[{HAN}](?: [{HAN}]){{1,3}}(?![{HAN}])|[{HAN}·]{{2,12}}")
_SEPARATOR = re.compile(r" ?[、，,/ ] ?")
_POST = re.compile("[长任记员席理师志导]$")
_OFFICE = re.compile(r"[局委厅办科室处院所站队会司部中心镇乡道村任长记员席理师志导府]$")
_NAME_SIZES = (4, 3, 2)
_LONGEST_LABEL = 12


def labelled_persons(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where persons are named behind a label between `start` and `end`.

    >>> [*labelled_persons("领导签发：赵小民", 0, 8)]
    [(5, 8)]
    >>> [*labelled_persons("联系人及电话：甲局李大海 65741234", 0, 21)]
    [(9, 12)]
    """
    for label in _LABEL.finditer(text, max(start - _LONGEST_LABEL, 0), end):
        at: int | None = label.end()
        while at is not None and (word := _WORD.match(text, at, end)):
            name = _name_in(word, is_person=bool(label["someone"]))
            if name:
                yield name
            separator = _SEPARATOR.match(text, word.end(), end)
            at = separator.end() if separator and (name or _OFFICE.search(word[0])) else None


def _name_in(word: re.Match[str], *, is_person: bool) -> tuple[int, int] | None:
    """Return where a name ends `word`, alone or behind an office or a post; None: nowhere."""
    name = squashed(word[0])
    is_name = is_person and len(name) in _NAME_SIZES[1:] and not is_word(name)
    if persons.is_person(name) or is_name:
        return word.span()
    for before in (_POST, _OFFICE):  # 副局长孙明 is 孙明, not 长孙明
        for size in _NAME_SIZES:
            if persons.is_person(name[-size:]) and before.search(name[:-size]):
                return word.end() - size, word.end()
    return None
