"""What a request asks for: filters, pages of rows, language. Bad values are named."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request

from letters.change import ChangeKind, Significance
from letters.moments import EXPECTED, read_moment
from letters.records import Status
from review.phrases import Language
from storage.queries import ChangeFilter, FeedPosition, LetterFilter

MOST = 1000  # rows of one answer
_LAST_ID = 2**31 - 1  # no database of ours numbers further
_START = datetime.fromtimestamp(0, UTC)
_PLACE = re.compile(r"([0-9]{1,16})-([0-9]{1,10})")
_CLAIMS = {"": False, "false": False, "0": False, "true": True, "1": True}
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Slice:
    """Which rows of many are asked for."""

    limit: int
    offset: int


def asked_id(request: Request, of: str) -> int:
    """Return the id in the path; raise a 404 for one that no `of` can have."""
    told: int = request.path_params["id"]
    if told > _LAST_ID:
        raise HTTPException(404, f"{of} {told} is not known")
    return told


def asked_slice(request: Request, usual: int) -> Slice:
    """Return which rows are asked for; raise a 400 that names what can't be meant."""
    limit = min(_number(request, "limit", usual), MOST)
    return Slice(limit, _number(request, "offset", 0))


def asked_letters(request: Request) -> LetterFilter:
    """Return which letters are asked for."""
    asked = request.query_params
    status = _word(request, "status", Status)
    return LetterFilter(asked.get("source") or None, asked.get("search") or None, status)


def asked_changes(request: Request, zone: ZoneInfo) -> ChangeFilter:
    """Return which changes are asked for; dates are days in `zone`."""
    return ChangeFilter(
        since=_moment(request, "since", zone),
        until=_moment(request, "until", zone, end=True),
        source=request.query_params.get("source") or None,
        kind=_word(request, "kind", ChangeKind),
        significance=_word(request, "significance", Significance),
        baseline=None if asked_baseline(request) else False,
    )


def asked_baseline(request: Request) -> bool:
    """Return whether the letters of first crawls are asked for, too."""
    told = request.query_params.get("baseline", "")
    if told not in _CLAIMS:
        raise HTTPException(400, f"baseline: {told!r} is none of true, false, 1, 0")
    return _CLAIMS[told]


def asked_place(request: Request, name: str) -> FeedPosition | None:
    """Return the place in the feed from which on a page is asked for, as its own links have it."""
    told = request.query_params.get(name, "")
    if not told:
        return None
    if not (found := _PLACE.fullmatch(told)):
        raise HTTPException(400, f"{name}: a place from a link of the feed was expected")
    return FeedPosition(_START + timedelta(microseconds=int(found[1])), int(found[2]))


def asked_language(request: Request) -> Language:
    """Return the language that was chosen, else the one that the browser prefers."""
    chosen = request.query_params.get("lang") or request.cookies.get("lang")
    if chosen in ("zh", "en"):
        return "zh" if chosen == "zh" else "en"
    preferred = request.headers.get("accept-language", "zh").lower().split(",")[0]
    return "zh" if preferred.startswith(("zh", "*")) else "en"


def _number(request: Request, name: str, usual: int) -> int:
    told = request.query_params.get(name, "")
    if told and not (told.isdecimal() and len(told) < len(str(MOST)) + 6):
        raise HTTPException(400, f"{name}: a number was expected, not {told!r}")
    return int(told) if told else usual


def _word(request: Request, name: str, words: type[Word]) -> Word | None:
    told = request.query_params.get(name, "")
    if not told:
        return None
    try:
        return words(told)
    except ValueError:
        known = ", ".join(words)
        raise HTTPException(400, f"{name}: {told!r} is none of {known}") from None


def _moment(request: Request, name: str, zone: ZoneInfo, *, end: bool = False) -> datetime | None:
    """Return the moment that is asked for; with `end` a date is the end of its day."""
    told = request.query_params.get(name, "")
    if not told:
        return None
    # A + in a query is a blank until it is escaped: 2026-11-23T06:00:00 08:00.
    written = told.replace(" ", "+") if "T" in told else told
    try:
        return read_moment(written, zone, datetime.now(UTC), end=end)
    except ValueError:
        raise HTTPException(400, f"{name}: {EXPECTED} was expected, not {told!r}") from None
