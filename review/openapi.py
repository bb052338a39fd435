"""The OpenAPI document of the JSON API and the feed, made from the models of their answers."""

from functools import cache
from importlib.metadata import version
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema
from pydantic_core.core_schema import NullableSchema

from review.api_models import (
    AlarmModel,
    ApiModel,
    ChangeModel,
    CrawlModel,
    EditModel,
    LetterModel,
    RefusalModel,
    SourceModel,
    public_name,
)
from review.atom import TYPE as ATOM_TYPE
from review.openapi_parameters import (
    ALARMS,
    CHANGES,
    CRAWLS,
    FEED,
    IF_NONE_MATCH,
    LETTERS,
    SOURCES,
    in_path,
    in_query,
    reference,
)


def document(base: str, *, has_tokens: bool) -> dict[str, Any]:
    """Return the document: every path, its parameters, its answers.

    `base` is the path under which a proxy serves them, or nothing; `has_tokens` is whether a token
    is asked for.
    """
    token = {"token": {"type": "http", "scheme": "bearer"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "fuhan", "version": version("fuhan")},
        "servers": [{"url": base or "/"}],
        "paths": _paths(),
        "components": {
            "schemas": _schemas(),
            "headers": {name: {"schema": schema} for name, schema in _HEADERS.items()},
            "responses": {name: _refusal(*each) for name, each in _REFUSALS.items()},
            **({"securitySchemes": token} if has_tokens else {}),
        },
        "security": [{"token": []}] if has_tokens else [],
    }


def _paths() -> dict[str, Any]:
    versions, diff = ("number",), ("a", "b")
    at = "/api/letters/{id}"
    return {
        "/api/letters": _list("letters, those listed last first", LetterModel, LETTERS),
        at: _single("one letter", LetterModel),
        f"{at}/versions/{{number}}": _single(
            "a letter as a version had it", LetterModel, versions
        ),
        f"{at}/diff/{{a}}..{{b}}": _get(
            "the edits between two versions",
            in_path(*diff),
            _answer(_json(_array(EditModel))),
            "404",
        ),
        "/api/changes": _list("changes, the newest first", ChangeModel, CHANGES),
        "/api/changes/{id}": _single("one change", ChangeModel),
        "/api/crawls": _list("crawls, the newest first", CrawlModel, CRAWLS),
        "/api/alarms": _list("alarms, those that began last first", AlarmModel, ALARMS),
        "/api/sources": _list(
            "sources, those of the configuration's file first", SourceModel, SOURCES
        ),
        "/api/openapi.json": _get(
            "this document", IF_NONE_MATCH, _answer(_json({"type": "object"}))
        ),
        "/feed.atom": _feed(),
    }


class _ApiSchema(GenerateJsonSchema):
    """JSON Schema as OpenAPI 3.1 has it, short enough to be read."""

    def normalize_name(self, name: str) -> str:
        return public_name(super().normalize_name(name))

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Return False: the key says as much as a title made from it."""
        del schema
        return False

    def nullable_schema(self, schema: NullableSchema) -> dict[str, Any]:
        """Return `type: [string, null]` where a plain type may be null."""
        inner = self.generate_inner(schema["schema"])
        if "type" in inner:
            return {**inner, "type": [inner["type"], "null"]}
        return super().nullable_schema(schema)


@cache
def _schemas() -> dict[str, Any]:
    answers: list[type[ApiModel]] = [
        LetterModel,
        ChangeModel,
        CrawlModel,
        AlarmModel,
        SourceModel,
        RefusalModel,
    ]
    _, schema = models_json_schema(
        [(model, "serialization") for model in answers],
        ref_template="#/components/schemas/{model}",
        schema_generator=_ApiSchema,
    )
    definitions: dict[str, Any] = schema["$defs"]
    return definitions


_OPAQUE = {"type": "string"}
_HEADERS: dict[str, dict[str, Any]] = {
    "Cache-Control": _OPAQUE,
    "ETag": {"type": "string", "pattern": '^W/"[0-9a-f]{32}"$'},
    "Last-Modified": _OPAQUE,
    "Link": {**_OPAQUE, "description": "first, prev, next, last (RFC 8288)"},
    "Retry-After": {"type": "integer", "minimum": 0, "description": "seconds"},
    "WWW-Authenticate": {"const": "Bearer"},
    "X-Total-Count": {"type": "integer", "minimum": 0, "description": "rows of the list"},
}
# What each refusal says, and its headers.
_REFUSALS: dict[str, tuple[str, ...]] = {
    "400": ("what is asked can't be meant",),
    "401": ("a token is asked for", "WWW-Authenticate"),
    "404": ("it is not known",),
    "429": ("too many wrong tokens were tried", "Retry-After"),
    "503": ("the database can't be read, or changes are being recorded", "Retry-After"),
}


def _list(summary: str, model: type[ApiModel], parameters: dict[str, Any]) -> dict[str, Any]:
    answer = _answer(_json(_array(model)), "Link", "X-Total-Count")
    return _get(summary, in_query(parameters), answer, "400")


def _single(summary: str, model: type[ApiModel], versions: tuple[str, ...] = ()) -> dict[str, Any]:
    return _get(summary, in_path(*versions), _answer(_json(_model(model))), "404")


def _get(
    summary: str, parameters: list[dict[str, Any]], answer: dict[str, Any], *refusals: str
) -> dict[str, Any]:
    """Return a path that is read; any may be refused for its token, its host or the database."""
    statuses = sorted({"401", "429", "503", *refusals})
    refused = {each: {"$ref": f"#/components/responses/{each}"} for each in statuses}
    responses = {"200": answer, "304": _UNCHANGED, **refused, **_ALSO_REFUSED}
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def _feed() -> dict[str, Any]:
    """Return the path of the feed, which says to people why it refuses something."""
    page, line = _content("text/html"), _content("text/plain")
    answer = _answer(_content(ATOM_TYPE), "Last-Modified")
    path = _get("changes that were announced, as Atom (RFC 4287)", in_query(FEED), answer)
    contents = {"400": page, "401": line, "429": line, "503": page}
    refused = {each: _refusal(*_REFUSALS[each], content=contents[each]) for each in contents}
    path["get"]["responses"].update(refused)
    return path


def _model(model: type[ApiModel]) -> dict[str, str]:
    return reference(public_name(model.__name__))


def _array(model: type[ApiModel]) -> dict[str, Any]:
    return {"type": "array", "items": _model(model)}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _content(media_type: str) -> dict[str, Any]:
    return {media_type: {"schema": {"type": "string"}}}


def _answer(content: dict[str, Any], *headers: str) -> dict[str, Any]:
    named = {name: _header(name) for name in ("ETag", "Cache-Control", *headers)}
    return {"description": "as asked", "headers": named, "content": content}


def _header(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/headers/{name}"}


def _refusal(
    description: str, *headers: str, content: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "description": description,
        "headers": {name: _header(name) for name in headers},
        "content": content or _json(_model(RefusalModel)),
    }


_UNCHANGED = {"description": "as the client has it", "headers": {"ETag": _header("ETag")}}
_ALSO_REFUSED = {
    "414": {"description": "the path is too long", "content": _content("text/plain")},
    "421": {"description": "another host is asked for", "content": _content("text/plain")},
}
