"""The OpenAPI document of the JSON API, made of the same names as its answers."""

from importlib.metadata import version
from typing import Any

from letters.change import Category, ChangeKind, Op, Significance
from letters.letter import BlockKind, FileState, Form, Kind
from letters.records import CrawlOutcome, Status

_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0}
_TIME = {"type": "string", "format": "date-time"}
_MAYBE_TIME = {"type": ["string", "null"], "format": "date-time"}
_DAY = {"type": ["string", "null"], "format": "date"}
_TEXTS = {"type": "array", "items": _TEXT}


def _one_of(words: Any) -> dict[str, Any]:
    return {"type": "string", "enum": [each.value for each in words]}


def _record(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


_BLOCK = _record(
    {"kind": _one_of(BlockKind), "level": {"type": ["integer", "null"]}, "text": _TEXT}
)
_STATE = {"type": ["string", "null"], "enum": [*(each.value for each in FileState), None]}
_FILE = _record({"name": _TEXT, "url": _TEXT, "digest": _MAYBE, "state": _STATE})
_LETTER = _record(
    {
        "id": _COUNT,
        "source": _TEXT,
        "url": _TEXT,
        "status": _one_of(Status),
        "kind": _one_of(Kind),
        "title": _TEXT,
        "number": _MAYBE,
        "session": _MAYBE,
        "addressees": _TEXTS,
        "subject": _MAYBE,
        "agency": _MAYBE,
        "co_handlers": _TEXTS,
        **dict.fromkeys(("doc_number", "result_class", "feedback"), _MAYBE),
        **dict.fromkeys(("published_on", "listed_on", "url_dated_on", "signed_on"), _DAY),
        **dict.fromkeys(("signed_on_raw", "reviewer", "postcode", "phone", "contact"), _MAYBE),
        "attachments": {"type": "array", "items": _FILE},
        "labels": {"type": "object", "additionalProperties": _TEXT},
        "body": {"type": "array", "items": _BLOCK},
        "form": _one_of(Form),
        "twins": {"type": "array", "items": _COUNT},
        "version": _COUNT,
        "versions": _COUNT,
        "first_seen": _TIME,
        "last_seen": _TIME,
        "digest": _TEXT,
    }
)
_EDIT = _record(
    {
        "op": _one_of(Op),
        "field": _TEXT,
        "category": _one_of(Category),
        "detail": _MAYBE,
        "old": _MAYBE,
        "new": _MAYBE,
        "section": _TEXTS,
        "context": _TEXT,
    }
)
_CHANGE = _record(
    {
        "id": _COUNT,
        "letter": _record(
            {"id": _COUNT, "url": _TEXT, "title": _TEXT, "number": _MAYBE, "source": _TEXT}
        ),
        "kind": _one_of(ChangeKind),
        "baseline": {"type": "boolean"},
        "significance": _one_of(Significance),
        "held": {"type": "boolean"},
        "from_version": {"type": ["integer", "null"]},
        "to_version": {"type": ["integer", "null"]},
        "detected_at": _TIME,
        "window": _record({"after": _MAYBE_TIME, "before": _TIME}),
        "edits": {"type": "array", "items": _ref("Edit")},
    }
)
_COUNTED = ("listed", "fetched", "unchanged", "published", "edited", "withdrawn", "delisted")
_COUNTED_TOO = ("restored", "relocated", "suspect")
_CRAWL = _record(
    {
        "id": _COUNT,
        "source": _TEXT,
        "outcome": {"enum": [*(each.value for each in CrawlOutcome), None]},
        **dict.fromkeys((*_COUNTED, *_COUNTED_TOO), _COUNT),
        "errors": {"type": "array", "items": _record({"url": _TEXT, "reason": _TEXT})},
        "requests": _COUNT,
        "bytes": _COUNT,
        "started_at": _TIME,
        "finished_at": _MAYBE_TIME,
    }
)
_PAGING = {"limit": _COUNT, "offset": _COUNT}
_ASKED_OF_CHANGES = {
    "source": _TEXT,
    "kind": _one_of(ChangeKind),
    "significance": _one_of(Significance),
    "since": _TEXT,
    "until": _TEXT,
    "baseline": {"type": "boolean", "default": False},
}


def document(base: str) -> dict[str, Any]:
    """Return the document: every path, what it can be asked, what it answers.

    `base` is the path that stands before them.
    """
    letters = {"source": _TEXT, "search": _TEXT, "status": _one_of(Status)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "fuhan", "version": version("fuhan")},
        "servers": [{"url": base or "/"}],
        "paths": {
            "/api/letters": _list("Letter", letters | _PAGING),
            "/api/letters/{id}": _single("Letter"),
            "/api/changes": _list("Change", _ASKED_OF_CHANGES | _PAGING),
            "/api/changes/{id}": _single("Change"),
            "/api/crawls": _list("Crawl", {"source": _TEXT} | _PAGING),
        },
        "components": {
            "schemas": {"Letter": _LETTER, "Change": _CHANGE, "Edit": _EDIT, "Crawl": _CRAWL},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _list(name: str, asked: dict[str, Any]) -> dict[str, Any]:
    parameters = [{"name": each, "in": "query", "schema": kind} for each, kind in asked.items()]
    answer = _answer({"type": "array", "items": _ref(name)})
    return {
        "get": {
            "parameters": parameters,
            "responses": {"200": answer, "400": _REFUSED, "503": _REFUSED},
        }
    }


def _single(name: str) -> dict[str, Any]:
    parameters = [{"name": "id", "in": "path", "required": True, "schema": _COUNT}]
    answers = {"200": _answer(_ref(name)), "404": _REFUSED, "503": _REFUSED}
    return {"get": {"parameters": parameters, "responses": answers}}


def _answer(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "as asked", "content": {"application/json": {"schema": schema}}}


_REFUSED = _answer(_record({"error": _TEXT})) | {"description": "why not, in one line"}
