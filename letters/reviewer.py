"""The reviewer (审签人), who approved a letter before it went out."""

import re

from letters.persons import is_person
from letters.text import squashed

_BODY = "委员会|委|局|厅|部|办公厅|办公室|办|院|会|中心|单位|公司"
_RANK = "(?:党组|党委|党工委)?(?:常务副|第一副|副|一级|二级|总)?"
_POSTS = (
    "书记|主任|局长|厅长|部长|区长|县长|市长|镇长|乡长|院长|会长|主席|行长|社长|处长|司长|组长|总经理|"
    "董事长|秘书长|检察长|校长|党组成员|党委委员|党工委委员|常委|巡视员|调研员|工程师|经济师|规划师|"
    "会计师|领导|负责人|负责同志"
)
_POST = f"{_RANK}(?:{_POSTS})"
_START = r"(?:^|(?<=[，,。；;！!？?（(]))"
_CLAUSE = re.compile(
    rf"(?:经|由|{_START}(?:[此本该](?:复函|答复函?|答复意见|件|函))?已?(?=我|本|[一-龥]{{0,20}}?{_POST}))"
    r"(?P<clause>(?:(?!经|由)[一-龥·、， ]){2,60}?)(?:审签|审定|审核|签发|审阅)"
)
_LETTER = re.compile(r"(?:函|答复|件|答复意见)已?$")
_AFTER = re.compile(rf"(?:{_POST}|同志|[、，])+$")
_BEFORE = re.compile(
    rf"(?:(?:(?:(?!{_POST})[一-龥])*{_POST}[、，]?)+|(?:我|本|[一-龥]{{1,20}})(?:{_BODY})(?:党组|党委)?)?"
    r"(?P<name>[一-龥·]{2,12}|[一-龥](?: [一-龥]){1,3})"
)
_LABELLED = re.compile(
    r"(?:审签人|签发人|审核人|审定人|(?:审签|签发|审核|审定)领导) ?[：:] ?"
    r"(?P<name>[一-龥](?: [一-龥]){1,3}|[一-龥·]{2,12}?)"
    r"(?=$|[^一-龥·]|同志|电话|联系|对)"
)


def find_reviewer(text: str) -> tuple[int, int] | None:
    """Return the place in `text` of the name of who approved the letter, or None."""
    for clause in _CLAUSE.finditer(text):
        sure = bool(_LETTER.search(text[: clause.start()]))
        if (place := _name_in(clause["clause"], sure=sure)) is not None:
            start = clause.start("clause")
            return start + place[0], start + place[1]
    labelled = _LABELLED.search(text)
    return labelled.span("name") if labelled and is_person(squashed(labelled["name"])) else None


def _name_in(clause: str, *, sure: bool) -> tuple[int, int] | None:
    """Return the place of the one name among the posts of a clause: 副局长李强, 李强副局长.

    Without post and body a word is a name only where it is `sure` that a letter was approved.
    """
    bare = _AFTER.sub("", clause)
    titled = _BEFORE.fullmatch(bare)
    if titled is None or not is_person(squashed(titled["name"])):
        return None
    return titled.span("name") if sure or titled["name"] != clause else None
