"""Reads a printed page as a letter: every field once, what can't be read stays None."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from letters.contact_table import as_contacts
from letters.contacts import read_contact_labels, read_contacts
from letters.dates import read_signed_on
from letters.head_table import head_labels, read_head_label, read_head_tables
from letters.headings import as_block
from letters.labels import Label, find_labels
from letters.letter import Block, BlockKind, FieldSpan, Form, Kind, Letter
from letters.marks import read_class, read_class_labels, read_marks
from letters.name_lists import split_bodies
from letters.opening import read_opening
from letters.printed_page import Line, PrintedPage
from letters.printed_value import PrintedValue
from letters.record_labels import RECORD_LABELS, TEXT_LABELS
from letters.record_lines import with_records_apart
from letters.record_list import find_letters, find_records, holds_a_list, with_sections
from letters.signers import read_red_head
from letters.signoff import read_date_and_agency, read_signoff
from letters.table_labels import find_cells
from letters.titles import TitleParts, is_summary, plain_number, read_title
from letters.urls import url_dated_on

SHORTEST_TEXT = 60  # code points; with an attachment, less than this only points to the file

_NUMBER_LINE = re.compile(r"第?(?P<number>\d[\d-]*)号(?:提案|建议|议案)")


def read_letter(page: PrintedPage, kind: Kind) -> Letter:
    """Return the letter that `page` prints."""
    page = replace(page, lines=tuple(with_records_apart(page.lines)))
    title = read_title(page.title)
    several = "、" in (title.number or "")
    opening = list(read_opening(_texts(page), answers_several=several))
    saluted = next((each.block for each in opening if each.field == "addressees"), None)
    is_titled = is_summary(page.title) or not (title.number or title.subject or opening)
    starts = find_records(page.lines, is_titled=is_titled, saluted_at=saluted)
    if not (title.number or title.subject):
        starts = starts or find_letters(_texts(page))
    if starts or (saluted is None and holds_a_list(page.lines)):
        return _summary(page, kind, title, starts)
    return _letter(page, kind, title, opening)


def _letter(
    page: PrintedPage, kind: Kind, title: TitleParts, opening: list[PrintedValue]
) -> Letter:
    texts = _texts(page)
    is_saluted = any(each.field in {"addressees", "subject"} for each in opening)
    printed = [line.text for line in page.lines]
    labels = find_labels(texts, () if is_saluted else _cells(page))
    # Labels above a salutation are a letter's; those that hold a letter are a record's.
    record = bool(labels) and not (is_saluted and not TEXT_LABELS & {each.name for each in labels})
    labelled = list(_labelled(printed, labels))
    text_begins = 0 if record else _head_end(opening)
    labelled += read_head_tables(page.lines, text_begins)
    labels += head_labels(page.lines, text_begins)
    own = _record(texts, labels) if record else _reply(page, title, opening)
    values = [*labelled, *own] if record else [*own, *labelled]
    head = TitleParts() if record else _head(values, texts)
    fields = _fields(values, title, head, page)
    fields["labels"] = dict(page.labels) | _labels(printed, texts, labels, record=record)
    form = Form.RECORD if record else _form(page, saluted=is_saluted)
    return _as_printed(page, kind, form, body=tuple(_blocks(page.lines, values)), **fields)


def _head_end(opening: Sequence[PrintedValue]) -> int:
    """Return the block that a letter's own text begins with; 0 where nothing says so."""
    return min((each.block for each in opening), default=0)


def _summary(page: PrintedPage, kind: Kind, title: TitleParts, starts: list[int]) -> Letter:
    """Return a page for many papers: what is said of one of them is no field of it."""
    values = read_date_and_agency(_texts(page))
    about = TitleParts(title.agency, title.session)
    fields = _fields(values, about, TitleParts(), page) | {"labels": dict(page.labels)}
    blocks = with_sections(list(_blocks(page.lines, values)), starts)
    return _as_printed(page, kind, Form.SUMMARY, body=tuple(blocks), **fields)


def _texts(page: PrintedPage) -> list[str]:
    """Return the text of each line; of a table none."""
    return ["" if line.kind is BlockKind.TABLE else line.text for line in page.lines]


def _as_printed(page: PrintedPage, kind: Kind, form: Form, **read: Any) -> Letter:
    return Letter(
        url=page.url,
        kind=kind,
        form=form,
        title=page.title,
        published_on=page.published_on,
        url_dated_on=url_dated_on(page.url),
        attachments=page.attachments,
        **read,
    )


def _cells(page: PrintedPage) -> list[Label]:
    """Return the labels in tables, of a page that is no letter and no summary."""
    if is_summary(page.title):
        return []
    tables = [(n, line.text) for n, line in enumerate(page.lines) if line.kind is BlockKind.TABLE]
    return [label for n, text in tables for label in find_cells(n, text)]


