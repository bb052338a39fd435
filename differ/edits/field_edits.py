"""Edits of letter fields that no edit of the body reports: title, dates, attachments, labels.

A value that was read from the body is reported where the body's words changed, and nowhere else:
a value is often read otherwise because paragraphs were cut otherwise, which is no edit.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from differ.edits.attachment_edits import attachment_edits
from differ.edits.categorize import field_category
from differ.edits.layout import is_layout
from letters.change import Category, Edit, Op
from letters.fields import LETTER_FIELDS, EditPlace, ValueKind
from letters.letter import Letter
from letters.record_labels import RECORD_LABELS
from letters.text import squashed


def _names(place: EditPlace, *kinds: ValueKind) -> tuple[str, ...]:
    fields = (each for each in LETTER_FIELDS if each.edits is place and each.value in kinds)
    return tuple(each.name for each in fields)


_BEFORE_BODY = _names(EditPlace.ABOVE_BODY, ValueKind.TEXT, ValueKind.DATE)
_SCALARS = _names(EditPlace.BELOW_BODY, ValueKind.TEXT, ValueKind.DATE)
_LISTS = _names(EditPlace.BELOW_BODY, ValueKind.NAMES)
_BY_LABEL = (
    ("电话|邮编|邮政编码|地址|联系", Category.CONTACT),
    ("时间|日期", Category.DATE),
    ("人|委员|代表", Category.NAME),
    ("单位|部门|机构|机关", Category.ORGANISATION),
    ("标题|案由|题目|名称|文号|字号|编号|案号", Category.TITLE),
)
_DOC_NUMBERS = dict.fromkeys(("文号", "发文文号"), "doc_number")


def edits_before_body(old: Letter, new: Letter) -> Iterator[Edit]:
    """Yield the edits of what is above the body: title, page date, attachments."""
    for name in _BEFORE_BODY:
        yield from _value_edit(name, getattr(old, name), getattr(new, name))
    yield from attachment_edits(old, new)


def value_edits(old: Letter, new: Letter, reported: frozenset[str]) -> Iterator[Edit]:
    """Yield the edits of values outside the body, but of fields that are `reported` already."""
    for name in (*_LISTS, *_SCALARS):
        one, other = getattr(old, name), getattr(new, name)
        if one == other or name in reported or (name == "signed_on" and _is_derived(old, new)):
            continue
        if not (_is_outside_body(name, new, old) or _is_outside_body(name, old, new)):
            continue
        yield from (
            _list_edits(name, one, other) if name in _LISTS else _value_edit(name, one, other)
        )


def label_edits(old: Letter, new: Letter, reported: frozenset[str]) -> Iterator[Edit]:
    """Yield the edits of labelled values that neither the body nor a field reports."""
    if old.labels == new.labels:
        return
    bodies = [squashed(letter.wording()).replace(":", "：") for letter in (old, new)]
    for label in dict.fromkeys((*old.labels, *new.labels)):
        one, other = (letter.labels.get(label) for letter in (old, new))
        if squashed(one or "") == squashed(other or "") or _is_reported(label, old, new, reported):
            continue
        if not any(
            value and _is_labelled(label, value, body)
            for value, body in zip((one, other), bodies, strict=True)
        ):
            yield from _value_edit("labels", one, other, context=label)


def _is_labelled(label: str, value: str, body: str) -> bool:
    """Return whether the squashed `body` prints the label with its value, in a cell or behind it.

    Else it is of an index table beside the body.
    """
    first, *rest = (squashed(line).replace(":", "：") for line in value.split("\n"))
    is_printed = any(f"{squashed(label)}{mark}{first}" in body for mark in ("：", ""))
    return is_printed and all(line in body for line in rest)


def _is_reported(label: str, old: Letter, new: Letter, reported: frozenset[str]) -> bool:
    """Return whether a field that is reported already has the label's value."""
    if (RECORD_LABELS.get(label) or _DOC_NUMBERS.get(label)) in reported:
        return True
    return any(
        all(letter.labels.get(label) == _shown(getattr(letter, name)) for letter in (old, new))
        for name in (*_BEFORE_BODY, *_SCALARS)
        if name in reported
    )


def _is_derived(old: Letter, new: Letter) -> bool:
    """Return whether the day of signature follows from what is printed."""
    return old.published_on != new.published_on or bool(old.signed_on_raw or new.signed_on_raw)


def _is_outside_body(name: str, letter: Letter, other: Letter) -> bool:
    """Return whether the value is outside `letter`'s body and nowhere in `other`."""
    value = getattr(letter, name)
    if not value or any(span.field == name for block in letter.body for span in block.spans):
        return False
    words = [squashed(each) for each in _words(value)]
    own = squashed(f"{letter.title}\n{letter.wording()}")
    others = squashed("\n".join((other.title, other.wording(), *other.labels.values())))
    return not any(all(word in text for word in words) for text in (own, others))


def _words(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (_shown(value) or "",)


def _shown(value: str | date | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def _operation(old: str | None, new: str | None) -> Op:
    if old is None:
        return Op.INSERT
    return Op.DELETE if new is None else Op.REPLACE


def _value_edit(
    name: str, old: str | date | None, new: str | date | None, context: str | None = None
) -> Iterator[Edit]:
    one, other = _shown(old) or None, _shown(new) or None
    if one == other:
        return
    kind = field_category(name) if context is None else _label_category(context)
    if one and other and is_layout(one, other):
        kind = Category.PUNCTUATION
    shown = f"{context}：{other or one}" if context else (other or one or "")
    yield Edit(_operation(one, other), name, kind, one, other, context=shown)


def _label_category(label: str) -> Category:
    kinds = (kind for words, kind in _BY_LABEL if any(word in label for word in words.split("|")))
    return next(kinds, Category.WORDING)


def _list_edits(name: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Edit]:
    gone = [each for each in old if each not in new]
    come = [each for each in new if each not in old]
    for at in range(max(len(gone), len(come))):
        one, other = (dict(enumerate(each)).get(at) for each in (gone, come))
        yield from _value_edit(name, one, other)
    if not gone and not come:
        yield from _value_edit(name, "、".join(old), "、".join(new))
