"""Which edits a change has, as terms of SQL: edits are JSON, a list of objects."""

from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    FromClause,
    Text,
    cast,
    column,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from storage.schema.fact_tables import PARSED_JSON, reviews
from storage.schema.tables import changes, letters

# Only a to z are found in either case, as in SQLite, whatever the locale of the server.
_IN_ANY_LOCALE = Text().with_variant(Text(collation="C"), "postgresql")


class _Elements(GenericFunction[Any]):
    """The elements of a list in JSON, one a row."""

    name = "json_each"
    inherit_cache = True
    on_server = "jsonb_array_elements"


class _TextElements(_Elements):
    """The same, of a list of texts."""

    name = "json_each_text"
    inherit_cache = True
    on_server = "jsonb_array_elements_text"


@compiles(_Elements)
@compiles(_TextElements)
def _in_sqlite(function: _Elements, compiler: Any, **options: Any) -> str:
    return f"json_each{compiler.function_argspec(function, **options)}"


@compiles(_Elements, "postgresql")
@compiles(_TextElements, "postgresql")
def _in_postgresql(function: _Elements, compiler: Any, **options: Any) -> str:
    return f"{function.on_server}{compiler.function_argspec(function, **options)}"


def edits_of(of: ColumnElement[Any]) -> FromClause:
    """Return the edits in a column, each as the JSON of a row's `value`."""
    return _Elements(of).table_valued(column("value", PARSED_JSON), name="edit")


def has_edit(category: str | None, detail: str | None) -> ColumnElement[bool]:
    """Return the term that one edit of a change has both; None: any."""
    edit = edits_of(changes.c.edits)
    wanted = {"category": category, "detail": detail}
    terms = [
        edit.c.value[name].as_string() == value
        for name, value in wanted.items()
        if value is not None
    ]
    return exists(select(1).select_from(edit).where(*terms))


def says(text: str) -> ColumnElement[bool]:
    """Return the term that an edit of a change, or its letter's title or subject, has `text`."""
    edit = edits_of(changes.c.edits)
    words = [edit.c.value[name].as_string() for name in ("old", "new", "context")]
    in_edit = select(1).select_from(edit).where(or_(*(_contains(each, text) for each in words)))
    names = (letters.c.title, letters.c.subject, letters.c.number)
    # No EXISTS, for which PostgreSQL may read all letters once rather than one for each change.
    in_name = select(or_(*(_contains(each, text) for each in names))).where(
        letters.c.id == changes.c.letter_id
    )
    return or_(exists(in_edit), in_name.correlate(changes).scalar_subquery())


def is_tagged(tag: str) -> ColumnElement[bool]:
    """Return the term that the decision in force on a change has a tag."""
    in_force = reviews.alias("tagged")
    # PostgreSQL refuses the elements of JSON's null, which a decision without tags is kept with.
    tags = func.nullif(in_force.c.tags, literal(JSON.NULL, PARSED_JSON))
    each = _TextElements(tags).table_valued("value", name="tag")
    tagged = select(1).select_from(in_force).join(each, each.c.value == tag)
    return exists(tagged.where(in_force.c.id == changes.c.review_id))


def _contains(words: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    return cast(words, _IN_ANY_LOCALE).icontains(text, autoescape=True)
