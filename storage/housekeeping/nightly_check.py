"""The nightly check: a share of the archive, and what was damaged when it was last checked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection, select

from storage.audit import Checked, Damage
from storage.audit.share import SHARES
from storage.database.archive import Archive
from storage.database.insert import upsert
from storage.schema.tables import housekeeping as table

_TASK = "check"
_WHOLE = SHARES  # in place of a share: found by a check of the whole, which alone finds it mended

CheckShare = Callable[[Archive, int], Checked]


@dataclass(frozen=True, slots=True)
class CheckState:
    """How far the nightly check is."""

    done_at: datetime | None = None  # UTC, when a share was last checked; None: never
    next_share: int = 0
    damaged: Mapping[int, str] = field(default_factory=dict)  # by share, the first place of each


@dataclass(frozen=True, slots=True)
class NightlyCheck:
    """What one night's check brought."""

    share: int  # counted from 0
    pages: int
    versions: int
    damages: tuple[str, ...]  # found tonight, a line each
    damaged: tuple[str, ...]  # places that are damaged as far as is known


def check_state(connection: Connection) -> CheckState:
    """Return how far the nightly check is."""
    row = connection.execute(select(table).where(table.c.task == _TASK)).first()
    if row is None:
        return CheckState()
    damaged = {int(share): str(place) for share, place in row.state["damaged"].items()}
    return CheckState(row.done_at, int(row.state["next_share"]) % SHARES, damaged)


def check_tonight(archive: Archive, check: CheckShare, at: datetime) -> NightlyCheck:
    """Check the next share, and once more a share in which damage was found, and record it.

    One that is cut off leaves all as it was: its share is the next one still.
    """
    with archive.reading() as connection:
        before = check_state(connection)
    again = [share for share in before.damaged if share != _WHOLE][:1]
    shares = [before.next_share, *again]
    checks = {share: check(archive, share) for share in dict.fromkeys(shares)}
    damaged = dict(before.damaged)
    for share, checked in checks.items():
        damaged.pop(share, None)
        if checked.damages:
            damaged[share] = checked.damages[0].place
    state = CheckState(at, (before.next_share + 1) % SHARES, damaged)
    with archive.writing() as connection:
        _record(connection, state, at)
    return NightlyCheck(
        before.next_share,
        sum(each.pages for each in checks.values()),
        sum(each.versions for each in checks.values()),
        tuple(str(damage) for each in checks.values() for damage in each.damages),
        tuple(damaged.values()),
    )


def record_verified(
    connection: Connection, damages: Sequence[Damage], at: datetime
) -> tuple[str, ...]:
    """Record what a check of the whole archive found; return the places that are damaged."""
    before = check_state(connection)
    damaged = {_WHOLE: damages[0].place} if damages else {}
    if damaged != before.damaged:
        _record(connection, replace(before, damaged=damaged), before.done_at or at)
    return tuple(damaged.values())


def _record(connection: Connection, state: CheckState, at: datetime) -> None:
    damaged = {str(share): place for share, place in state.damaged.items()}
    kept = {"next_share": state.next_share, "damaged": damaged}
    upsert(connection, table, "task", {"task": _TASK, "done_at": at, "state": kept})
