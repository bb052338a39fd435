"""Edits of letter fields that the body does not tell: title, dates, attachments, labels.

What was read from the body is told where the body's words changed, and nowhere else: a
value is often read otherwise because paragraphs were cut otherwise, which is no edit.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from differ.edits.attachment_edits import edits_of_files
from differ.edits.categorize import of_field
from differ.edits.layout import is_layout
from letters.change import Category, Edit, Op
from letters.labels import RECORD_LABELS
from letters.letter import Letter
from letters.text import squashed

_BEFORE_BODY = ("title", "published_on")
_SCALARS = (
    *("number", "session", "subject", "agency", "doc_number", "result_class", "feedback"),
    *("signed_on_raw", "signed_on", "reviewer", "postcode", "phone", "contact"),
)
_LISTS = ("addressees", "co_handlers")
_BY_LABEL = (
    ("电话|邮编|邮政编码|地址|联系", Category.CONTACT),
    ("时间|日期", Category.DATE),
    ("人|委员|代表", Category.NAME),
    ("单位|部门|机构|机关", Category.ORGANISATION),
    ("标题|案由|题目|名称|文号|字号|编号|案号", Category.TITLE),
)
_DOC_NUMBERS = dict.fromkeys(("文号", "发文文号"), "doc_number")


def edits_before_body(old: Letter, new: Letter) -> Iterator[Edit]:
    """Yield the edits of what stands above the body: title, page date, attachments."""
    for name in _BEFORE_BODY:
        yield from _scalar(name, getattr(old, name), getattr(new, name))
    yield from edits_of_files(old.attachments, new.attachments)


def edits_of_values(old: Letter, new: Letter, told: frozenset[str]) -> Iterator[Edit]:
    """Yield the edits of values that stand outside the body; `told` are known already."""
    for name in (*_LISTS, *_SCALARS):
        one, other = getattr(old, name), getattr(new, name)
        if one == other or name in told or (name == "signed_on" and _is_derived(old, new)):
            continue
        if not (_came(name, new, old) or _came(name, old, new)):
            continue
        yield from _list(name, one, other) if name in _LISTS else _scalar(name, one, other)


def edits_of_labels(old: Letter, new: Letter, told: frozenset[str]) -> Iterator[Edit]:
    """Yield the edits of labelled values that neither the body nor a field tells."""
    if old.labels == new.labels:
        return
    bodies = [squashed(letter.wording()).replace(":", "：") for letter in (old, new)]
    for label in dict.fromkeys((*old.labels, *new.labels)):
        one, other = (letter.labels.get(label) for letter in (old, new))
        if squashed(one or "") == squashed(other or "") or _is_field(label, old, new, told):
            continue
        if not any(
            value and _is_labelled(label, value, body)
            for value, body in zip((one, other), bodies, strict=True)
        ):
            yield from _scalar("labels", one, other, context=label)


def _is_labelled(label: str, value: str, body: str) -> bool:
    """Tell whether the squashed `body` prints the label with its value; else it is a table's."""
    first, *rest = (squashed(line).replace(":", "：") for line in value.split("\n"))
    return f"{squashed(label)}：{first}" in body and all(line in body for line in rest)


def _is_field(label: str, old: Letter, new: Letter, told: frozenset[str]) -> bool:
    """Tell whether a field that is told already bears what the label says."""
    if (RECORD_LABELS.get(label) or _DOC_NUMBERS.get(label)) in told:
        return True
    return any(
        all(letter.labels.get(label) == _shown(getattr(letter, name)) for letter in (old, new))
        for name in (*_BEFORE_BODY, *_SCALARS)
        if name in told
    )


def _is_derived(old: Letter, new: Letter) -> bool:
    """Tell whether the day of signature follows from what is printed."""
    return old.published_on != new.published_on or bool(old.signed_on_raw or new.signed_on_raw)


def _came(name: str, letter: Letter, other: Letter) -> bool:
    """Tell whether the value stands outside `letter`'s body and nowhere in `other`."""
    value = getattr(letter, name)
    if not value or any(span.field == name for block in letter.body for span in block.spans):
        return False
    words = [squashed(each) for each in _words(value)]
    here = squashed(f"{letter.title}\n{letter.wording()}")
    there = squashed("\n".join((other.title, other.wording(), *other.labels.values())))
    return not any(all(word in text for word in words) for text in (here, there))


def _words(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (_shown(value) or "",)


def _shown(value: str | date | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def _op(old: str | None, new: str | None) -> Op:
    if old is None:
        return Op.INSERT
    return Op.DELETE if new is None else Op.REPLACE


def _scalar(
    name: str, old: str | date | None, new: str | date | None, context: str | None = None
) -> Iterator[Edit]:
    one, other = _shown(old) or None, _shown(new) or None
    if one == other:
        return
    kind = of_field(name) if context is None else _of_label(context)
    if one and other and is_layout(one, other):
        kind = Category.PUNCTUATION
    shown = f"{context}：{other or one}" if context else (other or one or "")
    yield Edit(_op(one, other), name, kind, one, other, context=shown)


def _of_label(label: str) -> Category:
    found = (kind for words, kind in _BY_LABEL if any(word in label for word in words.split("|")))
    return next(found, Category.WORDING)


def _list(name: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Edit]:
    gone = [each for each in old if each not in new]
    come = [each for each in new if each not in old]
    for at in range(max(len(gone), len(come))):
        one, other = (dict(enumerate(each)).get(at) for each in (gone, come))
        yield from _scalar(name, one, other)
    if not gone and not come:
        yield from _scalar(name, "、".join(old), "、".join(new))
