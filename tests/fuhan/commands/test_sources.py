import json
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from fuhan.config.load import load_config
from replica.compose import compose
from replica.faults import page
from replica.server import Replica
from storage.database.archive import open_archive
from storage.facts.watch_decisions import add_source
from tests.archive_copy import archive_url
from tests.python_server.command import forked_fuhan

Fuhan = Callable[..., Any]  # the command line, as a shell would call it
AT = datetime(2026, 11, 28, 20, tzinfo=UTC)
VILLAGE = {
    "name": "village",
    "agency": "某村",
    "kind": "proposal",
    "listing": "http://127.0.0.1:9/village/",
}


def add(folder: Path, **entry: str) -> None:
    """Add a source as a page or a command does."""
    url = archive_url(folder / "data" / "fuhan.db")
    with closing(open_archive(url, create=True)) as archive, archive.writing() as connection:
        add_source(connection, VILLAGE | entry, "lin", AT)


def listed(fuhan: Fuhan) -> dict[str, dict[str, Any]]:
    told = fuhan("sources", "--format", "jsonl")
    assert told.code == 0
    return {row["name"]: row for row in map(json.loads, told.out.splitlines())}


def test_sources_of_the_file_and_added_ones_are_listed(fuhan: Fuhan, folder: Path) -> None:
    add(folder)
    rows = listed(fuhan)
    assert [*rows] == ["city", "town", "village"]
    assert rows["city"]["origin"] == "file"
    assert rows["village"] | VILLAGE == rows["village"]
    assert (rows["village"]["origin"], rows["village"]["added_by"]) == ("web", "lin")
    assert rows["village"]["paused_since"] is None
    assert "added by lin" in fuhan("sources", "list", "--format", "table").out


@pytest.mark.parametrize("name", ["city", "village"])
def test_a_source_is_paused_and_resumed(fuhan: Fuhan, folder: Path, name: str) -> None:
    add(folder)
    assert fuhan("sources", "pause", name).out == f"{name}: is paused\n"
    assert fuhan("sources", "pause", name).out == f"{name}: is paused already\n"
    assert [each["name"] for each in listed(fuhan).values() if each["paused_since"]] == [name]
    assert fuhan("sources", "resume", name).out == f"{name}: is crawled again\n"
    assert fuhan("sources", "resume", name).code == 0
    assert not [each for each in listed(fuhan).values() if each["paused_since"]]


def test_the_file_s_source_goes_before_one_that_was_added(fuhan: Fuhan, folder: Path) -> None:
    add(folder, name="city")
    told = fuhan("sources", "--format", "jsonl")
    assert "city: the configuration's source is watched, not the one added" in told.err
    assert [*listed(fuhan)] == ["city", "town"]
    assert listed(fuhan)["city"]["origin"] == "file"


def test_an_entry_that_is_none_any_more_is_named_and_left_out(fuhan: Fuhan, folder: Path) -> None:
    add(folder, site="of-another-release")
    told = fuhan("sources", "--format", "jsonl")
    assert "village: is not watched: site: expected one of" in told.err
    assert [*listed(fuhan)] == ["city", "town"]


@pytest.mark.parametrize(
    "added",
    [
        "",
        "    schedule: {every: 90m, jitter: 1.5s}\n    delay: 250ms\n".replace("250ms", "0.25"),
        '    schedule: {cron: "23 */6 * * *"}\n    revisits: null\n    max_page: 8MiB\n',
        "    headers: {X-Of: '1e3'}\n    sweep: {every: 2d}\n    obey_robots: no\n",
    ],
    ids=["what must be given", "durations", "cron, nothing and sizes", "headers and flags"],
)
def test_what_is_exported_is_read_back_equal(fuhan: Fuhan, folder: Path, added: str) -> None:
    file = folder / "config.yaml"
    file.write_text(file.read_text("utf-8") + added, "utf-8")
    add(folder)
    told = fuhan("sources", "export")
    assert told.code == 0
    before = load_config(file, {}).sources
    file.write_text(told.out, "utf-8")
    after = load_config(file, {}).sources
    assert after[:2] == before
    assert after[2].model_dump() | VILLAGE == after[2].model_dump()
    again = fuhan("sources", "export")
    assert (again.out, again.err) == (told.out, "")  # the same source in both is no clash


@pytest.mark.parametrize(
    "arguments",
    [["add"], ["pause"], ["resume"], ["list", "city"], ["export", "city"], ["drop", "city"]],
    ids=" ".join,
)
def test_what_makes_no_sense_is_refused(fuhan: Fuhan, arguments: list[str]) -> None:
    assert fuhan("sources", *arguments).code == 2


def test_an_unknown_source_is_not_paused(fuhan: Fuhan) -> None:
    told = fuhan("sources", "pause", "nope")
    assert (told.code, "source 'nope' is not known" in told.err) == (2, True)


@pytest.mark.usefixtures("held")
def test_commands_know_a_source_that_was_added(fuhan: Fuhan, folder: Path) -> None:
    add(folder)
    for command in ("letters", "changes", "crawls", "coverage"):
        assert fuhan(command, "--source", "village").code == 0
    assert "village" in fuhan("status").out
    assert fuhan("crawl", "village", "--json").code == 3  # nobody answers there
    assert '"source": "village"' in fuhan("crawls", "--source", "village").out


def test_a_paused_source_is_crawled_where_it_is_named_alone(fuhan: Fuhan, folder: Path) -> None:
    add(folder)
    for name in ("city", "town", "village"):
        fuhan("sources", "pause", name)
    assert fuhan("crawl").out == ""
    assert "village: failed" in fuhan("crawl", "village").out


@pytest.mark.usefixtures("held")
def test_status_says_what_is_paused_and_plans_nothing_for_it(fuhan: Fuhan) -> None:
    fuhan("sources", "pause", "city")
    city = json.loads(fuhan("status", "--format", "jsonl").out.splitlines()[0])
    assert (city["source"], city["next_crawl"], city["alarms"]) == ("city", None, [])
    assert city["paused_since"]
    assert "paused since" in fuhan("status", "--format", "table").out


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Run `fuhan sources add` in a process of its own: it asks a site."""
    command = [*forked_fuhan(), "sources", "add", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_a_directory_is_probed_and_added(fuhan: Fuhan, folder: Path) -> None:
    (folder / "config.yaml").write_text(
        (folder / "config.yaml").read_text("utf-8") + "crawl: {delay: 0, retries: 0}\n", "utf-8"
    )
    replica = Replica(compose(letters=6, suggestions=2))
    with replica as served:
        url = served.listing("proposal")
        code, out, err = run(folder, url, "--name", "new", "--agency", "某委")
        assert (code, out) == (0, "new: is watched\n"), err
        assert "can be watched" in err
        assert run(folder, url, "--name", "other")[:2] == (2, "")
        replica.faults.add(r"\?other", page("<p>系统维护</p>"))
        assert run(folder, f"{url}?other", "--name", "third")[:2] == (3, "")
    new = listed(fuhan)["new"]
    assert (new["agency"], new["kind"], new["listing"]) == ("某委", "proposal", url)
    exported = yaml.safe_load(fuhan("sources", "export").out)["sources"]
    assert [each["name"] for each in exported] == ["city", "town", "new"]
