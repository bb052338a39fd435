"""The sign-off of a reply letter (落款): who approved it, who signs, when, and the contacts."""

import re
from collections.abc import Iterator, Sequence

from letters.contacts import LAST_BLOCKS, read_contacts
from letters.dates import find_date, is_bare_date, is_date_line
from letters.name_lists import is_body
from letters.printed_value import PrintedValue
from letters.reviewer import find_reviewer
from letters.text import squashed

LONGEST_LINE = 50  # code points of an agency's or a date's own line

# One more who signs above the last: what begins with a place and is no sentence.
_SIGNER = re.compile(
    r"(?!.*(?:[一二三四五六七八九十]、|[我您你将请]|推进|加强))(?!感谢|特此|此复|附件|抄送|关于)"
    r"(?:中共|中国|国家|国网|[一-龥]{2,7}?[省市区县州旗盟镇乡])[一-龥（）]{2,24}"
)


def read_signoff(texts: Sequence[str], named: str | None = None) -> Iterator[PrintedValue]:
    """Yield what the last blocks of a body say, each field once.

    `named` is the agency of the letter's title: of several who sign it is the letter's.
    """
    tail = list(enumerate(texts))[-LAST_BLOCKS:]
    yield from _signed(tail, named)
    yield from _reviewer(tail)
    yield from read_contacts(tail)


def _reviewer(tail: list[tuple[int, str]]) -> Iterator[PrintedValue]:
    for index, text in reversed(tail):
        if place := find_reviewer(text):
            yield PrintedValue("reviewer", squashed(text[slice(*place)]), index, *place)
            return


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
    if span and span[1] == len(text) and is_body(squashed(text[: span[0]])):
        dated = PrintedValue("signed_on_raw", text[slice(*span)], index, *span)
        return [_agency_at(index, text[: span[0]]), dated]
    return []


def _dated(index: int, text: str) -> PrintedValue:
    return PrintedValue("signed_on_raw", text, index, 0, len(text))


def _agency(above: list[tuple[int, str]], named: str | None) -> list[PrintedValue]:
    """Return who signs above a date: of several the one that is `named`, or else the first."""
    signing: list[PrintedValue] = []
    for index, text in reversed(above):
        if len(text) > LONGEST_LINE or not is_body(squashed(text)):
            break
        if signing and not _SIGNER.fullmatch(squashed(text)):
            break
        signing.insert(0, _agency_at(index, text))
    chosen = [each for each in signing if each.value == named] or signing
    return chosen[:1]


def _agency_at(index: int, text: str) -> PrintedValue:
    name = text.rstrip()
    return PrintedValue("agency", squashed(name), index, 0, len(name))
