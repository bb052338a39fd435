from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fuhan.config.load import load_config
from fuhan.crawl_jobs import crawl_job
from fuhan.watch_list import watch_list
from storage.database.archive import Archive
from storage.facts.watch_decisions import add_source, pause_source
from tests.archive_copy import new_archive

Fuhan = Callable[..., Any]  # the command line, as a shell would call it
AT = datetime(2026, 11, 28, 20, tzinfo=UTC)
VILLAGE = {
    "name": "village",
    "agency": "某村",
    "kind": "proposal",
    "listing": "http://127.0.0.1:9/village/",
}
CHANNEL = "review: {port: 0}\nnotify:\n  - {url: 'json://127.0.0.1', sources: [city, village]}\n"


@pytest.fixture
def file(folder: Path) -> Path:
    """Return a configuration whose alert channel is for a source that the file does not have."""
    written = folder / "config.yaml"
    written.write_text(written.read_text("utf-8") + CHANNEL, "utf-8")
    return written


def test_an_alert_channel_may_be_for_a_source_that_was_added(fuhan: Fuhan, file: Path) -> None:
    with closing(new_archive(file.parent / "data" / "fuhan.db")) as archive:
        with archive.writing() as connection:
            add_source(connection, VILLAGE, "lin", AT)
        with archive.reading() as connection:
            known = watch_list(load_config(file, {}), connection).config
    channels = {each.name: crawl_job(known, each).subscriptions for each in known.sources}
    assert [name for name, wanted in channels.items() if wanted] == ["city", "village"]
    assert fuhan("check").out.startswith("configuration: 3 sources: city, town, village\n")


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize("command", ["check", "serve", "letters", "crawl", "status"])
def test_an_alert_channel_for_a_source_that_nobody_knows_is_refused(
    fuhan: Fuhan, command: str
) -> None:
    told = fuhan(command)
    assert told.code == 2
    assert told.err == (
        "fuhan: notify[0].sources[1]: expected the name of a source, found 'village'\n"
    )


def test_a_directory_that_the_file_took_under_another_name_is_said(
    fuhan: Fuhan, folder: Path
) -> None:
    file = load_config(folder / "config.yaml", {})
    hamlet = VILLAGE | {"name": "hamlet", "listing": file.sources[0].listing}
    line = "hamlet: has the directory of city, and both are crawled: pause one"
    with closing(new_archive(folder / "data" / "fuhan.db")) as archive:
        with archive.writing() as connection:
            add_source(connection, VILLAGE, "lin", AT)
        assert problems(archive, folder) == ()
        with archive.writing() as connection:
            add_source(connection, hamlet, "lin", AT)
        assert problems(archive, folder) == (line,)
        assert line in fuhan("check").err
        with archive.writing() as connection:
            pause_source(connection, "hamlet", "lin", AT)
        assert problems(archive, folder) == ()


def problems(archive: Archive, folder: Path) -> tuple[str, ...]:
    with archive.reading() as connection:
        return watch_list(load_config(folder / "config.yaml", {}), connection).problems
