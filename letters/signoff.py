"""The foot of a reply letter: who approved it, who signs, when, and whom to ask."""

import re
from collections.abc import Iterator, Sequence

from letters.dates import find_date, is_date_line
from letters.found import Found
from letters.names import is_body
from letters.reviewer import find_reviewer
from letters.text import squashed

WITHIN = 16  # a sign-off stands in the last blocks of a body
LONGEST_LINE = 50  # code points of an agency's or a date's own line

_LABELLED = {
    "postcode": re.compile(r"(?P<label>邮政编码|邮编) ?[：:] ?(?P<value>\d{6})(?!\d)"),
    "phone": re.compile(
        r"(?P<label>联系电话|办公电话|咨询电话|联系方式|电话(?:号码)?) ?[：:] ?"
        r"(?P<value>[（(]?\d[\d（）()\-—－、，,/ 转]*\d)"
    ),
    "contact": re.compile(
        r"(?P<label>联 ?系 ?人(?:员|姓名)?|经 ?办 ?人|承 ?办 ?人|^人) ?[：:] ?"
        r"(?P<value>[一-龥·](?: ?[一-龥·]){1,5}?)(?=$|[，,；;、。（(）) ]|电话|联系)"
    ),
}
_ADDRESS = re.compile(r"(?P<label>(?:通讯|联系|单位)?地址) ?[：:] ?(?P<value>.+)")


def read_signoff(texts: Sequence[str]) -> Iterator[Found]:
    """Yield what the last blocks of a body say, each field once."""
    tail = list(enumerate(texts))[-WITHIN:]
    signed = _signed(tail)
    yield from signed
    yield from _reviewer(tail)
    for name, form in _LABELLED.items():
        yield from _last(name, form, tail)


def read_signoff_labels(texts: Sequence[str]) -> dict[str, str]:
    """Return the labelled lines of a sign-off as printed: 邮政编码, 联系电话, 联系人, 地址."""
    labels: dict[str, str] = {}
    for text in texts[-WITHIN:]:
        for form in (*_LABELLED.values(), _ADDRESS):
            for found in form.finditer(text):
                labels[squashed(found["label"])] = found["value"]
    return labels


def _reviewer(tail: list[tuple[int, str]]) -> Iterator[Found]:
    for index, text in reversed(tail):
        if place := find_reviewer(text):
            yield Found("reviewer", squashed(text[slice(*place)]), index, *place)
            return


def _last(name: str, form: re.Pattern[str], tail: list[tuple[int, str]]) -> Iterator[Found]:
    for index, text in reversed(tail):
        if found := form.search(text):
            yield Found(name, squashed(found["value"]), index, *found.span("value"))
            return


def _signed(tail: list[tuple[int, str]]) -> list[Found]:
    """Find the date's line from the foot up, and the agency on it or above it."""
    for place in range(len(tail) - 1, -1, -1):
        index, text = tail[place]
        if len(text) > LONGEST_LINE:
            continue
        if is_date_line(text):
            dated = Found("signed_on_raw", text, index, 0, len(text))
            return [*_agency(tail[:place]), dated]
        span = find_date(text)
        if span and span[1] == len(text) and is_body(squashed(text[: span[0]])):
            dated = Found("signed_on_raw", text[slice(*span)], index, *span)
            return [_agency_at(index, text[: span[0]]), dated]
    return []


def _agency(above: list[tuple[int, str]]) -> list[Found]:
    if not above:
        return []
    index, text = above[-1]
    return (
        [_agency_at(index, text)] if len(text) <= LONGEST_LINE and is_body(squashed(text)) else []
    )


def _agency_at(index: int, text: str) -> Found:
    name = text.rstrip()
    return Found("agency", squashed(name), index, 0, len(name))
