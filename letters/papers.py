"""The title of the paper that a letter answers, as a title or an opening quotes it."""

import re
from collections.abc import Iterator

from letters.text import squashed

_PAIRS = {"《": "》", "“": "”", "「": "」", "『": "』", '"': '"', "〝": "〞"}
_OPENING = re.compile(f"[{''.join(_PAIRS)}]")
_EITHER = {one: re.compile(f"[{one}{other}]") for one, other in _PAIRS.items()}
_NOUN = "(?:意见建议|建议案|提案案|建议|提案|议案)"
_GENERIC = re.compile(rf"(?:本|该|此|上述|关于)?(?:{_NOUN}|意见)")
# A short name given for what follows: （以下简称《建议》）, （下称“提案”）.
_SHORT_NAME = re.compile(r"[（(][^（）()]*?(?:简称|下称|统称)[^（）()]*[）)]")
_CITED = re.compile(
    "(?:根据|按照|依据|依照|遵照|落实|贯彻|执行|实施|修订|修改|完善|印发|下发|出台|制定|结合|对照|参照)了?$"
)
_PROPOSED = re.compile(rf"(?:提(?:出|交|起)?的?|号|{_NOUN})[：:]? ?$")
_ENDS_AS_OTHER = re.compile("(?:函|通知|公告|条例|办法|规定|细则)$")
_ENDS_AS_PAPER = re.compile(rf"{_NOUN}$")
_BEHIND = re.compile(
    rf" ?(?:[（(][^（）()]*[）)])? ?"
    rf"(?:的?{_NOUN}(?!办理|工作|答复|条例)|(?:的?{_NOUN})?已?(?:收悉|收到))"
)
# What joins a paper to one that is answered with it: 》（第12号）、第34号《
_JOINT = re.compile(
    rf"[》”」』\"〞]? ?(?:[（(][^（）()]{{1,30}}[）)])? ?(?:的?{_NOUN})?"
    r"(?:[、，,；;]|以?及|[和与])+ ?"
    rf"(?:(?:您|你们?|委员)?提出?的)?(?:第? ?[\dA-Za-z-]{{1,12}} ?号)?的?(?:{_NOUN})?[：:]? ?"
)
_WORDS = r"(?:《[^》]*》|“[^”]*”|[（(][^（）()]*[）)]|[^《》“”（）()。！？；])"
# 提出的关于修渠的建议收悉, up to what can't belong to it any more.
_PLAIN = re.compile(
    rf"(?:提(?:出|交|起)?的?|提(?:出|交)的第 ?[\d-]+ ?号{_NOUN}?)[：: ]?"
    rf"(?P<subject>关于(?![《“「『\"]关于|[《「『]){_WORDS}+?的(?:意见)?{_NOUN})"
    r"(?=[，,。；;（( \0]|已|收悉|收到|我|现|由|转|交|$)"
)


def paper_span(text: str) -> tuple[int, int] | None:
    """Return where in `text` the title of the paper is, without its marks, or None.

    Of several it is the first; titles within it are left whole. What a short name
    (以下简称《建议》) or a document that was only followed (根据《…办法》) is called is none.
    """
    plain = _without_short_names(text)
    named = _PLAIN.search(plain)
    for start, end in _quotes(plain):
        if named and named.start("subject") < start:
            break
        if _is_paper(plain, start, end):
            return start + 1, end
    return named.span("subject") if named else None


def paper_spans(text: str) -> list[tuple[int, int]]:
    """Return where the titles of all papers are that `text` says are answered at once.

    >>> text = "《关于修渠的提案》（第12号）、《关于修路的提案》（第34号）收悉"
    >>> [text[slice(*span)] for span in paper_spans(text)]
    ['关于修渠的提案', '关于修路的提案']
    """
    first = paper_span(text)
    if first is None:
        return []
    spans, plain = [first], _without_short_names(text)
    for start, end in _quotes(plain):
        is_next = start >= spans[-1][1] and _JOINT.fullmatch(text, spans[-1][1], start)
        if is_next and _is_paper(plain, start, end):
            spans.append((start + 1, end))
    return spans


def _without_short_names(text: str) -> str:
    return _SHORT_NAME.sub(lambda short: "\0" * len(short[0]), text)


def _quotes(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each quotation opens and closes; one within another is left out."""
    place = 0
    while opening := _OPENING.search(text, place):
        place = opening.start()
        if (end := _closing(text, place)) > place + 1:
            yield place, end
            place = end
        place += 1


def _closing(text: str, start: int) -> int:
    """Return where the mark at `start` is closed; where none closes it the first, or -1."""
    opening, closing = text[start], _PAIRS[text[start]]
    if opening == closing:
        return text.find(closing, start + 1)
    depth = 0
    for mark in _EITHER[opening].finditer(text, start):
        depth += 1 if mark[0] == opening else -1
        if depth == 0:
            return mark.start()
    return text.find(closing, start)


def _is_paper(text: str, start: int, end: int) -> bool:
    name = squashed(text[start + 1 : end])
    before, behind = text[max(start - 12, 0) : start], text[end + 1 :]
    if _GENERIC.fullmatch(name) or _CITED.search(before) or _ENDS_AS_OTHER.search(name):
        return False
    if name.startswith("关于") or _ENDS_AS_PAPER.search(name) or _BEHIND.match(behind):
        return True
    return text[start] in "《「『" and bool(_PROPOSED.search(before))
