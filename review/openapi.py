"""The OpenAPI document of the JSON API, made from the models of its answers."""

from functools import cache
from importlib.metadata import version
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema
from pydantic_core.core_schema import NullableSchema

from letters.change import Category, ChangeKind, Significance
from letters.letter_record import Status
from letters.review import ReviewState
from review.api_models import (
    ApiModel,
    ChangeModel,
    CrawlModel,
    EditModel,
    LetterModel,
    RefusalModel,
    public_name,
)

_REFERENCE = "#/components/schemas/{model}"
_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_NUMBER = {"type": "integer"}


def document(base: str) -> dict[str, Any]:
    """Return the document: every path, its parameters, its answers.

    `base` is the path under which a proxy serves them, or nothing.
    """
    return {
        "openapi": "3.1.0",
        "info": {"title": "fuhan", "version": version("fuhan")},
        "servers": [{"url": base or "/"}],
        "paths": {
            "/api/letters": _list(LetterModel, _LETTER_PARAMETERS),
            "/api/letters/{id}": _single(LetterModel),
            "/api/letters/{id}/versions/{number}": _single(LetterModel, "number"),
            "/api/letters/{id}/diff/{a}..{b}": _edits(),
            "/api/changes": _list(ChangeModel, _CHANGE_PARAMETERS),
            "/api/changes/{id}": _single(ChangeModel),
            "/api/crawls": _list(CrawlModel, {"source": _TEXT}),
        },
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
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
    answers: list[type[ApiModel]] = [LetterModel, ChangeModel, CrawlModel, RefusalModel]
    _, schema = models_json_schema(
        [(model, "serialization") for model in answers],
        ref_template=_REFERENCE,
        schema_generator=_ApiSchema,
    )
    definitions: dict[str, Any] = schema["$defs"]
    return definitions


def _reference(model: type) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(model=public_name(model.__name__))}


_LETTER_PARAMETERS = {"source": _TEXT, "search": _TEXT, "status": _reference(Status)}
_CHANGE_PARAMETERS = {
    "source": _TEXT,
    "letter": _COUNT,
    "kind": _reference(ChangeKind),
    "significance": _reference(Significance),
    "state": _reference(ReviewState),
    "since": _TEXT,
    "until": _TEXT,
    "baseline": {"type": "boolean", "default": False},
    "category": _reference(Category),
    "detail": _TEXT,
    "text": _TEXT,
    "tag": _TEXT,
    "after_id": _COUNT,  # changes by id then, the smallest first
}
_PAGING = {"limit": _COUNT, "cursor": _TEXT}  # a cursor is one of a Link header


def _list(model: type[ApiModel], filters: dict[str, Any]) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "query", "schema": schema}
        for name, schema in {**filters, **_PAGING}.items()
    ]
    answer = _answer({"type": "array", "items": _reference(model)})
    return {
        "get": {
            "parameters": parameters,
            "responses": {"200": answer, "400": _REFUSED, "503": _REFUSED},
        }
    }


def _single(model: type[ApiModel], *numbers: str) -> dict[str, Any]:
    return _get(_answer(_reference(model)), *numbers)


def _edits() -> dict[str, Any]:
    """Return the path of what changed between two versions of a letter."""
    return _get(_answer({"type": "array", "items": _reference(EditModel)}), "a", "b")


def _get(answer: dict[str, Any], *numbers: str) -> dict[str, Any]:
    """Return a path with an id and `numbers` of versions in it; one of an import is 0 or less."""
    schemas = {"id": _COUNT, **dict.fromkeys(numbers, _NUMBER)}
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name, schema in schemas.items()
    ]
    responses = {"200": answer, "404": _REFUSED, "503": _REFUSED}
    return {"get": {"parameters": parameters, "responses": responses}}


def _answer(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "as asked", "content": {"application/json": {"schema": schema}}}


_REFUSED = {**_answer(_reference(RefusalModel)), "description": "why not, in one line"}
