import gc
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Fuhan = Callable[..., Any]  # the command line, as a shell would call it


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.usefixtures("held")
def test_an_export_is_a_file_for_each_kind_of_row(fuhan: Fuhan, folder: Path) -> None:
    told = fuhan("export", "-o", "out/new")
    assert told.out.splitlines() == [
        f"out/new/{name}.jsonl" for name in ("letters", "changes", "crawls", "versions", "ledger")
    ]
    assert len(rows((folder / "out/new/letters.jsonl").read_text("utf-8"))) == 2
    fuhan("export", "-o", "out", "--format", "csv")
    assert (folder / "out/changes.csv").read_text("utf-8").count("\n") == 2


# warcio leaves its temporary files to the garbage collector
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("held")
def test_pages_as_served_are_exported_to_a_warc(fuhan: Fuhan, folder: Path) -> None:
    assert fuhan("export", "-o", "out", "--format", "warc").code == 0
    assert (folder / "out/pages.warc.gz").stat().st_size > 100
    gc.collect()


@pytest.mark.sqlite("PostgreSQL has pg_dump")
def test_a_backup_is_a_copy_that_replaces_nothing(fuhan: Fuhan, folder: Path, held: Path) -> None:
    assert fuhan("backup", "copy.db").code == 0
    assert fuhan("backup", "copy.db").code == 1
    held.write_bytes((folder / "copy.db").read_bytes())
    assert len(rows(fuhan("letters").out)) == 2


def test_there_is_no_backup_of_nothing(fuhan: Fuhan, folder: Path) -> None:
    assert fuhan("backup", "copy.db").code == 2
    assert not (folder / "copy.db").exists()
