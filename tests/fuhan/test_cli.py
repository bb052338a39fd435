import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fuhan.cli import app

COMMANDS = sorted(each.name or "" for each in app.registered_commands)
Fuhan = Callable[..., Any]  # the command line, as a shell would call it


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_an_example_of_its_own(fuhan: Fuhan, name: str) -> None:
    told = fuhan(name, "--help")
    assert told.code == 0
    assert f"Example: fuhan {name}" in told.out
    assert "--config" in told.out


def test_help_names_each_command_and_an_example(fuhan: Fuhan) -> None:
    for told in (fuhan("--help"), fuhan()):
        assert told.code == 0
        assert "Example: fuhan" in told.out
        assert all(f"  {name} " in told.out for name in COMMANDS)


def test_the_version_is_told(fuhan: Fuhan) -> None:
    assert fuhan("--version").out.startswith("fuhan 0.")


@pytest.mark.parametrize("name", ["letters", "changes", "crawls", "status"])
@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_an_archive_not_yet_made_has_no_rows_and_is_not_made(
    fuhan: Fuhan, folder: Path, name: str, form: str
) -> None:
    told = fuhan(name, "--format", form)
    assert (told.code, told.out) == (0, "")
    assert [path.name for path in folder.iterdir()] == ["config.yaml"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["bogus"], "No such command 'bogus'", id="unknown command"),
        pytest.param(["letters", "--bogus"], "No such option: --bogus", id="unknown option"),
        pytest.param(["letters", "--source", "nope"], "source 'nope' is not known", id="source"),
        pytest.param(["crawl", "nope"], "source 'nope' is not known", id="source to crawl"),
        pytest.param(["crawl", "--limit", "0"], "--limit", id="limit of nothing"),
        pytest.param(["crawl", "--url", "http://127.0.0.2/x"], "no source has this URL", id="URL"),
        pytest.param(
            ["crawl", "town", "--url", "http://127.0.0.1:9/list/t20220617_1.html"],
            "is of source city, which was not asked for",
            id="URL of another source",
        ),
        pytest.param(["show", "99"], "letter '99' is not known", id="letter by id"),
        pytest.param(["show", "city/9999"], "letter 'city/9999' is not known", id="by number"),
        pytest.param(["history", "http://127.0.0.1:9/x"], "is not known", id="letter by URL"),
        pytest.param(["show", "1", "--version", "3"], "no version 3, only 1 to 2", id="version"),
        pytest.param(["show", "http://[x"], "expected an http or https URL", id="no URL at all"),
        pytest.param(["changes", "--since", "yesterday"], "found 'yesterday'", id="time"),
        pytest.param(["changes", "--kind", "x"], "'x' is not one of 'published'", id="kind"),
        pytest.param(["letters", "--config", "no.yaml"], "no.yaml: no such file", id="no file"),
    ],
)
@pytest.mark.usefixtures("held")
def test_what_cannot_be_meant_is_told_in_one_line_with_exit_2(
    fuhan: Fuhan, arguments: list[str], said: str
) -> None:
    told = fuhan(*arguments)
    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert told.err.count("\n") == 1


def test_a_database_that_is_none_is_told_in_one_line_with_exit_1(
    fuhan: Fuhan, folder: Path
) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "fuhan.db").write_text("no database at all, but long enough " * 9, "utf-8")
    told = fuhan("letters")
    assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
    assert "cannot be opened" in told.err
    assert "Traceback" in fuhan("letters", "-v").err


@pytest.mark.usefixtures("held")
def test_options_of_all_commands_stand_before_or_after(fuhan: Fuhan, folder: Path) -> None:
    (folder / "config.yaml").rename(folder / "other.yaml")
    for arguments in (
        ["--config", "other.yaml", "letters"],
        ["letters", "--config", "other.yaml"],
        ["-q", "letters", "--config=other.yaml"],
    ):
        assert len(rows(fuhan(*arguments).out)) == 2


@pytest.mark.usefixtures("held")
def test_letters_are_listed_and_sought(fuhan: Fuhan) -> None:
    assert [row["number"] for row in rows(fuhan("letters").out)] == ["0501", "0502"]
    assert [row["id"] for row in rows(fuhan("letters", "--search", "918.4").out)] == [1]
    assert fuhan("letters", "--status", "withdrawn").out == ""
    assert fuhan("letters", "--source", "town").out == ""


@pytest.mark.usefixtures("held")
def test_rows_are_written_as_asked(fuhan: Fuhan) -> None:
    table = fuhan("letters", "--format", "table").out
    assert "0501" in table
    assert "关于市政协五届五次会议第0502号提案的复函" in table
    header, *lines = fuhan("letters", "--format", "csv").out.splitlines()
    assert header.startswith("id,source,url,status,kind,title,number")
    assert len(lines) == 2
    assert '"[""赵小华"", ""李大山""]"' in lines[0]


