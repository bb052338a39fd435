from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Fuhan = Callable[..., Any]  # the command line, as a shell would call it


@pytest.mark.sqlite("its file is cut off")
@pytest.mark.parametrize("left", [60, 5000])
def test_a_file_that_was_cut_off_is_damage(fuhan: Fuhan, held: Path, left: int) -> None:
    for beside in held.parent.glob("fuhan.db-*"):
        beside.unlink()
    held.write_bytes(held.read_bytes()[:left])
    told = fuhan("verify")
    assert (told.code, told.out.count("\n"), told.err) == (4, 1, "")
    assert told.out.startswith("database: ")


@pytest.mark.usefixtures("held")
def test_a_stamp_that_would_take_the_place_of_its_own_heads_is_refused(
    fuhan: Fuhan, folder: Path
) -> None:
    told = fuhan("verify", "--stamp", "heads.txt")
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "does not end in .txt, found 'heads.txt'" in told.err
    assert not (folder / "heads.txt").exists()
