"""The nightly check goes through all shares, and does not forget where damage was found."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage.audit import Checked, Damage
from storage.audit.share import SHARES
from storage.database.archive import Archive
from storage.housekeeping.nightly_check import check_state, check_tonight, record_verified
from tests.archive_copy import new_archive
from tests.storage.housekeeping.conftest import AT

HURT = Damage("version 7", "its words are not those of its digest")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Archive]:
    with closing(new_archive(tmp_path / "empty" / "fuhan.db")) as opened:
        yield opened


class Shares:
    """Checks shares, of which some are damaged."""

    def __init__(self, *damaged: int) -> None:
        self.damaged = set(damaged)
        self.checked: list[int] = []

    def __call__(self, _archive: Archive, number: int) -> Checked:
        self.checked.append(number)
        return Checked(pages=1, damages=[HURT] if number in self.damaged else [])


def test_each_share_has_its_night(empty: Archive) -> None:
    shares = Shares()
    for night in range(SHARES + 1):
        check_tonight(empty, shares, AT + timedelta(days=night))
    assert shares.checked == [*range(SHARES), 0]
    with empty.reading() as connection:
        assert check_state(connection).done_at == AT + timedelta(days=SHARES)


def test_damage_stands_until_its_share_is_well_again(empty: Archive) -> None:
    shares = Shares(0)
    first = check_tonight(empty, shares, AT)
    assert (first.damages, first.damaged) == ((str(HURT),), ("version 7",))
    second = check_tonight(empty, shares, AT + timedelta(days=1))
    assert (second.share, second.pages, second.damaged) == (1, 2, ("version 7",))
    shares.damaged.clear()
    third = check_tonight(empty, shares, AT + timedelta(days=2))
    assert (third.share, third.damages, third.damaged) == (2, (), ())
    assert shares.checked == [0, 1, 0, 2, 0]


def test_one_that_is_cut_off_is_the_next_one_still(empty: Archive) -> None:
    def die(_archive: Archive, _number: int) -> Checked:
        raise KeyboardInterrupt

    check_tonight(empty, Shares(), AT)
    with pytest.raises(KeyboardInterrupt):
        check_tonight(empty, die, AT)
    with empty.reading() as connection:
        assert check_state(connection).next_share == 1


def verify(archive: Archive, *damages: Damage) -> tuple[str, ...]:
    with archive.writing() as connection:
        return record_verified(connection, damages, AT)


def test_what_a_check_of_the_whole_found_is_forgotten_by_no_share_that_is_well(
    empty: Archive,
) -> None:
    assert verify(empty, HURT) == ("version 7",)
    shares = Shares()
    nights = [check_tonight(empty, shares, AT).damaged for _ in range(SHARES)]
    assert set(nights) == {("version 7",)}
    assert shares.checked == [*range(SHARES)]
    assert verify(empty) == ()
    assert check_tonight(empty, shares, AT).damaged == ()


def test_a_check_of_the_whole_that_finds_nothing_ends_what_a_night_found(empty: Archive) -> None:
    shares = Shares(0)
    check_tonight(empty, shares, AT)
    assert verify(empty) == ()
    assert check_tonight(empty, shares, AT).damaged == ()
