"""Cursors: where a page of a list is cut, as its links carry it.

A cursor is `older~KEY~CHECK` or `newer~KEY~CHECK`; `last` is the end of the list. KEY is what the
list is sorted by, of the row beside which it is cut; CHECK ties it to one list and its filters. It
is no secret: a cursor that somebody makes up shows what its filters show anyway.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from starlette.requests import Request

from review.refusals import BadParameterError
from storage.queries import Cut

PARAMETER = "cursor"
LAST = "last"
_PARTS = "~"
_LAST_ID = 2**31 - 1  # no database of ours numbers further
_LONGEST = 1000  # characters; what is longer is no cursor of ours
_START = datetime.fromtimestamp(0, UTC)
# What a request says beside its filters: the same rows, shown otherwise.
_NO_FILTERS = {PARAMETER, "limit", "lang", "token"}


@dataclass(frozen=True, slots=True)
class CursorList:
    """A list, and the types of what it is sorted by."""

    name: str
    key: tuple[type[Any], ...]  # of int, str, datetime and date; a date may be None


LETTERS = CursorList("letters", (date, int))
CHANGES = CursorList("changes", (datetime, int))
CRAWLS = CursorList("crawls", (int,))
ALARMS = CursorList("alarms", (int,))
SOURCES = CursorList("sources", (str,))


def read_cut(request: Request, of: CursorList) -> Cut:
    """Return where the page is cut that is requested; the first page where nothing is said.

    Raises a 400 for a cursor that no link of this list, with these filters, can have.
    """
    if "offset" in request.query_params:
        detail = "offset: lists have no offsets; follow their links (rel=next)"
        raise BadParameterError(detail, "unreadable.cursor", name="offset")
    written = request.query_params.get(PARAMETER, "")
    if written in {"", LAST}:
        return Cut(None, towards_newer=bool(written))
    way, _, rest = written.partition(_PARTS)
    key, _, _ = rest.rpartition(_PARTS)
    if len(written) > _LONGEST or written != _signed(f"{way}{_PARTS}{key}", request, of):
        detail = "cursor: it is none of this list with these filters"
        raise BadParameterError(detail, "unreadable.cursor", name=PARAMETER)
    try:
        values = key.split(_PARTS)
        position = tuple(_value(*each) for each in zip(of.key, values, strict=True))
    except (ValueError, OverflowError):
        raise unknown_place() from None
    return Cut(position, towards_newer=way == "newer")


def unknown_place() -> BadParameterError:
    """Return the 400 for a cursor beside a row that is not in its list."""
    detail = "cursor: it names no place in this list"
    return BadParameterError(detail, "unreadable.cursor", name=PARAMETER)


def cursor(
    request: Request, of: CursorList, position: tuple[Any, ...], *, towards_newer: bool
) -> str:
    """Return the cursor of the page on one side of `position`, with the filters of a request."""
    way = "newer" if towards_newer else "older"
    return _signed(_PARTS.join([way, *map(_text, position)]), request, of)


def _signed(text: str, request: Request, of: CursorList) -> str:
    """Return a cursor with its check: over the list, its filters and the position."""
    filters = sorted((k, v) for k, v in request.query_params.items() if k not in _NO_FILTERS and v)
    told = repr((of.name, filters, text)).encode("utf-8", "surrogatepass")
    return f"{text}{_PARTS}{hashlib.sha256(told).hexdigest()[:12]}"


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return str((value - _START) // timedelta(microseconds=1))
    return "" if value is None else str(value)


def _value(kind: type[Any], text: str) -> Any:
    """Return what `_text` wrote; raise ValueError or OverflowError for what it can't have."""
    if kind is date:
        return date.fromisoformat(text) if text else None
    if kind is str:
        return text
    if kind is datetime:
        return _START + timedelta(microseconds=int(text))
    number = int(text)
    if abs(number) > _LAST_ID:
        raise OverflowError(text)
    return number
