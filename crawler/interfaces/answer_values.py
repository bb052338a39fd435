"""Values in answers: JSON with or without a callback around it, counts, texts, dates."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from crawler.interfaces.interface import UnexpectedAnswerError
from crawler.web_url import resolve
from letters.dates import read_date
from letters.text import canonical

_CALLBACK = re.compile(r"\s*(?:/\*.*?\*/)?\s*[\w$.]+\s*\((.*)\)\s*;?\s*", re.DOTALL)
_COUNT = re.compile(r"\s*(\d{1,9})(?:\.0+)?\s*")
_MOST = 10**9  # a count that is larger counts nothing
_BEIJING = timezone(timedelta(hours=8))
_EARLIEST, _LATEST = 315_532_800, 4_102_444_800  # seconds: 1980 and 2100; larger are milliseconds
_DIGITS = re.compile(r"\d{9,13}")


def read_json(text: str, expected: str) -> Mapping[str, Any]:
    """Return the object that an answer is, without the callback of JSONP around it.

    Raises UnexpectedAnswerError, in which `expected` says what should have come.
    """
    text = text.lstrip("\ufeff")
    wrapped = _CALLBACK.fullmatch(text) if not text.lstrip().startswith(("{", "[")) else None
    try:
        value = json.loads(wrapped[1] if wrapped else text)
    except (ValueError, RecursionError) as error:
        raise UnexpectedAnswerError(f"JSON of {expected}", text) from error
    if not isinstance(value, dict):
        raise UnexpectedAnswerError(f"JSON of {expected}", text)
    return value


def refuse_error(answer: Mapping[str, Any]) -> None:
    """Raise UnexpectedAnswerError where an answer says of itself that it is an error."""
    succeeded = answer.get("success")
    code = count_of(answer.get("code", answer.get("status")))
    if succeeded is False or text_of(succeeded).lower() == "false" or code in range(400, 600):
        said = text_of(answer.get("message") or answer.get("msg") or answer.get("error"))
        raise UnexpectedAnswerError("rows", f"an error: {said or 'without words'}")


def objects_of(value: Any, expected: str) -> list[Mapping[str, Any]]:
    """Return a list of objects; raise UnexpectedAnswerError where the value is none."""
    if not isinstance(value, list):
        raise UnexpectedAnswerError(f"a list in {expected}", f"{type(value).__name__} there")
    for each in value:
        if not isinstance(each, dict):
            raise UnexpectedAnswerError(f"rows alone in {expected}", f"{each!r} among them")
    return value


def object_of(value: Any) -> Mapping[str, Any]:
    """Return an object; an empty one in place of everything else."""
    return value if isinstance(value, dict) else {}


def count_of(value: Any) -> int | None:
    """Return a count that is a number or digits, or None.

    >>> [count_of(each) for each in (12, "12", 12.0, "12.0", True, None, "-", -1)]
    [12, 12, 12, 12, None, None, None, None]
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if 0 <= value < _MOST and value == int(value) else None
    match = _COUNT.fullmatch(value) if isinstance(value, str) and value.isascii() else None
    return int(match[1]) if match else None


def first_count(*values: Any) -> int | None:
    """Return the first of the values that is a count, or None."""
    return next((count for each in values if (count := count_of(each)) is not None), None)


def text_of(value: Any) -> str:
    """Return a value as text: the words of a string, digits of a number, else nothing.

    >>> text_of("关于<em>充电桩</em>建设的答复&nbsp;"), text_of(625), text_of(None)
    ('关于充电桩建设的答复', '625', '')
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**30 else ""
    if not isinstance(value, str):
        return ""
    text = without_surrogates(value)
    if "<" in text or "&" in text:
        body = LexborHTMLParser(text).body
        text = body.text() if body is not None else ""
    return canonical(text)


def link_of(value: Any, page_url: str) -> str | None:
    """Return where a link of an answer leads, or None: to no page, or to the directory's own.

    >>> link_of("/show?id=7&copy=2", "http://x.gov.cn/list"), link_of("", "http://x.gov.cn/list")
    ('http://x.gov.cn/show?id=7&copy=2', None)
    """
    href = without_surrogates(value).strip() if isinstance(value, str) else ""
    url = resolve(href, page_url) if href and not href.startswith("#") else None
    return None if url == resolve(page_url, page_url) else url


def without_surrogates(text: str) -> str:
    """Return a text with what is half a character replaced: no parser takes it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def date_of(*values: Any) -> date | None:
    """Return the day that the first readable value names: a date in words, seconds, milliseconds.

    Moments are days in Beijing.

    >>> date_of(1717552800000), date_of("1717552800"), date_of(None, "2024-06-05 10:00")
    (datetime.date(2024, 6, 5), datetime.date(2024, 6, 5), datetime.date(2024, 6, 5))
    """
    days = (_date_of(value) for value in values)
    return next(filter(None, days), None)


def _date_of(value: Any) -> date | None:
    if isinstance(value, str):
        value = value.strip()
        if not (value.isascii() and _DIGITS.fullmatch(value)):
            return read_date(value)
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    for seconds in (value, value / 1000 if abs(value) < 10**15 else 0):
        if _EARLIEST <= seconds < _LATEST:
            return datetime.fromtimestamp(seconds, UTC).astimezone(_BEIJING).date()
    return None


def check_channel(expected: str, given: Iterable[Any], what: str) -> None:
    """Raise UnexpectedAnswerError where an answer names channels, and not the expected one."""
    named = {text for value in given if (text := text_of(value))}
    if expected and named and expected not in named:
        raise UnexpectedAnswerError(f"{what} {expected}", f"{what} {', '.join(sorted(named)[:3])}")
