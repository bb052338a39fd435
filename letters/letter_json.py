"""A letter as plain values that JSON can hold, as archives keep it, and back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from letters.fields import LETTER_FIELDS, ValueKind
from letters.letter import (
    Attachment,
    Block,
    BlockKind,
    FieldSpan,
    FileState,
    Form,
    Kind,
    Letter,
    as_kept,
    plain_value,
)

# Enum's own look-up takes three times as long, and a letter has a hundred blocks.
_BLOCK_KINDS = {kind.value: kind for kind in BlockKind}
_VALUE_KINDS = {each.name: each.value for each in LETTER_FIELDS}


def letter_to_json(letter: Letter) -> dict[str, Any]:
    """Return `letter` as archives keep it: plain values for `letter_from_json`."""
    return as_kept(letter_values(letter))


def letter_values(letter: Letter) -> dict[str, Any]:
    """Return each field of `letter` as a plain value that JSON can hold, spans included."""
    values = {name: plain_value(getattr(letter, name)) for name in Letter.__dataclass_fields__}
    values["labels"] = dict(letter.labels)
    values["attachments"] = [_attachment_to_json(each) for each in letter.attachments]
    values["body"] = [_block_to_json(block) for block in letter.body]
    return values


def _attachment_to_json(file: Attachment) -> dict[str, Any]:
    return {
        name: getattr(file, name) for name in Attachment.__dataclass_fields__ if name != "text"
    }


def letter_from_json(plain: Mapping[str, Any]) -> Letter:
    """Return the letter of which `letter_to_json` made plain values."""
    values = {name: _from_plain(_VALUE_KINDS.get(name), value) for name, value in plain.items()}
    return Letter(**values | {"kind": Kind(plain["kind"]), "form": Form(plain["form"])})


def _from_plain(kind: ValueKind | None, plain: Any) -> Any:
    match kind:
        case ValueKind.DATE:
            return date.fromisoformat(plain) if plain else None
        case ValueKind.NAMES:
            return tuple(plain)
        case ValueKind.FILES:
            return attachments_from_json(plain)
        case ValueKind.BLOCKS:
            return tuple(map(_block_from_json, plain))
        case _:
            return plain


def attachments_from_json(plain: Iterable[Mapping[str, Any]]) -> tuple[Attachment, ...]:
    """Return the attachments of which `letter_to_json` made plain values."""
    return tuple(map(_attachment, plain))


def _attachment(plain: Mapping[str, Any]) -> Attachment:
    state = plain.get("state")
    return Attachment(**{**plain, "state": FileState(state) if state else None})


def _block_to_json(block: Block) -> dict[str, Any]:
    plain: dict[str, Any] = {"kind": block.kind.value, "level": block.level, "text": block.text}
    if block.spans:
        plain["spans"] = [[span.field, span.start, span.end] for span in block.spans]
    return plain


def _block_from_json(plain: Mapping[str, Any]) -> Block:
    spans = plain.get("spans", ())
    spans = tuple(FieldSpan(*span) for span in spans) if spans else ()
    return Block(_BLOCK_KINDS[plain["kind"]], plain["text"], plain["level"], spans)
