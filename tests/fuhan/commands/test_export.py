import gc
import json
import sys
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


@pytest.mark.parametrize(
    ("form", "files"),
    [
        ("xlsx", ["edits"]),
        ("parquet", ["letters", "changes", "crawls", "edits"]),
        ("csv", ["letters", "changes", "crawls"]),
    ],
)
@pytest.mark.usefixtures("held")
def test_each_format_has_its_files(fuhan: Fuhan, form: str, files: list[str]) -> None:
    told = fuhan("export", "-o", "out", "--format", form)
    assert told.out.splitlines() == [f"out/{name}.{form}" for name in files]


@pytest.mark.parametrize(("state", "count"), [("open", 0), ("accepted", 1), ("dismissed", 0)])
@pytest.mark.usefixtures("held")
def test_an_export_may_have_only_what_was_decided_so(
    fuhan: Fuhan, folder: Path, state: str, count: int
) -> None:
    fuhan("review", "1", "--state", "accepted", "--note", "问过")
    fuhan("export", "-o", "out", "--state", state)
    changes = rows((folder / "out/changes.jsonl").read_text("utf-8"))
    assert [(each["state"], each["note"]) for each in changes] == [("accepted", "问过")] * count
    assert len(rows((folder / "out/letters.jsonl").read_text("utf-8"))) == 2


@pytest.mark.usefixtures("held")
def test_nobody_decides_on_pages(fuhan: Fuhan, folder: Path) -> None:
    told = fuhan("export", "-o", "out", "--format", "warc", "--state", "open")
    assert (told.code, told.out) == (2, "")
    assert not (folder / "out").exists()


@pytest.mark.usefixtures("held")
def test_a_format_that_needs_a_library_says_how_to_install_it(
    fuhan: Fuhan, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "fuhan.exports.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    told = fuhan("export", "-o", "out", "--format", "parquet")
    assert told.code == 2
    assert "pip install 'fuhan[parquet]'" in told.err
    assert len(told.err.splitlines()) == 1
    assert not (folder / "out").exists()


@pytest.mark.parametrize("form", ["json", "html", "md"])
@pytest.mark.parametrize(("state", "is_listed"), [("accepted", True), ("flagged", False)])
@pytest.mark.usefixtures("held")
def test_a_report_may_have_only_what_was_decided_so(
    fuhan: Fuhan, folder: Path, form: str, state: str, *, is_listed: bool
) -> None:
    fuhan("review", "1", "--state", "accepted")
    fuhan("report", "-o", f"week.{form}", "--state", state, "--since", "7d")
    text = (folder / f"week.{form}").read_text("utf-8")
    assert ("918.4" in text) is is_listed
    assert "未见其他改动" not in text


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("words", "file"),
    [
        (["report", "-o", "out/week.html"], "out/week.html"),
        (["export", "-o", "out"], "out/letters.jsonl"),
        (["export", "-o", "out", "--format", "csv"], "out/letters.csv"),
    ],
    ids=["report", "jsonl", "csv"],
)
def test_a_full_disk_is_one_line_that_names_the_file(
    fuhan: Fuhan, folder: Path, words: list[str], file: str
) -> None:
    (folder / "out").mkdir()
    (folder / file).symlink_to("/dev/full")
    told = fuhan(*words)
    assert (told.code, told.err) == (1, f"fuhan: {file}: No space left on device\n")
