"""Show one letter, by its newest version or an older one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from html import escape
from typing import Annotated

import typer
from rich.cells import cell_len
from sqlalchemy import Connection

from differ.compare import compare
from fuhan.command import command
from fuhan.commands.changes import edits_summary
from fuhan.commands.options import LetterArgument
from fuhan.context import CommandContext
from fuhan.errors import UnknownError
from fuhan.lookup import find_letter_id
from fuhan.terminal.language import in_brackets, said, term
from fuhan.terminal.streams import write_json, write_line
from letters.fields import LETTER_FIELDS, Shown, Trait, names_with
from letters.letter import Attachment, Block, BlockKind
from letters.letter_record import LetterRecord, Version
from storage import queries


class View(StrEnum):
    """How a letter is shown."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


_Number = Annotated[
    int | None,
    typer.Option("--version", metavar="N", help="As version N had it.", show_default=False),
]
_View = Annotated[View, typer.Option("--format", help="How it is shown.")]

_PAPER = names_with(Trait.PAPER)  # what is answered comes before who is answered
_FACTS = [each.name for each in LETTER_FIELDS if each.shown is Shown.FACT]
_TERMED = ("status", "form")  # fields of which a value has words of its own
_FIELDS = ["status", "url", *_PAPER, *(name for name in _FACTS if name not in _PAPER)]


@command("fuhan show cqfgw-proposals/0501 --version 1")
def show(
    context: CommandContext,
    letter: LetterArgument,
    *,
    version: _Number = None,
    as_format: _View = View.TEXT,
) -> None:
    """Show one letter: its fields and its text."""
    with context.archive() as (_, archive), archive.reading() as connection:
        record = recorded_letter(connection, find_letter_id(connection, letter), version)
        shown = queries.version(connection, record.id, record.version)
        marks = dict(_marks(connection, record, shown))
    if as_format is View.JSON:
        write_json(record.as_json() | {"cause": shown and shown.cause.value})
    elif as_format is View.HTML:
        write_line(_html(record, marks))
    else:
        write_line(_text(record, marks))


def _marks(
    connection: Connection, record: LetterRecord, version: Version | None
) -> Iterator[tuple[str, str]]:
    """Yield by name what a reader should know and the page doesn't say."""
    if version and (file := queries.imported_file(connection, version)):
        yield said("cause"), said(f"import of {file.name}, sha256 {file.sha256}")
    if days := record.letter.days_backdated:
        yield (
            said("back-dated"),
            said(f"its page was made {days} days after the date that it bears"),
        )
    for twin in record.twins:
        if other := queries.letter(connection, twin):
            edits = edits_summary(compare(record.letter, other.letter)) or said("says the same")
            yield said(f"twin {twin}"), f"{other.letter.url}  {edits}"


def recorded_letter(connection: Connection, letter_id: int, number: int | None) -> LetterRecord:
    """Return a letter as its newest version has it, or as version `number` had it.

    Raises UnknownError when there is no such version.
    """
    record = queries.letter(connection, letter_id)
    if record is None:
        raise UnknownError(f"letter {letter_id} is not known")
    if number is None:
        return record
    version = queries.version(connection, letter_id, number)
    if version is None:
        numbers = [each.number for each in queries.versions(connection, letter_id)]
        raise UnknownError(
            f"letter {letter_id} has no version {number}, only {numbers[0]} to {numbers[-1]}"
        )
    return replace(record, letter=version.letter, version=number)


def _fields(record: LetterRecord) -> dict[str, str]:
    """Return the fields that are not empty, as one line each."""
    fields = record.as_json()
    values = {name: fields[name] for name in _FIELDS if fields[name]}
    letter = record.letter
    named = {said(name): _shown(name, value) for name, value in values.items()}
    named |= {said(f"label {label}"): text for label, text in letter.labels.items()}
    named |= {said(f"attachment {each.name}"): _place(each) for each in letter.attachments}
    return named | {
        said("version"): said(f"{record.version} of {record.versions}"),
        said("digest"): fields["digest"],
    }


def _shown(name: str, value: object) -> str:
    if isinstance(value, list | tuple):
        return "、".join(value)
    return term(name, value) if isinstance(value, str) and name in _TERMED else str(value)


def _place(file: Attachment) -> str:
    state = file.as_json()["state"]
    return file.url + in_brackets(term("file", state)) if state else file.url


def _paragraph(line: str) -> Block:
    return Block(BlockKind.TABLE if "\t" in line else BlockKind.PARAGRAPH, line)


def _file_lines(file: Attachment) -> Iterator[str]:
    """Yield the text of a file, with its name and its pages; nothing where it was not read."""
    if file.text is None or not file.text.text:
        return
    yield from ("", f"— {file.name} —")
    for page in file.text.pages:
        yield from (f"— {page.label} —", *page.lines) if page.label else page.lines


def summary(record: LetterRecord) -> list[str]:
    """Return a letter's title and its fields, a line each."""
    fields = _fields(record)
    # Labels and files may have names of any length.
    width = max(cell_len(said(name)) for name in (*_FIELDS, "version") if said(name) in fields)
    lines = (
        f"{name}{' ' * max(width - cell_len(name), 0)}  {value}" for name, value in fields.items()
    )
    return [record.letter.title, *lines]


def _text(record: LetterRecord, marks: Mapping[str, str]) -> str:
    title, *fields = summary(record)
    remarks = [f"{name}  {words}" for name, words in marks.items()]
    return "\n".join(
        [
            *(title, "", *fields, *remarks, ""),
            *(block.text for block in record.letter.body),
            *(line for file in record.letter.attachments for line in _file_lines(file)),
        ]
    )


def _html(record: LetterRecord, marks: Mapping[str, str]) -> str:
    title = escape(record.letter.title)
    fields = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>\n"
        for name, value in (*_fields(record).items(), *marks.items())
    )
    files = (line for file in record.letter.attachments for line in _file_lines(file))
    lines = map(_html_block, (*record.letter.body, *map(_paragraph, filter(None, files))))
    body = "\n".join(lines)
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<article>\n<h1>{title}</h1>\n<dl>\n{fields}</dl>\n{body}\n</article>\n</html>"
    )


def _html_block(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        level = min((block.level or 1) + 1, 6)  # the title is the only <h1>
        return f"<h{level}>{escape(block.text)}</h{level}>"
    if block.kind is BlockKind.TABLE:
        rows = (row.split("\t") for row in escape(block.text).split("\n"))
        cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    return f"<p>{escape(block.text)}</p>"
