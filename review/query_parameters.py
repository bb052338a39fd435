"""Query parameters: filters, paging, language. A bad value is refused by its name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request

from letters.change import Category, ChangeKind, Significance
from letters.letter_record import Status
from letters.moments import EXPECTED, read_moment
from letters.review import ReviewState
from letters.search_text import MOST_WORDS, Search, SearchError, parse_search
from review.languages import Language
from review.refusals import BadParameterError
from review.settings import WatchedSource
from storage.queries import ChangeFilter, FeedPosition, LetterFilter

SHOWN_SOURCES = 20  # of one page
MAX_LIMIT = 1000  # rows of one answer
LONGEST_TEXT = 200  # characters of a text that is searched for
_LAST_ID = 2**31 - 1  # no database of ours numbers further
_START = datetime.fromtimestamp(0, UTC)
_POSITION = re.compile(r"([0-9]{1,16})-([0-9]{1,10})")
_PART = re.compile(r"[1-9][0-9]{0,3}")
_LIMIT = re.compile(r"[0-9]{1,9}")
_VERSION = re.compile(r"-?[0-9]{1,9}")
_BOOLEANS = {"": False, "false": False, "0": False, "true": True, "1": True}
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class SourcesShown:
    """The sources of one page, and the names after which the pages around it begin."""

    sources: tuple[WatchedSource, ...]
    before: str | None  # of the page before; "": it is the first one; None: there is none
    after: str | None  # of the page after; None: there is none


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


def read_version_choice(request: Request, name: str) -> int:
    """Return the number of a version that was chosen in a form; raise a 400 for no number."""
    value = request.query_params.get(name, "")
    if not _VERSION.fullmatch(value):
        detail = f"{name}: the number of a version was expected, not {value!r}"
        raise BadParameterError(detail, "unreadable.number", name=name, value=value)
    return int(value)


def read_name(request: Request, name: str) -> str:
    """Return a name in the path; raise a 404 for what no name is."""
    written: str = request.path_params[name]
    if len(written) > LONGEST_TEXT or "\0" in written:
        raise HTTPException(404, f"{name}: that is no name")
    return written


def read_part(request: Request) -> int:
    """Return which page of a letter on several is requested, from 1; a 400 for no number."""
    value = request.query_params.get("part", "1")
    if not _PART.fullmatch(value):
        detail = f"part: the number of a page was expected, not {value!r}"
        raise BadParameterError(detail, "unreadable.number", name="part", value=value)
    return int(value)


def read_limit(request: Request, default: int) -> int:
    """Return how many rows are requested, of 1000 at most; raise a 400 for what is no number."""
    value = request.query_params.get("limit", "")
    if value and not _LIMIT.fullmatch(value):
        detail = f"limit: a number was expected, not {value!r}"
        raise BadParameterError(detail, "unreadable.number", name="limit", value=value)
    return min(int(value), MAX_LIMIT) if value else default


def read_sources(request: Request, watched: Sequence[WatchedSource]) -> SourcesShown:
    """Return the sources that one page shows: the first ones, or those after a name.

    Raises a 400 for a name that no source has.
    """
    name = request.query_params.get("after", "")
    names = [source.name for source in watched]
    if name and name not in names:
        detail = f"after: no source is called {name!r}"
        raise BadParameterError(detail, "unreadable.source", value=name)
    start = names.index(name) + 1 if name else 0
    end, back = start + SHOWN_SOURCES, start - SHOWN_SOURCES
    return SourcesShown(
        tuple(watched[start:end]),
        before=None if not start else names[back - 1] if back > 0 else "",
        after=names[end - 1] if end < len(names) else None,
    )


def read_letter_filter(request: Request) -> LetterFilter:
    """Return which letters are requested; raise a 400 for a status that there isn't."""
    source, status = read_text(request, "source"), read_choice(request, "status", Status)
    return LetterFilter(source, read_search(request), status)


def read_search(request: Request) -> Search:
    """Return which words are searched for, none for all letters; raise a 400 for too many."""
    try:
        return parse_search(request.query_params.get("search", ""))
    except SearchError as error:
        raise BadParameterError(str(error), "unreadable.words", most=MOST_WORDS) from None


