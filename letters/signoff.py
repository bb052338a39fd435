"""The sign-off of a reply letter (落款): who approved it, who signs, when, and the contacts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from letters.co_handlers import read_handlers_below
from letters.contacts import LAST_BLOCKS, read_contacts
from letters.dates import find_date, is_bare_date, is_date_line
from letters.marks import are_marks
from letters.printed_value import PrintedValue
from letters.reviewer import choose_approval, find_approvals
from letters.signers import LONGEST_LINE, is_placed, signers_on
from letters.text import squashed

# What may be printed below who signs without a date: contacts, who approved, marks.
_BELOW = re.compile(
    r"联系|电话|邮编|邮政编码|传真|地址|签发|审签|审核|抄送|附件|附：|公开|印发|^[（(].*[）)]$"
)

_DAY_LABEL = re.compile(r"(?:答复|复函|函复|落款)(?:日期|时间) ?[：:] ?")


def read_signoff(texts: Sequence[str], named: str | None = None) -> Iterator[PrintedValue]:
    """Yield what the last blocks of a body say, each field once.

    `named` is the agency of the letter's title: of several who sign it is the letter's.
    """
    tail = list(enumerate(texts))[-LAST_BLOCKS:]
    signed = _signed(tail, named)
    signed = signed or _run_in(tail)
    yield from signed
    if all(each.field != "agency" for each in signed):
        yield from _undated(tail)
    yield from _reviewer(tail)
    yield from read_contacts(tail)
    yield from read_handlers_below(tail)


def read_date_and_agency(texts: Sequence[str]) -> list[PrintedValue]:
    """Return when and by whom a page for many papers is signed."""
    return _signed(list(enumerate(texts))[-LAST_BLOCKS:], None)


def _undated(tail: list[tuple[int, str]]) -> list[PrintedValue]:
    """Return who signs on the last line that is neither contacts nor marks, where one does."""
    for index, text in reversed(tail):
        if is_date_line(text) or is_bare_date(text) or _BELOW.search(text) or are_marks(text):
            continue
        return signers_on(index, text)[:1] if index and is_placed(text) else []
    return []


def _reviewer(tail: list[tuple[int, str]]) -> Iterator[PrintedValue]:
    approvals = ((text, each) for _, text in tail for each in find_approvals(text))
    if chosen := choose_approval(approvals):
        text, place = chosen
        index = max(index for index, other in tail if other == text)
        name = squashed(text[place.start : place.end])
        yield PrintedValue("reviewer", name, index, place.start, place.end)


def _signed(tail: list[tuple[int, str]], named: str | None) -> list[PrintedValue]:
    """Find the date's line from the foot up, and the agency on it or above it.

    A date that lost its 年月日 may be a postcode: a whole one with an agency comes first.
    """
    places = range(len(tail) - 1, -1, -1)
    whole = next(filter(None, (_whole(tail, place, named) for place in places)), [])
    if len(whole) > 1:
        return whole
    bare = next((place for place in places if is_bare_date(tail[place][1])), None)
    if bare is None or (whole and whole[0].block > tail[bare][0]):
        return whole
    return [*_agency(tail[:bare], named), _dated(*tail[bare])]


def _whole(tail: list[tuple[int, str]], place: int, named: str | None) -> list[PrintedValue]:
    index, text = tail[place]
    if len(text) > LONGEST_LINE:
        return []
    if is_date_line(text):
        return [*_agency(tail[:place], named), _dated(index, text)]
    span = find_date(text)
    if span and span[1] == len(text) and _DAY_LABEL.fullmatch(text, 0, span[0]):
        dated = PrintedValue("signed_on_raw", text[slice(*span)], index, *span)
        return [*_agency(tail[:place], named), dated]
    if span and span[1] == len(text) and (signing := signers_on(index, text[: span[0]])):
        dated = PrintedValue("signed_on_raw", text[slice(*span)], index, *span)
        return [*_chosen(signing, named), dated]
    return []


def _run_in(tail: list[tuple[int, str]]) -> list[PrintedValue]:
    """Return who signs and when behind the last sentence of the last block, in one with it."""
    index, text = tail[-1] if tail else (0, "")
    start = max(map(text.rfind, "。！")) + 1
    if not 0 < start < len(text):
        return []
    span = find_date(text)
    line = text[start : span[0]].rstrip() if span and span[0] > start else ""
    if span is None or not is_placed(line.strip()):
        return []
    indent = start + len(line) - len(line.lstrip())
    signing = [
        replace(each, start=each.start + indent, end=each.end + indent)
        for each in signers_on(index, line.lstrip())[:1]
    ]
    return [*signing, PrintedValue("signed_on_raw", text[slice(*span)], index, *span)]


def _dated(index: int, text: str) -> PrintedValue:
    return PrintedValue("signed_on_raw", text, index, 0, len(text))


def _agency(above: list[tuple[int, str]], named: str | None) -> list[PrintedValue]:
    """Return who signs above a date: of several the one that is `named`, or else the first."""
    signing: list[PrintedValue] = []
    for index, text in reversed(above):
        on_line = signers_on(index, text)
        if not on_line or (signing and not is_placed(text)):
            break
        signing = [*on_line, *signing]
    return _chosen(signing, named)


def _chosen(signing: list[PrintedValue], named: str | None) -> list[PrintedValue]:
    return ([each for each in signing if each.value == named] or signing)[:1]
