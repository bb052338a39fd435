import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from tests.archive_copy import altering
from tests.postgres_server import OwnServer

Fuhan = Callable[..., Any]  # the command line, as a shell would call it


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.usefixtures("held")
def test_letters_are_listed_and_sought(fuhan: Fuhan) -> None:
    assert [row["number"] for row in rows(fuhan("letters").out)] == ["0501", "0502"]
    assert [row["id"] for row in rows(fuhan("letters", "--search", "918.4").out)] == [1]
    assert [row["id"] for row in rows(fuhan("letters", "--search", "718.4").out)] == [1]
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
    assert rows(fuhan("changes", "--since", "20h").out) == [change]
    assert fuhan("changes", "--since", "30m").out == ""
    assert fuhan("changes", "--until", "20h").out == ""
    assert fuhan("changes", "--until", "2020-01-01").out == ""
    assert fuhan("changes", "--kind", "withdrawn").out == ""
    assert "718.4 → 918.4" in fuhan("changes", "--format", "table").out


def test_at_a_terminal_it_is_said_how_many_first_letters_are_left_out(
    fuhan: Fuhan, held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert fuhan("changes").err == ""
    with altering(held) as connection:
        connection.exec_driver_sql("UPDATE changes SET baseline = true")
    told = fuhan("changes")
    assert (told.out, told.err) == ("", "1 letter of first crawls is not shown (--baseline)\n")
    for words in (("--baseline",), ("-q",), ("--kind", "withdrawn")):
        assert fuhan("changes", *words).err == ""
    assert "edited (baseline)" in fuhan("changes", "--baseline", "--format", "table").out
    monkeypatch.undo()
    assert fuhan("changes").err == ""  # data for another program, or nobody who wonders


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


@pytest.mark.sqlite("a server of its own")
def test_check_refuses_a_role_that_may_make_no_tables(
    fuhan: Fuhan, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OwnServer.running() as server:
        server.execute("CREATE ROLE weak LOGIN", "CREATE DATABASE bare")
        bare = make_url(server.url).set(database="bare")
        monkeypatch.setenv("FUHAN_DATABASE", bare.render_as_string(hide_password=False))
        assert fuhan("check").code == 0
        weak = bare.set(username="weak").render_as_string(hide_password=False)
        monkeypatch.setenv("FUHAN_DATABASE", weak)
        told = fuhan("check")
    assert (told.code, told.out) == (2, "")
    assert told.err == (
        f"fuhan: database {make_url(weak).render_as_string()}: expected one that can be written: "
        "role weak may make no tables in it\n"
    )


@pytest.mark.usefixtures("held")
def test_two_versions_are_compared(fuhan: Fuhan) -> None:
    for arguments in ([], ["1"], ["1", "2"]):
        told = fuhan("diff", "city/0501", *arguments)
        assert told.code == 0
        assert "[-718.4-]{+918.4+}" in told.out
    assert "[-918.4-]{+718.4+}" in fuhan("diff", "1", "2", "1").out
    assert fuhan("diff", "1", "1", "3").code == 2
    one = fuhan("diff", "2")
    assert (one.code, one.out) == (2, "")
    assert "has one version" in one.err


@pytest.mark.parametrize("suffix", ["html", "md", "json"])
@pytest.mark.usefixtures("held")
def test_a_report_is_one_file_in_the_form_that_its_name_says(
    fuhan: Fuhan, folder: Path, suffix: str
) -> None:
    told = fuhan("report", "--since", "7d", "-o", f"week.{suffix}")
    assert (told.code, told.out) == (0, f"week.{suffix}\n")
    report = (folder / f"week.{suffix}").read_text("utf-8")
    assert "918.4" in report.replace("\\", "")  # Markdown escapes its own marks


def test_a_report_in_a_form_unheard_of_is_refused(fuhan: Fuhan) -> None:
    told = fuhan("report", "-o", "week.doc")
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert "ending in .html, .md or .json, found 'week.doc'" in told.err


def test_a_report_into_no_folder_is_told_in_one_line(fuhan: Fuhan) -> None:
    told = fuhan("report", "-o", "none/week.md")
    assert (told.code, told.err) == (1, "fuhan: none/week.md: No such file or directory\n")
