"""`fuhan migrate` as a shell calls it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storage.database.archive import open_archive
from storage.schema.tables import letters

Fuhan = Callable[..., Any]  # the command line, as a shell would call it

pytestmark = pytest.mark.sqlite("its file is copied, and takes the place of another")


def test_an_archive_is_copied_whole_and_the_next_step_is_said(
    fuhan: Fuhan, folder: Path, held: Path
) -> None:
    before = fuhan("letters", "--format", "jsonl").out
    moved = fuhan("migrate", "--to", "sqlite:///copy.db")
    assert moved.code == 0, moved.err
    assert moved.out.endswith("rows copied and verified; now set database: sqlite:///copy.db\n")
    held.write_bytes((folder / "copy.db").read_bytes())
    assert fuhan("letters", "--format", "jsonl").out == before


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("mysql://host/fuhan", "expected sqlite:///FILE or postgresql+psycopg://user@host/name"),
        ("sqlite:///data/fuhan.db", "database sqlite:///data/fuhan.db: holds an archive already"),
        ("sqlite:///config.yaml/copy.db", "expected a file in a folder that can be written"),
        (
            "postgresql+psycopg://me:secret@127.0.0.1:9/fuhan",
            "database postgresql+psycopg://me:***@127.0.0.1:9/fuhan: cannot be opened",
        ),
    ],
    ids=["another kind", "itself", "no folder", "no server"],
)
def test_a_place_that_takes_no_copy_is_refused_in_one_line(
    fuhan: Fuhan, to: str, reason: str
) -> None:
    refused = fuhan("migrate", "--to", to)
    assert refused.code
    assert reason in refused.err
    assert refused.err.count("\n") == 1
    assert "secret" not in refused.err


def test_there_is_nothing_to_copy_before_the_first_crawl(fuhan: Fuhan, folder: Path) -> None:
    assert "not made yet" in fuhan("migrate", "--to", "sqlite:///copy.db").err
    assert not (folder / "copy.db").exists()


def test_an_archive_that_holds_decisions_alone_is_copied_and_never_copied_over(
    fuhan: Fuhan, folder: Path
) -> None:
    open_archive(f"sqlite:///{folder}/data/fuhan.db", create=True).close()
    assert "is empty, there is nothing to copy" in fuhan("migrate", "--to", "sqlite:///c.db").err
    assert fuhan("sources", "pause", "city").code == 0
    assert fuhan("migrate", "--to", "sqlite:///copy.db").code == 0
    for taken in ("sqlite:///data/fuhan.db", "sqlite:///copy.db"):
        refused = fuhan("migrate", "--to", taken)
        assert refused.err == f"fuhan: database {taken}: holds an archive already\n"


def test_damage_that_the_archive_has_itself_is_named_and_keeps_nobody_from_leaving(
    fuhan: Fuhan, held: Path
) -> None:
    archive = open_archive(f"sqlite:///{held}", create=False)
    with archive.writing() as connection:
        connection.execute(letters.update().values(digest="0" * 64))
    archive.close()
    moved = fuhan("migrate", "--to", "sqlite:///copy.db")
    assert moved.code == 0
    assert "(so is the archive)" in moved.out
