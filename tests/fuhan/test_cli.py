import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from fuhan.lazy_command import SUMMARIES, load_command

COMMANDS = sorted(SUMMARIES)
Fuhan = Callable[..., Any]  # the command line, as a shell would call it


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_an_example_of_its_own(fuhan: Fuhan, name: str) -> None:
    told = fuhan(name, "--help")
    assert told.code == 0
    assert fuhan(name, "-h").out == told.out
    assert f"Example: fuhan {name}" in told.out
    assert "--config" in told.out


def test_help_names_each_command_and_an_example(fuhan: Fuhan) -> None:
    for told in (fuhan("--help"), fuhan()):
        assert told.code == 0
        assert "Example: fuhan" in told.out
        assert all(f"  {name} " in told.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_sums_up_each_command_as_its_own_help_does(name: str) -> None:
    command = load_command(name)
    assert command.name == name
    assert " ".join(command.help.partition("\n\n")[0].split()) == SUMMARIES[name]


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
        pytest.param(
            ["crawl", "--limit", "0"],
            "fuhan: Invalid value for '--limit': expected at least 1\n",
            id="limit of nothing",
        ),
        pytest.param(
            ["crawl", "--limit", "x"],
            "fuhan: Invalid value for '--limit': expected a whole number\n",
            id="limit that is no number",
        ),
        pytest.param(
            ["worker", "--concurrency", "65"],
            "fuhan: Invalid value for '--concurrency': expected at most 64\n",
            id="too many",
        ),
        pytest.param(
            ["letters", "--format", "xml"],
            "fuhan: Invalid value for '--format': 'xml' is not one of 'table', 'jsonl', 'csv'.\n",
            id="format",
        ),
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
        pytest.param(
            ["report", "-o", "w.md", "--since", "2026-11-29", "--until", "2026-11-01"],
            "--since: expected a time before --until, found '2026-11-29'",
            id="period that ends before it begins",
        ),
        pytest.param(
            ["changes", "--since", "2026-11-29", "--until", "2026-11-01"],
            "--since: expected a time before --until, found '2026-11-29'",
            id="changes of a period that ends before it begins",
        ),
        pytest.param(["changes", "--kind", "x"], "--kind': 'x' is not one of", id="kind"),
        pytest.param(["crawl", "--limit", "x"], "expected a whole number", id="no number"),
        pytest.param(["crawl", "--limit", "0"], "expected at least 1", id="too small a number"),
        pytest.param(["show", "1", "2"], "too many arguments: 2", id="one argument too many"),
        pytest.param(["import", "."], ".: expected a file, found a folder", id="folder"),
        pytest.param(["migrate", "--to", "nix"], "name, found another text", id="no URL"),
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


@pytest.mark.sqlite("its file is garbage")
def test_a_database_that_is_none_is_told_in_one_line_with_exit_1(
    fuhan: Fuhan, folder: Path
) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "fuhan.db").write_text("no database at all, but long enough " * 9, "utf-8")
    told = fuhan("letters")
    assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
    assert "cannot be opened" in told.err
    assert "Traceback" in fuhan("letters", "-v").err


NOT_UTF8 = "\u5173\udcff"  # as Python hands bytes over that it could not decode


@pytest.mark.parametrize(
    "arguments",
    [
        *[[name, "--config", NOT_UTF8] for name in COMMANDS],
        *[[NOT_UTF8], ["--config", NOT_UTF8, "letters"], ["letters", f"--search={NOT_UTF8}"]],
        *[["show", NOT_UTF8], ["diff", "1", NOT_UTF8], ["crawl", "--url", f"http://h/{NOT_UTF8}"]],
        *[["export", "-o", NOT_UTF8], ["backup", NOT_UTF8], ["review", "1", "--note", NOT_UTF8]],
        *[["changes", "--since", NOT_UTF8], ["probe", f"http://h/{NOT_UTF8}"]],
    ],
    ids=" ".join,
)
def test_an_argument_that_is_no_utf_8_is_refused(fuhan: Fuhan, arguments: list[str]) -> None:
    told = fuhan(*arguments)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    place = next(at for at, each in enumerate(arguments, 1) if NOT_UTF8 in each)
    assert told.err.startswith(f"fuhan: argument {place}: expected UTF-8, found '")
    assert told.err.endswith("关\\xff'\n")


