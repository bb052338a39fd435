"""`fuhan compact` as it is called: what it says, what it leaves alone, what a loss comes to."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from storage.database.archive import open_archive
from storage.database.lock import crawl_lock
from storage.facts.dictionaries import forget_dictionaries
from storage.facts.evidence import forget_earlier_pages
from storage.schema.tables import dictionaries
from tests.archive_copy import altering, archive_url

Fuhan = Callable[..., Any]  # the command line, as a shell would call it


@pytest.fixture
def compacted(held: Path, fuhan: Fuhan) -> Iterator[Path]:
    said = fuhan("compact")
    assert said.out == "city: 3 pages and 3 versions packed anew, 347 bytes saved\n"
    assert (said.code, said.err) == (0, "")
    yield held
    forget_dictionaries()
    forget_earlier_pages()


def test_an_archive_not_made_yet_has_nothing_to_compact(fuhan: Fuhan) -> None:
    assert fuhan("compact").out == ""


def test_it_says_what_it_saved_and_saves_nothing_twice(compacted: Path, fuhan: Fuhan) -> None:
    again = fuhan("compact", "--vacuum")
    assert (again.code, again.err) == (0, "")
    assert again.out == "city: 0 pages and 0 versions packed anew, 0 bytes saved\n"
    assert compacted


def test_a_source_that_is_being_crawled_is_left_as_it_is(held: Path, fuhan: Fuhan) -> None:
    archive = open_archive(archive_url(held), create=False)
    with closing(archive), crawl_lock(archive, "city"):
        said = fuhan("compact")
    assert (said.code, said.out) == (1, "")
    first, last = said.err.splitlines()
    assert "is crawling it" in first
    assert last == "fuhan: left as they are: city: run this again"


@pytest.fixture
def lost(compacted: Path) -> Path:
    """Return the database, whose dictionaries are all lost."""
    with altering(compacted) as connection:
        connection.execute(delete(dictionaries))
    forget_dictionaries()
    forget_earlier_pages()
    return compacted


@pytest.mark.usefixtures("lost")
@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("letters", "--format", "jsonl"), 0),
        (("history", "1"), 0),
        (("changes",), 0),
        (("show", "1"), 1),
        (("diff", "1"), 1),
        (("report", "-o", "report.html"), 0),
        (("export", "-o", "out", "--format", "jsonl"), 0),
        (("export", "-o", "out", "--format", "warc"), 0),
        (("compact",), 0),
        (("reparse", "--dry-run"), 0),
        (("status",), 0),
    ],
    ids=lambda asked: asked if isinstance(asked, int) else " ".join(asked),
)
def test_commands_that_meet_a_lost_dictionary_say_so_and_go_on(
    fuhan: Fuhan, asked: tuple[str, ...], code: int
) -> None:
    said = fuhan(*asked)
    assert said.code == code
    assert "unexpected" not in said.err
    for line in said.err.splitlines():
        assert "lost" in line or line.startswith("no service runs")


@pytest.mark.usefixtures("lost")
def test_verify_names_a_lost_dictionary_and_what_it_harms(fuhan: Fuhan) -> None:
    said = fuhan("verify")
    assert said.code == 4
    assert "it is lost: " in said.out