def read_change_filter(request: Request, zone: ZoneInfo) -> ChangeFilter:
    """Return which changes are requested, by days in `zone`; raise a 400 for a bad value."""
    return ChangeFilter(
        since=_moment(request, "since", zone),
        until=_moment(request, "until", zone, end=True),
        source=read_text(request, "source"),
        kind=read_choice(request, "kind", ChangeKind),
        significance=read_choice(request, "significance", Significance),
        letter_id=_read_row(request, "letter", "letter"),
        state=read_choice(request, "state", ReviewState),
        baseline=None if read_baseline(request) else False,
    )


def read_list_filter(request: Request, zone: ZoneInfo) -> ChangeFilter:
    """Return the same with what is requested of edits, letters and tags of decisions."""
    return replace(
        read_change_filter(request, zone),
        category=read_choice(request, "category", Category),
        detail=read_text(request, "detail"),
        text=read_text(request, "text"),
        tag=read_text(request, "tag"),
    )


def read_text(request: Request, name: str) -> str | None:
    """Return a text that is requested, None for none; raise a 400 for what no row can say."""
    value = request.query_params.get(name, "")
    if len(value) > LONGEST_TEXT or "\0" in value:
        detail = f"{name}: a text of at most {LONGEST_TEXT} characters is expected"
        raise BadParameterError(detail, "unreadable.text", name=name, most=LONGEST_TEXT)
    return value or None


def read_after_id(request: Request) -> int | None:
    """Return the id of the change after which changes are requested; None: they are not.

    Raises a 400 for no id, and for one beside a cursor, which is of another order.
    """
    after_id = _read_row(request, "after_id", "change")
    if after_id is not None and request.query_params.get("cursor"):
        raise HTTPException(400, "after_id: its list has no cursors; follow its link (rel=next)")
    return after_id


def _read_row(request: Request, name: str, of: str) -> int | None:
    """Return the id of a row, which need not be there, None for none; raise a 400 for no id."""
    value = request.query_params.get(name, "")
    if not value:
        return None
    if not (value.isascii() and value.isdecimal() and len(value) <= len(str(_LAST_ID))):
        detail = f"{name}: the id of a {of} was expected, not {value!r}"
        raise BadParameterError(detail, "unreadable.number", name=name, value=value)
    return min(int(value), _LAST_ID)


def read_baseline(request: Request) -> bool:
    """Return whether letters of first crawls are requested, too; raise a 400 for no boolean."""
    value = request.query_params.get("baseline", "")
    if value not in _BOOLEANS:
        detail = f"baseline: {value!r} is none of true, false, 1, 0"
        choices = tuple(filter(None, _BOOLEANS))
        raise BadParameterError(detail, "unreadable.choice", choices, name="baseline", value=value)
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
    at, id_ = map(int, match.groups())
    return FeedPosition(_START + timedelta(microseconds=at), min(id_, _LAST_ID))


def read_language(request: Request) -> Language:
    """Return the chosen language (parameter, then cookie), else the one the browser prefers."""
    chosen = request.query_params.get("lang") or request.cookies.get("lang")
    if chosen in ("zh", "en"):
        return "zh" if chosen == "zh" else "en"
    preferred = request.headers.get("accept-language", "zh").lower().split(",")[0]
    return "zh" if preferred.startswith(("zh", "*")) else "en"


def read_view(request: Request) -> Literal["inline", "sides"]:
    """Return how two versions are to be shown: inline, as any screen can, if nothing is said."""
    return "sides" if request.query_params.get("view") == "sides" else "inline"


def read_choice(request: Request, name: str, choices: type[Choice]) -> Choice | None:
    """Return which one is requested, None for any; raise a 400 for one that there isn't."""
    value = request.query_params.get(name, "")
    if not value:
        return None
    try:
        return choices(value)
    except ValueError:
        known = ", ".join(choices)
        detail, ways = f"{name}: {value!r} is none of {known}", tuple(choices)
        raise BadParameterError(
            detail, "unreadable.choice", ways, name=name, value=value
        ) from None


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
        detail = f"{name}: {EXPECTED} was expected, not {value!r}"
        raise BadParameterError(detail, "unreadable.moment", name=name, value=value) from None
