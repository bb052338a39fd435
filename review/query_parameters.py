"""Query parameters: filters, paging, language. A bad value is refused by its name."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request

from letters.change import ChangeKind, Significance
from letters.letter_record import Status
from letters.moments import EXPECTED, read_moment
from letters.search_text import Search, SearchError, parse_search
from review.phrases import Language
from storage.queries import ChangeFilter, FeedPosition, LetterFilter

MAX_LIMIT = 1000  # rows of one answer
_LAST_ID = 2**31 - 1  # no database of ours numbers further
_START = datetime.fromtimestamp(0, UTC)
_POSITION = re.compile(r"([0-9]{1,16})-([0-9]{1,10})")
_VERSION = re.compile(r"-?[0-9]{1,9}")
_BOOLEANS = {"": False, "false": False, "0": False, "true": True, "1": True}
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Paging:
    """Which rows of a list are requested."""

    limit: int  # how many at most
    offset: int  # how many are skipped


def read_id(request: Request, name: str) -> int:
    """Return the id of a `name` in the path; raise a 404 for one that no row can have."""
    id_: int = request.path_params["id"]
    if id_ > _LAST_ID:
        raise HTTPException(404, f"{name} {id_} is not known")
    return id_


def read_version(request: Request, name: str) -> int:
    """Return the number of a version in the path, from 0 down of an imported one; else a 404."""
    written: str = request.path_params[name]
    if not _VERSION.fullmatch(written):
        raise HTTPException(404, f"{written} is no number of a version")
    return int(written)


def read_paging(request: Request, default_limit: int) -> Paging:
    """Return which rows are requested; raise a 400 for what is no number."""
    limit = min(_number(request, "limit", default_limit), MAX_LIMIT)
    return Paging(limit, _number(request, "offset", 0))


def read_letter_filter(request: Request) -> LetterFilter:
    """Return which letters are requested; raise a 400 for a status that there isn't."""
    parameters = request.query_params
    status = _choice(request, "status", Status)
    return LetterFilter(parameters.get("source") or None, read_search(request), status)


def read_search(request: Request) -> Search:
    """Return which words are searched for, none for all letters; raise a 400 for too many."""
    try:
        return parse_search(request.query_params.get("search", ""))
    except SearchError as error:
        raise HTTPException(400, str(error)) from None


def read_change_filter(request: Request, zone: ZoneInfo) -> ChangeFilter:
    """Return which changes are requested, by days in `zone`; raise a 400 for a bad value."""
    return ChangeFilter(
        since=_moment(request, "since", zone),
        until=_moment(request, "until", zone, end=True),
        source=request.query_params.get("source") or None,
        kind=_choice(request, "kind", ChangeKind),
        significance=_choice(request, "significance", Significance),
        baseline=None if read_baseline(request) else False,
    )


def read_baseline(request: Request) -> bool:
    """Return whether letters of first crawls are requested, too; raise a 400 for no boolean."""
    value = request.query_params.get("baseline", "")
    if value not in _BOOLEANS:
        raise HTTPException(400, f"baseline: {value!r} is none of true, false, 1, 0")
    return _BOOLEANS[value]


def read_feed_position(request: Request, name: str) -> FeedPosition | None:
    """Return the position at which a page of the feed begins or ends, None for the first page.

    Raises a 400 for one that the feed's own links can't have.
    """
    value = request.query_params.get(name, "")
    if not value:
        return None
    if not (match := _POSITION.fullmatch(value)):
        raise HTTPException(400, f"{name}: a place from a link of the feed was expected")
    return FeedPosition(_START + timedelta(microseconds=int(match[1])), int(match[2]))


def read_language(request: Request) -> Language:
    """Return the chosen language (parameter, then cookie), else the one the browser prefers."""
    chosen = request.query_params.get("lang") or request.cookies.get("lang")
    if chosen in ("zh", "en"):
        return "zh" if chosen == "zh" else "en"
    preferred = request.headers.get("accept-language", "zh").lower().split(",")[0]
    return "zh" if preferred.startswith(("zh", "*")) else "en"


def read_view(request: Request) -> Literal["inline", "sides"]:
    """Return how two versions are to be shown; side by side where nothing is said."""
    return "inline" if request.query_params.get("view") == "inline" else "sides"


def _number(request: Request, name: str, default: int) -> int:
    value = request.query_params.get(name, "")
    if value and not (value.isdecimal() and len(value) < len(str(MAX_LIMIT)) + 6):
        raise HTTPException(400, f"{name}: a number was expected, not {value!r}")
    return int(value) if value else default


def _choice(request: Request, name: str, choices: type[Choice]) -> Choice | None:
    value = request.query_params.get(name, "")
    if not value:
        return None
    try:
        return choices(value)
    except ValueError:
        known = ", ".join(choices)
        raise HTTPException(400, f"{name}: {value!r} is none of {known}") from None


def _moment(request: Request, name: str, zone: ZoneInfo, *, end: bool = False) -> datetime | None:
    """Return the moment of a parameter; with `end` a date is the end of its day."""
    value = request.query_params.get(name, "")
    if not value:
        return None
    # An unescaped + in a query is a blank: 2026-11-23T06:00:00 08:00.
    text = value.replace(" ", "+") if "T" in value else value
    try:
        return read_moment(text, zone, datetime.now(UTC), end=end)
    except ValueError:
        raise HTTPException(400, f"{name}: {EXPECTED} was expected, not {value!r}") from None
