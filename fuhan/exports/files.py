"""Write letters, changes and crawls as rows of each format, pages as WARC."""

import json
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from fuhan.errors import UsageError, naming
from fuhan.exports.edit_rows import edit_rows
from fuhan.exports.workbook import write_workbook
from fuhan.terminal.spreadsheet import write_csv
from storage import queries
from storage.database.archive import Archive
from storage.export.proof import ledger_rows, version_rows
from storage.export.warc import write_warc
from storage.queries import ChangeFilter

Rows = Iterable[dict[str, Any]]
Write = Callable[[Path, Rows], None]


def export_files(
    archive: Archive, folder: Path, form: str, wanted: ChangeFilter, zone: ZoneInfo
) -> list[Path]:
    """Write the archive's content into `folder` and return the files that were written.

    `form` is csv, jsonl, parquet, xlsx or warc. Of changes those `wanted` are written; moments
    of a workbook are on the clock of `zone`. Raises UsageError where a library is missing.
    """
    write = _writer(form, zone)
    folder.mkdir(parents=True, exist_ok=True)
    with archive.reading() as connection:
        if write is None:
            target = folder / "pages.warc.gz"
            with naming(target):
                write_warc(connection, target)
            return [target]
        tables = _tables(connection, form, wanted)
        return [_written(folder / f"{name}.{form}", rows, write) for name, rows in tables]


def _writer(form: str, zone: ZoneInfo) -> Write | None:
    """Return what writes rows in a format; None: it has no rows."""
    if form == "xlsx":
        return lambda target, rows: write_workbook(rows, target, zone)
    if form == "parquet":
        return _parquet_writer()
    return {"csv": _write_csv, "jsonl": _write_jsonl}.get(form)


def _written(target: Path, rows: Rows, write: Write) -> Path:
    with naming(target):
        write(target, rows)
    return target


def _tables(connection: Connection, form: str, wanted: ChangeFilter) -> Iterator[tuple[str, Rows]]:
    """Yield name and rows of each table that a format has."""
    if form != "xlsx":
        letters = queries.plain_letters(connection, queries.LetterFilter())
        yield "letters", (each.as_json() for each in letters)
        changes = queries.changes(connection, wanted)
        yield "changes", (each.as_json() for each in changes)
        yield "crawls", (each.as_json() for each in queries.crawls(connection))
    if form in {"xlsx", "parquet"}:
        yield "edits", edit_rows(queries.changes(connection, wanted))
    if form == "jsonl":  # what proves the letters, as docs/evidence.md describes
        yield "versions", version_rows(connection)
        yield "ledger", ledger_rows(connection)


def _parquet_writer() -> Write:
    try:
        parquet = import_module("fuhan.exports.parquet")
    except ModuleNotFoundError as error:
        missing = f"--format parquet: {error.name} is not installed"
        raise UsageError(f"{missing}: pip install 'fuhan[parquet]'") from None
    write: Write = parquet.write_parquet
    return write


def _write_jsonl(target: Path, rows: Rows) -> None:
    with target.open("w", encoding="utf-8", errors="surrogatepass") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _write_csv(target: Path, rows: Rows) -> None:
    # Excel reads a CSV as UTF-8 only where it begins with the byte order mark.
    with target.open("w", encoding="utf-8-sig", newline="", errors="backslashreplace") as file:
        write_csv(rows, file)
