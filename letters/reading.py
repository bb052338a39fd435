"""Reads a printed page as a letter: every field once, what can't be read stays None."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import Any

from letters.contacts import read_contact_labels
from letters.dates import read_signed_on
from letters.found import Found
from letters.headings import as_block
from letters.labels import RECORD_LABELS, TEXT_LABELS, Label, find_labels
from letters.letter import Block, BlockKind, FieldSpan, Form, Kind, Letter
from letters.names import split_bodies
from letters.opening import read_opening
from letters.printed import Line, Printed
from letters.signoff import read_signoff
from letters.text import squashed
from letters.titles import TitleParts, is_summary, read_title
from letters.urls import url_dated_on

SHORTEST_TEXT = 60  # code points; with an attachment, less than this only points to the file

_DOC_NUMBER = re.compile(r"[一-龥]{2,15} ?[〔［\[（(【]\d{4}[〕］\]）)】] ?第?\d+号")
_NUMBER_LINE = re.compile(r"第?(?P<number>\d[\d-]*)号(?:提案|建议|议案)")
_CLASS = re.compile(r"[（(]?(?P<letter>[A-DＡ-Ｄ甲乙丙丁])[）)]?类?")


def read_letter(page: Printed, kind: Kind) -> Letter:
    """Return the letter that `page` prints."""
    texts = ["" if line.kind is BlockKind.TABLE else line.text for line in page.lines]
    title = read_title(page.title)
    labels = find_labels(texts)
    found = list(_record(texts, labels) if labels else _reply(texts, title))
    fields = _fields(found, title, page)
    fields["labels"] = dict(page.labels) | _labels(texts, labels)
    return Letter(
        url=page.url,
        kind=kind,
        form=_form(page, labels, found),
        title=page.title,
        published_on=page.published_on,
        url_dated_on=url_dated_on(page.url),
        attachments=page.attachments,
        body=tuple(_blocks(page.lines, found)),
        **fields,
    )


def _reply(texts: list[str], title: TitleParts) -> Iterable[Found]:
    yield from read_opening(texts)
    yield from read_signoff(texts, title.agency)
    head = [(index, text) for index, text in enumerate(texts[:4])]
    for index, text in head:
        if found := _DOC_NUMBER.fullmatch(text):
            yield Found("doc_number", squashed(text), index, *found.span())
        elif grade := _CLASS.fullmatch(text):
            yield Found("result_class", grade["letter"], index, *grade.span("letter"))


def _record(texts: list[str], labels: list[Label]) -> Iterable[Found]:
    for label in labels:
        name = RECORD_LABELS.get(label.name)
        text = texts[label.block][label.start : label.end]
        if name and text:
            yield Found(name, _value(name, text), label.block, label.start, label.end)
    for index, text in enumerate(texts[: labels[0].block]):
        if number := _NUMBER_LINE.fullmatch(text):
            yield Found("number", number["number"], index, *number.span("number"))
    yield from read_signoff(texts)


def _value(name: str, text: str) -> str | tuple[str, ...]:
    if name == "co_handlers":
        return split_bodies(text)
    if name == "number":
        return text.removeprefix("第").removesuffix("号")
    if name == "result_class" and (grade := _CLASS.fullmatch(text)):
        return grade["letter"]
    return text


def _fields(found: list[Found], title: TitleParts, page: Printed) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for each in found:
        fields.setdefault(each.field, each.value)
    handlers = (each.value for each in found if each.field == "co_handlers")
    fields["co_handlers"] = tuple(dict.fromkeys(chain.from_iterable(handlers)))
    for name in ("number", "session"):  # the title says these first; the opening may err
        fields[name] = getattr(title, name) or fields.get(name)
    for name in ("agency", "subject"):
        fields[name] = fields.get(name) or getattr(title, name)
    for name, label in _FROM_INDEX_TABLE:
        fields[name] = fields.get(name) or page.labels.get(label)
    if raw := fields.get("signed_on_raw"):
        fields["signed_on"] = read_signed_on(raw, page.published_on)
    return fields


_FROM_INDEX_TABLE = (
    ("doc_number", "发文字号"),
    ("doc_number", "文号"),
    ("doc_number", "发文文号"),
)


def _labels(texts: list[str], labels: list[Label]) -> dict[str, str]:
    told = {label.name: texts[label.block][label.start : label.end] for label in labels}
    for label in labels:
        if label.name in TEXT_LABELS:
            rest = [told[label.name], *texts[label.block + 1 :]]
            told[label.name] = "\n".join(text for text in rest if text)
    return told or read_contact_labels(texts)


def _form(page: Printed, labels: list[Label], found: list[Found]) -> Form:
    if labels:
        return Form.RECORD
    named = [each.name for each in page.attachments]
    text = sum(len(line.text) for line in page.lines if line.text not in named)
    if page.attachments and text < SHORTEST_TEXT:
        return Form.ATTACHMENT
    saluted = any(each.field == "addressees" for each in found)
    return Form.SUMMARY if is_summary(page.title) and not saluted else Form.REPLY


def _blocks(lines: Iterable[Line], found: list[Found]) -> Iterable[Block]:
    for index, line in enumerate(lines):
        table = line.kind is BlockKind.TABLE
        block = Block(BlockKind.TABLE, line.text) if table else as_block(line.text)
        here = sorted((each.start, each.end, each.field) for each in found if each.block == index)
        yield replace(block, spans=tuple(_apart(here))) if here else block


def _apart(places: list[tuple[int, int, str]]) -> Iterable[FieldSpan]:
    """Yield the places that do not overlap the one before."""
    reached = 0
    for start, end, name in places:
        if start >= reached:
            yield FieldSpan(name, start, end)
            reached = end
