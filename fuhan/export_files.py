"""Write letters, changes and crawls as CSV or JSON lines, pages as WARC."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from fuhan.terminal.spreadsheet import write_csv
from storage import queries
from storage.database.archive import Archive
from storage.export.proof import ledger_rows, version_rows
from storage.export.warc import write_warc

Rows = Iterable[dict[str, Any]]


def export(archive: Archive, folder: Path, form: str, source: str | None = None) -> list[Path]:
    """Write the archive's content into `folder` and return the files that were written.

    `form` is csv, jsonl or warc.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with archive.reading() as connection:
        if form == "warc":
            target = folder / "pages.warc.gz"
            write_warc(connection, target, source)
            return [target]
        tables = [*_tables(connection, source)]
        if form == "jsonl":
            tables += [*_proof(connection, source)]
        write = _write_csv if form == "csv" else _write_jsonl
        return [_written(folder / f"{name}.{form}", rows, write) for name, rows in tables]


def _written(target: Path, rows: Rows, write: Callable[[Path, Rows], None]) -> Path:
    write(target, rows)
    return target


def _tables(connection: Connection, source: str | None) -> Iterator[tuple[str, Rows]]:
    letters = queries.plain_letters(connection, queries.LetterFilter(source=source))
    yield "letters", (each.as_json() for each in letters)
    changes = queries.changes(connection, queries.ChangeFilter(source=source))
    yield "changes", (each.as_json() for each in changes)
    yield "crawls", (each.as_json() for each in queries.crawls(connection, source))


def _proof(connection: Connection, source: str | None) -> Iterator[tuple[str, Rows]]:
    """Yield the tables that prove the letters, as docs/evidence.md describes."""
    yield "versions", version_rows(connection, source)
    yield "ledger", ledger_rows(connection, source)


def _write_jsonl(target: Path, rows: Rows) -> None:
    with target.open("w", encoding="utf-8", errors="surrogatepass") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _write_csv(target: Path, rows: Rows) -> None:
    # Excel reads a CSV as UTF-8 only where it begins with the byte order mark.
    with target.open("w", encoding="utf-8-sig", newline="", errors="backslashreplace") as file:
        write_csv(rows, file)
