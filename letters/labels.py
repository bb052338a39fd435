"""Labelled fields (案由：… 提案人：… 委员反馈：…), the form of a reply that is a record."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from letters.late_pattern import late_pattern
from letters.record_labels import ENOUGH_FOR_A_RECORD, RECORD_LABELS, TEXT_LABELS
from letters.text import HAN, squashed

# How a value goes on in the next block, where a template or an editor broke its line.
MOST_FURTHER = 3  # blocks
LONGEST_FURTHER = 60  # code points; what is longer is a text
_NO_VALUE = re.compile("[：:。！？；]|您")
_UNFINISHED = re.compile("(?:[、，,的和与及]|关于)$")
_WHOLE_SUBJECT = re.compile("(?:建议|提案|议案)[”》]?$")

_BY_LENGTH = sorted(RECORD_LABELS, key=len, reverse=True)
_KNOWN = "|".join(" ?".join(name) for name in _BY_LENGTH)
_LABEL = re.compile(
    rf"(?P<name>{_KNOWN}) ?[：:] ?|[【［] ?(?P<boxed>{_KNOWN}) ?[：:]?[】］] ?[：:]? ?"
)
_MARK = re.compile("[：:】］]")
_LONGEST_LABEL = 2 * len(_BY_LENGTH[0]) + 6  # code points up to its last mark, blanks included
_LONGEST_MARK = 4  # code points behind the first: 】 ： and a blank
_ANY_LABEL = late_pattern(
    rf"(?:(?P<name>[{HAN}](?: ?[{HAN}]){{1,7}}) ?[：:]"
    rf"|[【［](?P<boxed>[{HAN} ]{{2,9}})[】］][：:]?) ?"
    r"(?P<value>[^：:。]{1,80})"
)


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled field, and the place of its value."""

    name: str  # without blanks
    block: int  # index of the block that holds it
    start: int  # code points from the start of the block's text
    end: int
    further: tuple[int, ...] = ()  # blocks below it in which the value goes on

    def value(self, printed: Sequence[str]) -> str:
        """Return the value, of the blocks as `printed`."""
        rest = (printed[index] for index in self.further)
        return "".join((printed[self.block][self.start : self.end], *rest))


def label_at(text: str) -> tuple[str, int] | None:
    """Return the known label that `text` begins with and where its value starts, or None."""
    label = _LABEL.match(text)
    return (_name(label), label.end()) if label else None


def find_labels(texts: Sequence[str], cells: Sequence[Label] = ()) -> list[Label]:
    """Return the labelled fields of a record, in reading order; an empty list for no record.

    Several may be in one block where line breaks were lost. A label counts at the
    start of a block, or after another label's value. `cells` are those of tables; below
    a reply a table belongs to it.
    """
    in_text = list(_with_continuations(list(_labels_in_text(texts)), texts))
    reply = min((each.block for each in in_text if each.name in TEXT_LABELS), default=len(texts))
    labels = sorted((*in_text, *(each for each in cells if each.block < reply)), key=_place)
    known = {label.name for label in labels if label.name in RECORD_LABELS}
    return labels if len(known) >= ENOUGH_FOR_A_RECORD else []


def labels_in(text: str) -> list[Label]:
    """Return the known labels of one block that begins with one, as of the first block."""
    may_have = any(mark in text for mark in "：:【［")
    return list(_in_block(0, text)) if may_have and _LABEL.match(text) else []


def repeated_labels(text: str) -> list[tuple[str, int]]:
    """Return each known label in `text` and where it begins, if the first comes again."""
    first = next(_labels(text), None)
    if first is None or text.find(first[0].rstrip(), first.end()) < 0:
        return []
    return [(_name(label), label.start()) for label in _labels(text)]


def _labels_in_text(texts: Sequence[str]) -> Iterator[Label]:
    names: set[str] = set()
    for index, text in enumerate(texts):
        if names & TEXT_LABELS:
            return  # what follows is the reply itself
        if _LABEL.match(text):
            for label in _in_block(index, text):
                names.add(label.name)
                yield label
        elif names and (other := _ANY_LABEL().fullmatch(text)):
            yield Label(_name(other), index, other.start("value"), other.end("value"))


def _in_block(index: int, text: str) -> Iterator[Label]:
    places = list(_labels(text))
    for place, following in zip(places, [*places[1:], None], strict=True):
        name = _name(place)
        ends_block = name in TEXT_LABELS or following is None
        end = len(text) if ends_block or following is None else following.start()
        yield Label(name, index, place.end(), len(text[:end].rstrip()))
        if ends_block:
            return


def _labels(text: str) -> Iterator[re.Match[str]]:
    """Yield the known labels of a text: they are sought only before the marks that end them."""
    reached = 0
    for mark in _MARK.finditer(text):
        if mark.start() < reached:
            continue
        start = max(mark.start() - _LONGEST_LABEL, reached)
        near = _LABEL.search(text, start, mark.end() + _LONGEST_MARK)
        if near is None or near.start() > mark.start():
            continue
        if label := _LABEL.match(text, near.start()):
            yield label
            reached = label.end()


def _with_continuations(labels: Sequence[Label], texts: Sequence[str]) -> Iterator[Label]:
    """Yield the labels with the blocks in which the value of each goes on."""
    following = [*(each.block for each in labels[1:]), len(texts)]
    for label, end in zip(labels, following, strict=False):
        below = texts[label.block + 1 : min(end, label.block + 1 + MOST_FURTHER)]
        plain = list(takewhile(_can_go_on, below))
        is_last = end == len(texts)
        count = (
            0
            if label.name in TEXT_LABELS
            else _count_continuations(label, texts, plain, is_last=is_last)
        )
        further = range(label.block + 1, label.block + 1 + count)
        yield replace(label, further=tuple(further)) if count else label


def _can_go_on(text: str) -> bool:
    return bool(text) and len(text) <= LONGEST_FURTHER and not _NO_VALUE.search(text)


def _count_continuations(
    label: Label, texts: Sequence[str], below: Sequence[str], *, is_last: bool
) -> int:
    """Return in how many of the blocks `below` the value of a label goes on.

    It does where it is empty or breaks off: with 的 or 、, amid a quotation, or a subject before
    its 建议. Below the last label of a page only the rest of a subject is its value.
    """
    value = texts[label.block][label.start : label.end]
    if RECORD_LABELS.get(label.name) == "subject":
        wholes = ("".join((value, *below[: n + 1])) for n in range(len(below)))
        if not _WHOLE_SUBJECT.search(value):
            ends = (n + 1 for n, whole in enumerate(wholes) if _WHOLE_SUBJECT.search(whole))
            if count := next(ends, 0):
                return count
    count = 0
    while not is_last and count < len(below) and (not value or _breaks_off(value)):
        value += below[count]
        count += 1
    return count


def _breaks_off(value: str) -> bool:
    is_open = any(value.count(one) > value.count(other) for one, other in ("《》", "“”", "（）"))
    return is_open or bool(_UNFINISHED.search(value))


def _name(label: re.Match[str]) -> str:
    return squashed(label["name"] or label["boxed"])


def _place(label: Label) -> tuple[int, int]:
    return label.block, label.start
