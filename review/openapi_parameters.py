"""The parameters of the API as its OpenAPI document has them, each with its bounds."""

from typing import Any, Final

from letters.alarm import AlarmState
from letters.change import Category, ChangeKind, Significance
from letters.letter_record import Status
from letters.review import ReviewState
from review.languages import LANGUAGES
from review.query_parameters import LONGEST_TEXT, MAX_LIMIT

Schema = dict[str, Any]

_NO_NUL: Final = "^[^\\x00]*$"
_AGE: Final = r"^[0-9]{1,9}(\.[0-9]{1,9})?[smhd]$"
_TEXT: Final[Schema] = {"type": "string", "pattern": _NO_NUL, "maxLength": LONGEST_TEXT}
_ROW: Final[Schema] = {"type": "integer", "minimum": 0, "maximum": 9_999_999_999}
_MOMENT: Final[Schema] = {
    "description": "an ISO time, a date or an age such as 7d",
    "anyOf": [
        {"type": "string", "format": "date-time"},
        {"type": "string", "format": "date"},
        {"type": "string", "pattern": _AGE},
    ],
}
_LIMIT: Final[Schema] = {
    "type": "integer",
    "minimum": 0,
    "maximum": 999_999_999,
    "default": 200,
    "description": f"how many rows; {MAX_LIMIT} at most, whatever is requested",
}
_CURSOR: Final[Schema] = {
    "type": "string",
    "maxLength": 1000,
    "pattern": "^(|last|(older|newer)~[^~]*(~[^~]*)?~[0-9a-f]{12})$",
    "description": "one of a link of this list, with the same filters",
}
_POSITION: Final[Schema] = {
    "type": "string",
    "pattern": "^([0-9]{1,16}-[0-9]{1,10})?$",
    "description": "one of a link of the feed",
}
_MATCH: Final[Schema] = {"type": "string", "description": "the tags of answers that are at hand"}


def reference(name: str) -> dict[str, str]:
    """Return the reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


_OF_CHANGES: Final[Schema] = {
    "source": _TEXT,
    "letter": _ROW,
    "kind": reference(ChangeKind.__name__),
    "significance": reference(Significance.__name__),
    "state": reference(ReviewState.__name__),
    "since": _MOMENT,
    "until": _MOMENT,
    "baseline": {"type": "boolean", "default": False},
    "category": reference(Category.__name__),
    "detail": _TEXT,
    "text": _TEXT,
    "tag": _TEXT,
}
_PAGING: Final[Schema] = {"limit": _LIMIT, "cursor": _CURSOR}
_AFTER: Final[Schema] = {
    **_ROW,
    "description": "changes by id then, the smallest first, and without cursors",
}

LETTERS: Final[Schema] = {
    "source": _TEXT,
    "search": {"type": "string", "description": "words that each letter says, 50 at most"},
    "status": reference(Status.__name__),
    **_PAGING,
}
CHANGES: Final[Schema] = {**_OF_CHANGES, "after_id": _AFTER, **_PAGING}
CRAWLS: Final[Schema] = {"source": _TEXT, **_PAGING}
ALARMS: Final[Schema] = {
    "source": _TEXT,
    "state": {"enum": [each.value for each in AlarmState]},
    **_PAGING,
}
SOURCES: Final[Schema] = _PAGING
FEED: Final[Schema] = {
    **_OF_CHANGES,
    "lang": {"enum": list(LANGUAGES)},
    "before": _POSITION,
    "after": _POSITION,
}
ROW_ID: Final[Schema] = {"type": "integer", "minimum": 0}
VERSION: Final[Schema] = {  # one of an import is 0 or less
    "type": "integer",
    "minimum": -999_999_999,
    "maximum": 999_999_999,
}


def in_query(schemas: Schema) -> list[Schema]:
    """Return the parameters of a query by their names, and the header by which none is sent twice.

    An empty one is none, as forms send those that nobody fills in.
    """
    given = [
        {"name": name, "in": "query", "schema": each, "allowEmptyValue": True}
        for name, each in schemas.items()
    ]
    return [*given, *IF_NONE_MATCH]


def in_path(*versions: str) -> list[Schema]:
    """Return the parameters of a path with an id, and numbers of versions by their names."""
    schemas = {"id": ROW_ID, **dict.fromkeys(versions, VERSION)}
    given = [
        {"name": name, "in": "path", "required": True, "schema": each}
        for name, each in schemas.items()
    ]
    return [*given, *IF_NONE_MATCH]


IF_NONE_MATCH: Final = [{"name": "If-None-Match", "in": "header", "schema": _MATCH}]