def _reply(
    page: PrintedPage, title: TitleParts, opening: list[PrintedValue]
) -> Iterable[PrintedValue]:
    texts = _texts(page)
    yield from opening
    yield from read_signoff(texts, title.agency)
    tables = [(n, line.text) for n, line in enumerate(page.lines) if line.kind is BlockKind.TABLE]
    contacts = [(n, line) for n, text in tables[-1:] if (line := as_contacts(text))]
    yield from read_contacts(contacts)
    yield from read_marks(texts, min((each.block for each in opening), default=0))


def _labelled(printed: list[str], labels: list[Label]) -> Iterable[PrintedValue]:
    for label in labels:
        name = RECORD_LABELS.get(label.name)
        text = label.value(printed)
        if name and text:
            value = _value(name, text)
            yield PrintedValue(name, value, label.block, label.start, label.end)
            for index in label.further:
                yield PrintedValue(name, value, index, 0, len(printed[index]))


def _record(texts: list[str], labels: list[Label]) -> Iterable[PrintedValue]:
    for index, text in enumerate(texts[: labels[0].block]):
        if number := _NUMBER_LINE.fullmatch(text):
            yield PrintedValue("number", number["number"], index, *number.span("number"))
    yield from read_signoff(texts)


def _value(name: str, text: str) -> str | tuple[str, ...]:
    if name == "co_handlers":
        return split_bodies(text)
    if name == "number":
        return plain_number(text.removeprefix("第").removesuffix("号"))
    if name == "result_class":
        return read_class(text) or text
    return text


def _head(values: list[PrintedValue], texts: list[str]) -> TitleParts:
    """Return what the red head of a letter says, above its salutation or its opening."""
    opened = (each.block for each in values if each.field in {"addressees", "subject"})
    return read_red_head(texts[: min(opened, default=0)])


def _fields(
    values: list[PrintedValue], title: TitleParts, head: TitleParts, page: PrintedPage
) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for each in values:
        fields.setdefault(each.field, each.value)
    handlers = (each.value for each in values if each.field == "co_handlers")
    fields["co_handlers"] = tuple(dict.fromkeys(chain.from_iterable(handlers)))
    for name in ("number", "session"):  # the title says these first; the opening may err
        fields[name] = getattr(title, name) or fields.get(name)
    for name in ("agency", "subject"):
        fields[name] = fields.get(name) or getattr(title, name)
    for name in ("agency", "number", "session"):
        fields[name] = fields[name] or getattr(head, name)
    for label, printed in page.labels.items():
        for name, value in read_head_label(label, printed):
            fields[name] = fields.get(name) or value
    fields["doc_number"] = fields.get("doc_number") or page.doc_number
    fields["result_class"] = fields.get("result_class") or title.result_class
    if raw := fields.get("signed_on_raw"):
        fields["signed_on"] = read_signed_on(raw, page.published_on)
    return fields


def _labels(
    printed: list[str], texts: list[str], labels: list[Label], *, record: bool
) -> dict[str, str]:
    printed_labels = {each.name: each.value(printed) for each in labels}
    if not record:
        return printed_labels | read_class_labels(texts) | read_contact_labels(texts)
    last = labels[-1]
    if last.name in TEXT_LABELS:
        rest = [printed_labels[last.name], *texts[last.block + 1 :]]
        printed_labels[last.name] = "\n".join(text for text in rest if text)
    return printed_labels


def _form(page: PrintedPage, *, saluted: bool) -> Form:
    named = [each.name for each in page.attachments]
    text = sum(len(line.text) for line in page.lines if line.text not in named)
    if page.attachments and text < SHORTEST_TEXT:
        return Form.ATTACHMENT
    return Form.SUMMARY if is_summary(page.title) and not saluted else Form.REPLY


def _blocks(lines: Sequence[Line], values: list[PrintedValue]) -> Iterable[Block]:
    texts = ["", *(line.text for line in lines), ""]
    places: dict[int, list[tuple[int, int, str]]] = {}
    for each in values:
        places.setdefault(each.block, []).append((each.start, each.end, each.field))
    for index, line in enumerate(lines):
        table = line.kind is BlockKind.TABLE
        block = (
            Block(BlockKind.TABLE, line.text)
            if table
            else as_block(line.text, texts[index], texts[index + 2])
        )
        spans = tuple(_apart(sorted(places[index]))) if index in places else ()
        yield Block(block.kind, block.text, block.level, spans) if spans else block


def _apart(places: list[tuple[int, int, str]]) -> Iterable[FieldSpan]:
    """Yield the places that do not overlap the one before."""
    reached = 0
    for start, end, name in places:
        if start >= reached:
            yield FieldSpan(name, start, end)
            reached = end
