"""Captures of a real WARC file, imported by the command: versions, windows, evidence."""

import json
from pathlib import Path

import pytest

from tests.archive_copy import altering
from tests.crawler.reprocess.warc import Recorded, write_warc
from tests.whole.story import Story

TIMES = ["2021-03-01T00:00:00Z", "2022-05-01T00:00:00Z", "2023-07-01T00:00:00Z"]


@pytest.fixture
def warc(story: Story, tmp_path: Path) -> Path:
    """Return a file with three captures of the first letter, each with another figure."""
    path, records, postcode = story.letter.path, [], "401121"
    for at, earlier in zip(TIMES, ("401001", "401002", "401003"), strict=True):
        story.letter.replace(postcode, earlier)
        page, postcode = story.replica.answer(path).body.decode(), earlier
        records.append(Recorded(story.replica.url + path, at, page))
    story.letter.replace(postcode, "401121")
    return write_warc(tmp_path / "older.warc.gz", records)


def test_three_older_captures_are_three_versions_with_their_file(story: Story, warc: Path) -> None:
    url = story.replica.url + story.letter.path
    assert "3 captures imported, 3 versions, 3 edits" in story.project.run("import", str(warc))
    events = story.project.rows("history", url, "--format", "jsonl")
    versions = [each["details"] for each in events if each["event"] == "version"]
    assert [each["version"] for each in versions] == [-2, -1, 0, 1]
    assert {each["import"]["file"] for each in versions[:3]} == {"older.warc.gz"}
    shown = json.loads(story.project.run("show", url, "--version", "0", "--format", "json"))
    assert (shown["postcode"], shown["cause"], shown["versions"]) == ("401003", "import", 4)
    assert "{+401121+}" in story.project.run("diff", url)
    windows = [each["window"] for each in story.told()]
    assert [each["after"][:10] for each in windows] == ["2021-03-01", "2022-05-01", "2023-07-01"]
    assert [each["before"][:10] for each in windows[:2]] == ["2022-05-01", "2023-07-01"]
    story.crawl()
    story.project.run("verify")


def test_an_altered_import_is_named(story: Story, warc: Path) -> None:
    story.project.run("import", str(warc))
    with altering(story.project.database) as connection:
        connection.exec_driver_sql("UPDATE imports SET sha256 = 'f'")
    assert "import" in story.project.run("verify", code=4)


def test_a_file_that_is_cut_off_is_named_and_what_is_whole_is_imported(
    story: Story, warc: Path
) -> None:
    warc.write_bytes(warc.read_bytes()[:-400])
    assert "2 captures imported" in story.project.run("import", str(warc), code=3)


def test_what_is_no_warc_file_is_refused(story: Story, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html></html>")
    story.project.run("import", str(tmp_path / "page.html"), code=2)
    story.project.run("import", str(tmp_path / "absent.warc"), code=2)
