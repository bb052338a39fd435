"""Finds the names in a list of places or bodies, each whole: 东湾、西湾、北湾3个村.

A name that is in no word list is one by what the list is said to be of (3个村, 等单位), or by how
all that are in it end (柳树湾、石桥湾).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from differ.lexicon.alternatives import Alternative, one_of
from differ.lexicon.vocabulary import any_of, is_common
from differ.names.name_start import name_start
from differ.tokens.number_patterns import NUMERAL
from differ.tokens.token import TokenKind, TokenSpan
from letters.text import HAN

LIST_COUNTS = (
    Alternative(rf"(?:\d+|[{NUMERAL}两几多]+)[余多]?[个家所座条处名]?", "东湾、西湾|3个|村"),
    Alternative(rf"(?:共|这)(?:\d+|[{NUMERAL}两几]+)[个家所座条处]?", "东湾、西湾|共3个|村"),
)
LIST_NOUNS = (  # what a list is of
    Alternative(f"(?P<villages>{any_of('villages')})", "3个|村|"),
    Alternative(f"(?P<sites>{any_of('sites')})", "2个|小区|"),
    Alternative(f"(?P<bodies>{any_of('bodies')})", "等|部门|"),
    Alternative(f"(?P<firms>{any_of('firms')})", "等|企业|"),
)
LIST_ENDS = (
    Alternative(
        rf"(?:等?(?:{one_of(LIST_COUNTS)})|等)[省市区县乡级直重点试国]{{0,3}}"
        rf"(?:{one_of(LIST_NOUNS)})(?![级里民委内外际域])",
        "东湾、西湾|等3个村|已通水",
    ),
    Alternative("(?P<along>一[线带]|沿线|两岸)", "东湾、西湾|一线|"),
)
_LIST_END = re.compile(one_of(LIST_ENDS))
_ENDINGS = {TokenKind.PLACE: any_of("places"), TokenKind.BODY: any_of("offices")}
_ENTRY = {
    kind: re.compile(f"[{HAN}]{{1,8}}?(?:{ending})+(?!员)") for kind, ending in _ENDINGS.items()
}
_ENTRY_END = {kind: re.compile(f"(?:{ending})$") for kind, ending in _ENDINGS.items()}
_NAME = re.compile(rf"[{HAN}A-Za-z0-9·]{{2,12}}|[甲乙丙丁戊己庚辛]")
_NO_NAME = re.compile("[有相]关|部门|单位|企业|群众|居民|其[他它]|各[类级界]")
_CONJUNCTION = re.compile("[和及与]|以及")
_SEPARATOR = "、"
_LONGER = 2  # code points by which the first and the last name may exceed all others
_LONGEST = 8

ListPart = tuple[int, str]  # where it begins, and its text


@dataclass(frozen=True, slots=True)
class _ListKind:
    """What a list is of."""

    token_kind: TokenKind
    last_names: list[ListPart]  # the names in its last part, which may go on in other words
    is_proper: bool  # whether its names are more than common words


def list_entries(text: str, start: int, end: int) -> Iterator[TokenSpan]:
    """Yield the names in lists between `start` and `end`, within one clause.

    >>> text = "东湾、西湾、北湾3个村"
    >>> [text[low:high] for low, high, _ in list_entries(text, 0, len(text))]
    ['东湾', '西湾', '北湾']
    """
    if text.find(_SEPARATOR, start, end) < 0:
        return
    parts: list[ListPart] = []
    at = start
    for part in text[start:end].split(_SEPARATOR):
        parts.append((at, part))
        at += len(part) + len(_SEPARATOR)
        if len(parts) > 1 and not _NAME.fullmatch(part):
            yield from _names_of(parts)
            parts = parts[-1:]
    if len(parts) > 1:
        yield from _names_of(parts)


def _names_of(parts: list[ListPart]) -> Iterator[TokenSpan]:
    """Yield the names of a list; its first part may begin with other words."""
    first, *inner, last = parts
    kind = _kind_by_count(inner, last) or _kind_by_endings(first, inner, last)
    if kind is None:
        return
    names = [*inner, *kind.last_names]
    names = [*_first_name(first, [len(name) for _, name in names]), *names]
    if all(_is_name(name) and not (kind.is_proper and is_common(name)) for _, name in names):
        for start, name in names:
            yield start, start + len(name), kind.token_kind


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and not _NO_NAME.search(text)


def _kind_by_count(inner: list[ListPart], last: ListPart) -> _ListKind | None:
    """Return what a list is of where a count or 等 behind it says so."""
    start, text = last
    end = _LIST_END.search(text, 1)
    longest = max((len(name) for _, name in inner), default=_LONGEST)
    if end is None or end.start() > longest + _LONGER + 1:
        return None
    is_of_places = bool(end["villages"] or end["sites"] or end["along"])
    names = [(start, text[: end.start()])]
    if is_of_places:
        names = _split_at_conjunction(*names[0])
    kind = TokenKind.PLACE if is_of_places else TokenKind.BODY
    return _ListKind(kind, names, is_proper=bool(end["sites"] or end["firms"] or end["along"]))


def _split_at_conjunction(start: int, text: str) -> list[ListPart]:
    """Return both names of 西湾和北湾, or the one name that it is."""
    joint = _CONJUNCTION.search(text)
    if joint is None:
        return [(start, text)]
    return [(start, text[: joint.start()]), (start + joint.end(), text[joint.end() :])]


def _kind_by_endings(first: ListPart, inner: list[ListPart], last: ListPart) -> _ListKind | None:
    """Return what a list is of where its names end alike: all of them places, or most bodies."""
    for kind, entry in _ENTRY.items():
        last_names = [*_names_at_start(entry, last)]
        alike = sum(1 for _, name in inner if entry.fullmatch(name))
        alike += bool(last_names) + bool(_ENTRY_END[kind].search(first[1]))
        count = len(inner) + 2  # with the first and the last
        if alike == count or (kind is TokenKind.BODY and alike > 1 and alike * 2 >= count):
            return _ListKind(kind, last_names, is_proper=True)
    return None


def _names_at_start(entry: re.Pattern[str], last: ListPart) -> Iterator[ListPart]:
    """Yield the names that a last part begins with: 柳林村和白马村已经通车."""
    start, text = last
    if name := entry.match(text):
        yield start, name[0]
        joint = _CONJUNCTION.match(text, name.end())
        if joint and (second := entry.match(text, joint.end())):
            yield start + joint.end(), second[0]


def _first_name(part: ListPart, sizes: list[int]) -> Iterator[ListPart]:
    """Yield the first name of a list; nothing where other words may be a part of it."""
    start, text = part
    low = name_start(text, 0, len(text))
    if len({*sizes}) == 1 and len(text) - low > sizes[0] + 1:
        low = len(text) - sizes[0]
    if len(text) - low <= max(sizes, default=_LONGEST) + _LONGER:
        yield start + low, text[low:]
