"""What stands in a list of places or bodies: 东湾、西湾、北湾3个村, each whole.

A name that nobody knows is one by what the list is said to be of (3个村, 等单位), or by how all
that stand in it end (柳树湾、石桥湾).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from differ.lexicon.vocabulary import any_of, is_common
from differ.names.companies import opening
from differ.tokens.number_patterns import NUMERAL
from differ.tokens.tokenizer import Held, Shape

_COUNT = (
    rf"(?:\d+|[{NUMERAL}两几多]+)[余多]?[个家所座条处名]?"
    rf"|(?:共|这)(?:\d+|[{NUMERAL}两几]+)[个家所座条处]?"
)
_OF = re.compile(
    rf"(?:等?(?:{_COUNT})|等)[省市区县乡级直重点试国]{{0,3}}"
    rf"(?:(?P<villages>{any_of('villages')})|(?P<sites>{any_of('sites')})"
    rf"|(?P<bodies>{any_of('bodies')})|(?P<firms>{any_of('firms')}))(?![级里民委内外际域])"
    "|(?P<along>一[线带]|沿线|两岸)"
)
_ENDS = {Shape.PLACE: any_of("places"), Shape.BODY: any_of("offices")}
_FORMS = {shape: re.compile(f"[一-龥]{{1,8}}?(?:{end})+(?!员)") for shape, end in _ENDS.items()}
_ENDING = {shape: re.compile(f"(?:{end})$") for shape, end in _ENDS.items()}
_NAME = re.compile(r"[一-龥A-Za-z0-9·]{2,12}|[甲乙丙丁戊己庚辛]")
_NOBODY = re.compile("[有相]关|部门|单位|企业|群众|居民|其[他它]|各[类级界]")
_JOINT = re.compile("[和及与]|以及")
_SEPARATOR = "、"
_LONGER = 2  # code points by which the first and the last name may exceed all others
_LONGEST = 8

Item = tuple[int, str]  # where it begins, and what it is


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a list is of."""

    shape: Shape
    ending: list[Item]  # the names in its last part, which may go on in other words
    is_proper: bool  # whether its names are more than common words


def listed(text: str, start: int, end: int) -> Iterator[Held]:
    """Yield the names in lists between `start` and `end`, within one clause.

    >>> text = "东湾、西湾、北湾3个村"
    >>> [text[low:high] for low, high, _ in listed(text, 0, len(text))]
    ['东湾', '西湾', '北湾']
    """
    if text.find(_SEPARATOR, start, end) < 0:
        return
    parts: list[Item] = []
    at = start
    for part in text[start:end].split(_SEPARATOR):
        parts.append((at, part))
        at += len(part) + len(_SEPARATOR)
        if len(parts) > 1 and not _NAME.fullmatch(part):
            yield from _names(parts)
            parts = parts[-1:]
    if len(parts) > 1:
        yield from _names(parts)


def _names(parts: list[Item]) -> Iterator[Held]:
    """Yield the names of a list; its first part may open in other words."""
    first, *inner, last = parts
    kind = _by_count(inner, last) or _by_end(first, inner, last)
    if kind is None:
        return
    names = [*inner, *kind.ending]
    names = [*_first(first, [len(name) for _, name in names]), *names]
    if all(_is_name(name) and not (kind.is_proper and is_common(name)) for _, name in names):
        for low, name in names:
            yield low, low + len(name), kind.shape


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and not _NOBODY.search(text)


def _by_count(inner: list[Item], last: Item) -> _Kind | None:
    """Return what a list is of where a count or 等 behind it says so."""
    start, text = last
    of = _OF.search(text, 1)
    longest = max((len(name) for _, name in inner), default=_LONGEST)
    if of is None or of.start() > longest + _LONGER + 1:
        return None
    name = text[: of.start()]
    places = bool(of["villages"] or of["sites"] or of["along"])
    joint = _JOINT.search(name) if places else None
    ending = [(start, name)]
    if joint:
        ending = [(start, name[: joint.start()]), (start + joint.end(), name[joint.end() :])]
    shape = Shape.PLACE if places else Shape.BODY
    return _Kind(shape, ending, bool(of["sites"] or of["firms"] or of["along"]))


def _by_end(first: Item, inner: list[Item], last: Item) -> _Kind | None:
    """Return what a list is of where its names end alike: all of them places, or most bodies."""
    for shape, form in _FORMS.items():
        ending = [*_ending(form, last)]
        alike = sum(1 for _, name in inner if form.fullmatch(name))
        alike += bool(ending) + bool(_ENDING[shape].search(first[1]))
        count = len(inner) + 2  # with the first and the last
        if alike == count or (shape is Shape.BODY and alike > 1 and alike * 2 >= count):
            return _Kind(shape, ending, is_proper=True)
    return None


def _ending(form: re.Pattern[str], last: Item) -> Iterator[Item]:
    """Yield the names that a last part begins with: 柳林村和白马村已经通车."""
    start, text = last
    if found := form.match(text):
        yield start, found[0]
        joint = _JOINT.match(text, found.end())
        if joint and (more := form.match(text, joint.end())):
            yield start + joint.end(), more[0]


def _first(part: Item, sizes: list[int]) -> Iterator[Item]:
    """Yield the first name of a list; nothing where it can't be told from the words before it."""
    start, text = part
    low = opening(text, 0, len(text))
    if len({*sizes}) == 1 and len(text) - low > sizes[0] + 1:
        low = len(text) - sizes[0]
    if len(text) - low <= max(sizes, default=_LONGEST) + _LONGER:
        yield start + low, text[low:]