@pytest.mark.usefixtures("held")
def test_changes_are_listed_within_their_time(fuhan: Fuhan) -> None:
    (change,) = rows(fuhan("changes").out)
    assert change["edits"][0]["new"] == "918.4"
    assert rows(fuhan("changes", "--since", "2h").out) == [change]
    assert fuhan("changes", "--since", "30m").out == ""
    assert fuhan("changes", "--until", "2h").out == ""
    assert fuhan("changes", "--until", "2020-01-01").out == ""
    assert fuhan("changes", "--kind", "withdrawn").out == ""
    assert "718.4 → 918.4" in fuhan("changes", "--format", "table").out


@pytest.mark.usefixtures("held")
def test_crawls_are_listed_newest_first(fuhan: Fuhan) -> None:
    assert [row["outcome"] for row in rows(fuhan("crawls").out)] == ["complete", "partial"]


@pytest.mark.parametrize(
    "name", ["1", "city/0501", "https://127.0.0.1:9/list/202206/t20220617_10000501_wap.html?x=1"]
)
@pytest.mark.usefixtures("held")
def test_a_letter_is_shown_by_id_number_or_url(fuhan: Fuhan, name: str) -> None:
    told = fuhan("show", name)
    assert told.code == 0
    assert "918.4亿元" in told.out
    assert "赵小华、李大山" in told.out


@pytest.mark.usefixtures("held")
def test_a_letter_is_shown_as_an_earlier_version_had_it(fuhan: Fuhan) -> None:
    (shown,) = rows(fuhan("show", "1", "--version", "1", "--format", "json").out)
    assert (shown["version"], shown["versions"]) == (1, 2)
    assert "718.4亿元" in shown["body"][1]["text"]


@pytest.mark.usefixtures("held")
def test_a_letter_shown_as_a_page_is_only_ever_text(fuhan: Fuhan) -> None:
    page = fuhan("show", "1", "--format", "html").out
    assert "亿元&lt;b&gt;。" in page
    assert "<h1>关于市政协" in page


@pytest.mark.usefixtures("held")
def test_a_history_tells_visits_versions_and_changes_in_order(fuhan: Fuhan) -> None:
    told = rows(fuhan("history", "1").out)
    assert [row["event"] for row in told] == ["visit", "version", "version", "change"]
    assert "718.4 → 918.4" in fuhan("history", "1", "--format", "table").out


@pytest.mark.usefixtures("held")
def test_status_tells_where_each_source_stands(fuhan: Fuhan) -> None:
    told = fuhan("status")
    city, town = rows(told.out)
    assert told.code == 0
    assert (city["source"], city["letters"], city["alarms"]) == ("city", 2, [])
    assert city["last_outcome"] == "complete"
    assert (town["letters"], town["last_success"]) == (0, None)


@pytest.mark.usefixtures("held")
def test_status_ends_with_1_when_a_source_is_overdue(fuhan: Fuhan, folder: Path) -> None:
    config = folder / "config.yaml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("  - name: town", "    schedule: {every: 1m}\n  - name: town"))
    told = fuhan("status", "--format", "table")
    assert told.code == 1
    assert "overdue" in told.out


def test_check_refuses_what_serve_would(fuhan: Fuhan, folder: Path) -> None:
    assert fuhan("check").code == 0
    with (folder / "config.yaml").open("a", encoding="utf-8") as config:
        config.write("review: {host: 0.0.0.0}\n")
    assert fuhan("letters").code == 0
    told = fuhan("check")
    assert (told.code, told.out) == (2, "")
    assert "review.host" in told.err


@pytest.mark.usefixtures("held")
def test_an_export_is_a_file_for_each_kind_of_row(fuhan: Fuhan, folder: Path) -> None:
    told = fuhan("export", "-o", "out/new")
    assert told.out.splitlines() == [
        f"out/new/{name}.jsonl" for name in ("letters", "changes", "crawls")
    ]
    assert len(rows((folder / "out/new/letters.jsonl").read_text("utf-8"))) == 2
    fuhan("export", "-o", "out", "--format", "csv")
    assert (folder / "out/changes.csv").read_text("utf-8").count("\n") == 2


@pytest.mark.usefixtures("held")
def test_pages_as_served_are_exported_to_a_warc(fuhan: Fuhan, folder: Path) -> None:
    assert fuhan("export", "-o", "out", "--format", "warc").code == 0
    assert (folder / "out/fuhan.warc.gz").stat().st_size > 100


def test_a_backup_is_a_copy_that_replaces_nothing(fuhan: Fuhan, folder: Path, held: Path) -> None:
    assert fuhan("backup", "copy.db").code == 0
    assert fuhan("backup", "copy.db").code == 1
    held.write_bytes((folder / "copy.db").read_bytes())
    assert len(rows(fuhan("letters").out)) == 2


def test_there_is_no_backup_of_nothing(fuhan: Fuhan, folder: Path) -> None:
    assert fuhan("backup", "copy.db").code == 2
    assert not (folder / "copy.db").exists()


@pytest.mark.usefixtures("held")
def test_a_reader_who_has_seen_enough_is_no_error(folder: Path) -> None:
    command = f"{sys.executable} -m fuhan letters | head -c 10"
    shell = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, capture_output=True, check=False
    )
    assert (shell.returncode, shell.stderr) == (0, b"")
    assert len(shell.stdout) == 10
