"""The texts of files: what was read in bytes that are stored, by the digest of these."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select

from letters.file_text import FilePage, FileText, TextState
from letters.letter import Attachment, Letter
from storage.database.insert import upsert
from storage.derived.among import is_among
from storage.facts.entries import FileTextEntry
from storage.schema.tables import file_texts


def store_file_text(connection: Connection, sha256: str, text: FileText) -> FileTextEntry:
    """Store the text of a file, in place of what an earlier reader read; return its entry."""
    row = {
        "sha256": sha256,
        "reader": text.reader,
        "state": text.state.value,
        "text": text.text,
        "labels": [page.label for page in text.pages],
        "pictures": text.pictures,
        "reason": text.reason,
    }
    upsert(connection, file_texts, "sha256", row)
    return FileTextEntry(sha256, text.reader, text.digest())


def file_text(connection: Connection, sha256: str) -> FileText | None:
    """Return the text of the file with these bytes; None where none was read."""
    row = connection.execute(select(file_texts).where(file_texts.c.sha256 == sha256)).first()
    return file_text_of(row) if row else None


def file_text_of(row: Row[Any]) -> FileText:
    """Return the text that a row of `file_texts` holds."""
    printed = (row.text or "").split("\f") if row.labels else []
    pages = tuple(
        FilePage(tuple(page.split("\n")) if page else (), label)
        for page, label in zip(printed, row.labels, strict=True)
    )
    return FileText(TextState(row.state), row.reader, pages, row.pictures, row.reason)


def with_file_texts(connection: Connection, letter: Letter) -> Letter:
    """Return a letter whose files have the texts that are stored of them."""
    return all_with_file_texts(connection, [letter])[0]


def all_with_file_texts(connection: Connection, letters: Sequence[Letter]) -> list[Letter]:
    """Return letters whose files have the texts that are stored of them, by one query."""
    complete = all_with_texts(connection, [letter.attachments for letter in letters])
    return [
        replace(letter, attachments=files) if files else letter
        for letter, files in zip(letters, complete, strict=True)
    ]


def all_with_texts(
    connection: Connection, files_of: Sequence[Sequence[Attachment]]
) -> list[tuple[Attachment, ...]]:
    """Return the files of several letters with the texts that are stored of them, by one query."""
    digests = {file.digest for files in files_of for file in files if file.digest}
    if not digests:
        return [tuple(files) for files in files_of]
    rows = connection.execute(
        select(file_texts).where(is_among(connection, file_texts.c.sha256, digests))
    )
    texts = {row.sha256: file_text_of(row) for row in rows}
    return [
        tuple(replace(f, text=texts.get(f.digest)) if f.digest else f for f in files)
        for files in files_of
    ]
