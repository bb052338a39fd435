"""The reviewer (审签人), who approved a letter before it went out: of several the last."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from letters.late_pattern import late_pattern
from letters.persons import is_person
from letters.text import HAN, squashed


def _spread(*words: str) -> str:
    return "|".join(" ?".join(word) for word in words)


_BODY = "委员会|委|局|厅|部|办公厅|办公室|办|院|会|中心|单位|公司"
_RANK = "(?:党组|党委|党工委)?(?:常务副|第一副|副|一级|二级|总)?"
_POSTS = (
    "书记|主任|局长|厅长|部长|区长|县长|市长|镇长|乡长|院长|会长|主席|行长|社长|处长|司长|组长|总经理|"
    "董事长|秘书长|检察长|校长|党组成员|党委委员|党工委委员|常委|巡视员|调研员|工程师|经济师|规划师|"
    "会计师|领导|负责人|负责同志"
)
_POST = f"{_RANK}(?:{_POSTS})"
_START = r"(?:^|(?<=[，,。；;！!？?（(]))"
# How much each word says that the letter went out by it: to sign for issue, to decide, to check.
_WORDS = {
    **dict.fromkeys(("审签", "签发", "签批", "核发", "核签"), 3),
    **dict.fromkeys(("审定", "审批", "批准"), 2),
    **dict.fromkeys(("审核", "审阅"), 1),
}
_ANY_WORD = re.compile("[审签核批署]")
_ANY_SIGNATURE = re.compile("署 ?名|签 ?[字名]")
_VERB = "|".join(word for word in _WORDS if not word.endswith("批") and word != "批准")
_CLAUSE = late_pattern(
    rf"(?:经|由|{_START}(?:[此本该](?:复函|答复函?|答复意见|件|函))?已?(?=我|本|[{HAN}]{{0,20}}?{_POST}))"
    rf"(?P<clause>(?:(?!经|由)[{HAN}·、， ]){{2,60}}?)(?P<verb>{_VERB})"
)
_VERBS = re.compile(_VERB)
_LONGEST = 72  # code points of a clause up to the end of its verb, at the most
# 并报赵长江副县长审签, ，赵长江签发: whose letter it is was said before.
_FURTHER = late_pattern(
    rf"(?:[，,；;、] ?|并)(?:并|再|后|最后)?(?:报|呈|送|请|经|由)*"
    rf"(?P<clause>[{HAN}·]{{2,20}}?)(?P<verb>{_VERB})"
)
_LETTER = re.compile(r"(?:函|答复|件|答复意见|办理意见|答复稿)已?$")
_AFTER = re.compile(rf"(?:{_POST}|同志|[、，])+$")
_BEFORE = late_pattern(
    rf"(?:(?:(?:(?!{_POST})[{HAN}])*{_POST}[、，]?)+|(?:我|本|[{HAN}]{{1,20}})(?:{_BODY})(?:党组|党委)?)?"
    rf"(?P<name>[{HAN}·]{{2,12}}|[{HAN}](?: [{HAN}]){{1,3}})"
)
_WHO = (
    "(?:(?:分管|主管|主要|带班|单位|部门|[委局厅部办院])?领导|(?:单位|部门|主要)?负责人"
    f"|{_RANK}[局厅主部]?[长任])"
)
_LABELLED = late_pattern(
    rf"{_WHO}?[（(]?(?P<verb>{_spread(*_WORDS)})(?: ?人|领导|者)?"
    r"(?:[（(]签[字名][）)]|[）)])? ?[：:] ?"
    rf"(?P<name>[{HAN}](?: [{HAN}]){{1,3}}(?![{HAN}])|[{HAN}·]{{2,12}}?)"
    rf"(?=$|[^{HAN}·、]|、?{_WHO}?(?:{_VERB})|同志|电话|联系|对|拟稿|核稿|校对|承办|经办|{_POST})"
)
_LABEL_ENDS = re.compile("[签发批核定准阅人导者）)] ?[：:]")
# 领导署名：李强, 负责人签字：李强; who it is must be said, for members sign, too.
_SIGNED = late_pattern(
    rf"{_WHO}(?:{_spread('署名', '签字', '签名')}) ?[：:] ?"
    rf"(?P<name>[{HAN}](?: [{HAN}]){{1,3}}(?![{HAN}])|[{HAN}·]{{2,12}}?)"
    rf"(?=$|[^{HAN}·、]|同志|电话|联系)"
)


@dataclass(frozen=True, slots=True)
class Approval:
    """One who approved a letter, and how far that is what sent it out."""

    start: int  # code points from the start of the text
    end: int
    rank: tuple[bool, int]  # whether it is said of the letter, and what the word for it says


def find_reviewer(text: str) -> tuple[int, int] | None:
    """Return the place in `text` of the name of who approved the letter, or None."""
    chosen = choose_approval((text, each) for each in find_approvals(text))
    return (chosen[1].start, chosen[1].end) if chosen else None


def choose_approval(approvals: Iterable[tuple[str, Approval]]) -> tuple[str, Approval] | None:
    """Return the approval that sent a letter out, with its text; None where two did, or none."""
    known = list(approvals)
    highest = max((each.rank for _, each in known), default=None)
    last = [(text, each) for text, each in known if each.rank == highest]
    names = {squashed(text[each.start : each.end]) for text, each in last}
    return last[0] if len(names) == 1 else None


def find_approvals(text: str) -> Iterator[Approval]:
    """Yield each name that `text` gives of who approved the letter."""
    if not _ANY_WORD.search(text):
        return
    of_letter = False
    for clause in _clauses(text):
        of_letter = of_letter or bool(_LETTER.search(text[: clause.start()]))
        yield from _in_clause(clause, sure=of_letter)
        if of_letter and (further := _FURTHER().match(text, clause.end())):
            yield from _in_clause(further, sure=True)
    for label in _LABELLED().finditer(text) if _LABEL_ENDS.search(text) else ():
        if is_person(squashed(label["name"])):
            rank = _WORDS[squashed(label["verb"])]
            yield Approval(*label.span("name"), (True, rank))
    for signed in _SIGNED().finditer(text) if _ANY_SIGNATURE.search(text) else ():
        if is_person(squashed(signed["name"])):
            yield Approval(*signed.span("name"), (True, max(_WORDS.values())))


def _clauses(text: str) -> Iterator[re.Match[str]]:
    """Yield the clauses that say who approved; they are sought only near their verbs."""
    reached = 0
    for verb in _VERBS.finditer(text):
        if verb.start() < reached:
            continue
        clause = _CLAUSE().search(text, max(reached, verb.end() - _LONGEST))
        if clause is None:
            return
        yield clause
        reached = clause.end()


def _in_clause(clause: re.Match[str], *, sure: bool) -> Iterator[Approval]:
    if (place := _name_in(clause["clause"], sure=sure)) is not None:
        start = clause.start("clause")
        yield Approval(start + place[0], start + place[1], (sure, _WORDS[clause["verb"]]))


def _name_in(clause: str, *, sure: bool) -> tuple[int, int] | None:
    """Return the place of the one name among the posts of a clause: 副局长李强, 李强副局长.

    Without post and body a word is a name only where it is `sure` that a letter was approved.
    """
    bare = _AFTER.sub("", clause)
    titled = _BEFORE().fullmatch(bare)
    if titled is None or not is_person(squashed(titled["name"])):
        return None
    return titled.span("name") if sure or titled["name"] != clause else None