@pytest.mark.parametrize("name", ["FUHAN_DATABASE", "FUHAN_REVIEW__PORT", "FUHAN_CONFIG"])
def test_a_variable_that_is_no_utf_8_is_refused(
    fuhan: Fuhan, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, NOT_UTF8)
    told = fuhan("letters")
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "expected UTF-8" in told.err


def test_a_folder_that_is_no_utf_8_holds_no_configuration(folder: Path) -> None:
    place = folder / NOT_UTF8
    place.mkdir()
    (folder / "config.yaml").rename(place / "config.yaml")
    words = [sys.executable, "-m", "fuhan", "letters"]
    done = subprocess.run(words, cwd=place, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert b"expected UTF-8" in done.stderr


def test_each_mistake_of_a_configuration_is_told_in_a_line(fuhan: Fuhan, folder: Path) -> None:
    with (folder / "config.yaml").open("a", encoding="utf-8") as config:
        config.write('mass: 2\nconfirm: 0\ntimezone: "a\\nb"\n')
    told = fuhan("letters")
    assert (told.code, told.out) == (2, "")
    assert told.err.splitlines() == [
        "fuhan: config.yaml:10: mass: expected at most 1.0, found 2",
        "fuhan: config.yaml:11: confirm: expected at least 1, found 0",
        "fuhan: config.yaml:12: timezone: expected a time zone such as Asia/Shanghai, found 'a\\nb'",
    ]


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
def test_a_reader_who_has_seen_enough_is_no_error(folder: Path) -> None:
    command = f"{sys.executable} -m fuhan letters | head -c 10"
    shell = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, capture_output=True, check=False
    )
    assert (shell.returncode, shell.stderr) == (0, b"")
    assert len(shell.stdout) == 10


@pytest.mark.usefixtures("held")
def test_a_reader_who_left_before_the_first_line_is_no_error(folder: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    for words in (["diff", "1"], ["changes", "--format", "table"], ["--help"]):
        done = subprocess.run(
            [sys.executable, "-m", "fuhan", *words],
            cwd=folder, stdout=theirs, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, b""), words
    os.close(theirs)


@pytest.mark.parametrize(
    ("where", "code", "said"),
    [
        pytest.param(">&-", 1, "fuhan: Bad file descriptor\n", id="closed"),
        pytest.param("> /dev/full", 1, "fuhan: No space left on device\n", id="full"),
        pytest.param("> /dev/null 2>&-", 0, "", id="nobody hears of errors"),
    ],
)
@pytest.mark.parametrize("words", ["letters", "--version"])
@pytest.mark.usefixtures("held")
def test_results_that_go_nowhere_are_a_failure_told_in_one_line(
    folder: Path, words: str, where: str, code: int, said: str
) -> None:
    command = f"{sys.executable} -m fuhan {words} {where}"
    shell = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (shell.returncode, shell.stdout, shell.stderr) == (code, "", said)


@pytest.mark.sqlite("its own words")
def test_an_error_of_the_database_is_told_without_the_question(fuhan: Fuhan, held: Path) -> None:
    with closing(sqlite3.connect(held)) as connection:
        connection.execute("DROP TABLE changes")
        connection.commit()
    told = fuhan("changes")
    assert (told.code, told.err) == (1, "fuhan: no such table: changes\n")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        pytest.param(["--config", "", "letters"], "'--config'", id="an option before the command"),
        pytest.param(["letters", "--config", ""], "'--config'", id="an option"),
        pytest.param(["backup", ""], "'FILE'", id="an argument"),
        pytest.param(["import", "a.warc", ""], "'FILE...'", id="one of several"),
        pytest.param(["export", "-o", ""], "'--output' / '-o'", id="a folder"),
    ],
)
def test_an_empty_path_is_refused_by_name(
    fuhan: Callable[..., Any], words: list[str], name: str
) -> None:
    told = fuhan(*words)
    assert (told.code, told.out) == (2, "")
    assert told.err == f"fuhan: Invalid value for {name}: expected a path, found ''\n"
