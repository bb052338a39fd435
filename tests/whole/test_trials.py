"""Crawls that die in every way, in a bounded form; in full by `make soak`."""

from pathlib import Path

import pytest

from bench.living import Living, living
from bench.soak import soak
from bench.trials import at_any_time, at_each_commit, on_a_full_disk, while_it_is_locked
from tests.python_server.command import forked_crawl

FEW = 7  # letters, five of which are published later


def quickly(folder: Path, letters: int = FEW, seed: int = 1) -> Living:
    """Return a replica whose crawls are forked, but for those that a trial lets die."""
    lived = living(folder, letters, seed)
    lived.command = forked_crawl()
    return lived


@pytest.fixture
def lived(tmp_path: Path) -> Living:
    return quickly(tmp_path)


def assert_true(lived: Living) -> None:
    lived.come_to_rest()
    assert lived.is_true(), lived.explain()
    assert lived.damages() == []


def test_a_crawl_killed_at_any_commit_loses_invents_and_doubles_nothing(lived: Living) -> None:
    """Every commit of a crawl is the last one once: no list of commits can forget one."""
    lived.killed_command = lived.command  # it kills itself, at a place and not at a time
    killed = at_each_commit(lived, events=1)
    assert killed["before-commit"] >= FEW - 5
    assert killed["after-commit"] >= FEW - 5
    assert_true(lived)


def test_a_crawl_killed_at_any_time_loses_invents_and_doubles_nothing(lived: Living) -> None:
    """Between commits too, by a signal from outside, in the product's own process."""
    assert at_any_time(lived, kills=9)["killed"] == 9
    assert_true(lived)


def test_a_full_disk_is_told_in_one_line_and_costs_nothing_that_was_kept(tmp_path: Path) -> None:
    """A real limit of the system: in the first write, in the schema, in the letters, and never."""
    folders = [tmp_path / str(number) for number in range(4)]
    for folder in folders:
        folder.mkdir()
    sizes = (20_000, 180_000, 260_000, 10_000_000)
    done, figures = on_a_full_disk((quickly(each) for each in folders), sizes)
    assert done == {"told in one line": 3, "ran through": 1}
    assert figures["told"] >= 4 * (FEW - 5)
    wrong = ("lost", "invented", "doubled", "misdated", "misfiled", "damages")
    assert {figures[name] for name in wrong} == {0}


def test_a_database_that_another_process_holds_is_waited_for(lived: Living) -> None:
    """A real lock in each phase of a crawl, longer than a crawl takes."""
    lived.killed_command = lived.command  # none is killed
    done = while_it_is_locked(lived, seconds=1.5)
    assert done == {"lived on": 4}
    assert_true(lived)


def test_nights_of_noise_and_faults_are_told_as_they_were(tmp_path: Path) -> None:
    """Events and faults at once, drawn anew each night, as no story of one cause has them."""
    came = soak(quickly(tmp_path, 40, seed=3), crawls=12, events=2, seed=3)
    assert came.is_clean(), came.living.explain()
    assert came.outcomes
    assert sum(came.faults.values()) >= 8
    first, last = came.samples[0], came.samples[-1]
    assert last["files"] == first["files"]
