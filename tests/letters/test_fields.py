"""What must be written beside the table of letter fields says the same as the table."""

import ast
import re
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from letters.change import Category
from letters.fields import LETTER_FIELDS, LetterField, Trait, ValueKind, names_with
from letters.letter import Attachment, Block, Form, Kind, Letter
from letters.record_labels import RECORD_LABELS
from review.api_models import AttachmentModel, BlockModel, LetterModel
from storage.schema.tables import letters

ROOT = Path(__file__).parents[2]
NAMES = [each.name for each in LETTER_FIELDS]
NEVER_NONE = {"url", "title"}  # there is no letter without them
TYPES: dict[ValueKind, tuple[Any, ...]] = {  # in `Letter`, in the API
    ValueKind.TEXT: (str | None, str | None),
    ValueKind.DATE: (date | None, date | None),
    ValueKind.NAMES: (tuple[str, ...], list[str]),
    ValueKind.FILES: (tuple[Attachment, ...], list[AttachmentModel]),
    ValueKind.BLOCKS: (tuple[Block, ...], list[BlockModel]),
}
each_field = pytest.mark.parametrize("field", LETTER_FIELDS, ids=lambda field: field.name)


@pytest.mark.parametrize("word", ["name", "chinese", "english"])
def test_no_word_of_the_table_stands_twice(word: str) -> None:
    words = [getattr(each, word) for each in LETTER_FIELDS]
    assert len({*words}) == len(words)


def test_a_letter_has_the_fields_that_are_printed() -> None:
    given = [
        each.name
        for each in fields(Letter)
        if each.default is MISSING and each.default_factory is MISSING
    ]
    assert given == ["url", "kind", "form", "title"]
    printed = [each.name for each in LETTER_FIELDS if each.is_printed]
    others = [name for name in printed if name not in given]
    assert [each.name for each in fields(Letter)] == [*given, *others]


@each_field
def test_a_field_has_the_type_of_its_kind(field: LetterField) -> None:
    own, answered = get_type_hints(Letter), get_type_hints(LetterModel)
    if field.value is ValueKind.WORD:
        assert own[field.name] is answered[field.name] is {"kind": Kind, "form": Form}[field.name]
    elif field.value is ValueKind.LABELS:
        assert answered[field.name] == dict[str, str]
    else:
        types = (str, str) if field.name in NEVER_NONE else TYPES[field.value]
        assert (own.get(field.name, types[0]), answered[field.name]) == types


@each_field
def test_what_is_no_edit_has_nothing_to_be_weighed_by(field: LetterField) -> None:
    assert field.is_digested or (field.category, field.traits) == (None, Trait.NONE)


@each_field
def test_names_are_edited_as_names(field: LetterField) -> None:
    names = {Trait.PERSONS: Category.NAME, Trait.BODIES: Category.ORGANISATION}
    for trait, category in names.items():
        assert trait not in field.traits or field.category in {category, Category.CONTACT}


def test_a_label_is_read_into_a_field() -> None:
    assert {name for name in RECORD_LABELS.values() if name} <= {*NAMES}


def test_a_letter_s_row_has_what_names_its_paper() -> None:
    assert {"title", *names_with(Trait.PAPER)} <= {*letters.c.keys()}
    shown = {"title", "listed_on", "addressees", *names_with(Trait.PAPER)}
    assert {*letters.c.keys()} & {*NAMES} == shown


def test_the_contract_promises_the_fields_in_order() -> None:
    text = (ROOT / "docs" / "contract.md").read_text("utf-8")
    promised = re.findall(r"A \*\*letter\*\*: `(.*?)`", text, re.DOTALL)[0]
    keys = re.sub(r"\{.*?\}|\[.*?\]+|\s", "", promised).split(",")
    assert [key for key in keys if key in NAMES and key != "url"] == NAMES[1:]


def test_the_checker_for_strangers_counts_the_same_fields() -> None:
    tree = ast.parse((ROOT / "docs" / "check_letter.py").read_text("utf-8"))
    outside = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "OUTSIDE"
    )
    apart = {
        ValueKind.LABELS,
        ValueKind.BLOCKS,
        ValueKind.FILES,
    }  # which it counts in their own way
    printed = [each for each in LETTER_FIELDS if each.is_printed]
    assert outside == {
        each.name for each in printed if not each.is_digested or each.value in apart
    }
