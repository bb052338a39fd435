"""What the service does for the archive by itself: backups, and each night a check of a share.

Each task is a process of its own, so that the service stays small, and one that hangs or dies
harms nothing. They follow one another, beside the crawls.
"""

import asyncio
import json
import logging
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from letters.alarm import AlarmKind
from letters.counted import counted
from scheduler.housekeeping_task import BackupPlan, HousekeepingTask, next_backup, next_night
from scheduler.scheduled_source import utc_now
from scheduler.timers import Timers
from storage.audit.share import SHARES
from storage.database.archive import Archive, ArchiveError
from storage.database.errors import StorageError, reason
from storage.housekeeping.backup_folder import last_backup
from storage.housekeeping.nightly_check import check_state
from storage.housekeeping.tidy import MUCH

log = logging.getLogger(__name__)

_LONGEST = timedelta(hours=6)  # a task that takes longer hangs
_RETRY_AFTER = timedelta(hours=1)  # at most, after a backup that failed
_MIN_PAUSE = timedelta(seconds=1)
_SHOWN = 10  # damages that are logged; fuhan verify names all

Report = Callable[[AlarmKind, str | None], None]  # what has gone wrong; None: it is well


@dataclass(frozen=True, slots=True)
class HousekeepingPlan:
    """What is to be done."""

    database: str  # the archive's URL
    zone: tzinfo  # whose nights count
    backup: BackupPlan | None = None  # None: none are made


class Housekeeping:
    """Has the tasks done when they are due."""

    def __init__(
        self,
        archive: Archive,
        plan: HousekeepingPlan,
        command: Sequence[str],
        report: Report,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._archive = archive
        self._plan = plan
        self._command = command
        self._report = report
        self._now = now
        self._timers = Timers()
        self._turn = asyncio.Lock()
        self._under_way: asyncio.Task[bytes] | None = None
        self._is_planning = self._is_checking = False
        self._is_ending = False

    async def run_while(self, serving: Awaitable[None]) -> None:
        """Do what is due until `serving` has ended; a task under way then is broken off."""
        self.replace(self._plan)
        self._timers.start()
        try:
            await serving
        finally:
            self._timers.pause()
            self._is_ending = True
            if self._under_way:
                self._under_way.cancel()
            async with self._turn:  # who had it has ended, or will not begin
                self._timers.stop()

    def replace(self, plan: HousekeepingPlan) -> None:
        """Do as `plan` says from now on."""
        self._plan = plan
        self._timers.cancel("backup")
        if plan.backup is None:
            self._report(AlarmKind.BACKUP, None)
        elif not self._is_planning:  # else it goes by this plan, too
            self._timers.call_at(self._now(), "plan", self._plan_backup)
        if not self._is_checking:  # which sets the time of the next one
            self._timers.call_at(self._next_night(), "night", self._check)

    def _next_night(self) -> datetime:
        try:
            with self._archive.reading() as connection:
                last = check_state(connection).done_at
        except (StorageError, ArchiveError):
            last = None
        return next_night(last, self._plan.zone, self._now())

    async def _plan_backup(self) -> None:
        """Set the time of the next backup; its folder may be on a slow disk."""
        self._is_planning = True
        try:
            async with self._turn:  # one under way is the last one then
                due = await self._next_backup()
        finally:
            self._is_planning = False
        if due is not None:
            self._call_at(due, "backup", self._back_up)

    async def _next_backup(self) -> datetime | None:
        """Return when a backup is due by the plan as it is in the end; None: none is made."""
        while (plan := self._plan.backup) is not None:
            last = await asyncio.to_thread(last_backup, self._archive, Path(plan.folder))
            if self._plan.backup == plan:
                return next_backup(last, plan.every, self._now())
        return None

    async def _back_up(self) -> None:
        """Make a backup and set the time of the next one."""
        if (plan := self._plan.backup) is None:
            return
        began = self._now()
        task = HousekeepingTask("backup", self._plan.database, plan.folder, plan.keep)
        if (made := await self._done(task)) is None:
            return
        if error := made.get("error"):
            log.error("%s", error)
            self._report(AlarmKind.BACKUP, str(error))
            due = began + min(plan.every, _RETRY_AFTER)
        else:
            log.info("backup made: %s", made["file"], extra={"fields": {"file": made["file"]}})
            self._report(AlarmKind.BACKUP, None)
            due = next_backup(began, plan.every, self._now())
        if self._plan.backup == plan:  # else the next one is planned already
            self._call_at(due, "backup", self._back_up)

    async def _check(self) -> None:
        """Check a share, and set the time of the next one, whatever came of it."""
        began, self._is_checking = self._now(), True
        checked = await self._done(HousekeepingTask("night", self._plan.database))
        self._is_checking = False
        if checked is None:
            return
        if error := checked.get("error"):
            log.error("nightly check: %s", error)
        else:
            self._log_check(checked, self._now() - began)
        night = next_night(self._now(), self._plan.zone, self._now())
        self._timers.call_at(night, "night", self._check)

    def _log_check(self, checked: dict[str, Any], took: timedelta) -> None:
        damages, damaged = checked["damages"], checked["damaged"]
        for damage in damages[:_SHOWN]:
            log.error("nightly check: damage: %s", damage)
        counts = checked["share"] + 1, SHARES, checked["pages"], checked["versions"], len(damages)
        share, shares, *found = counts
        words = map(counted, found, ("page", "version", "damage"))
        fields = dict(
            zip(("share", "shares", "pages", "versions", "damages"), counts, strict=True)
        )
        log.info(
            "nightly check: share %d of %d, %s, %s, %s, %.0f s",
            *(share, shares, *words, took.total_seconds()),
            extra={"fields": fields | {"seconds": round(took.total_seconds(), 1)}},
        )
        _log_file(checked["wal_bytes"], checked["free_bytes"])
        self._report(AlarmKind.LEDGER, damage_found(damaged) if damaged else None)

    def _call_at(self, moment: datetime, name: str, call: Callable[[], Awaitable[None]]) -> None:
        """Have `call` called at `moment`, after a pause at least."""
        self._timers.call_at(max(moment, self._now() + _MIN_PAUSE), name, call)

    async def _done(self, task: HousekeepingTask) -> dict[str, Any] | None:
        """Have a task done by a process of its own; return what it said, an error if it failed.

        None where it was broken off, as the service ends.
        """
        async with self._turn:
            if self._is_ending:
                return None
            self._under_way = asyncio.create_task(self._said(task))
            await asyncio.wait([self._under_way])
            return None if self._under_way.cancelled() else _read(task, self._under_way)

    async def _said(self, task: HousekeepingTask) -> bytes:
        async with asyncio.timeout(_LONGEST.total_seconds()):
            return await self._exchanged(task)

    async def _exchanged(self, task: HousekeepingTask) -> bytes:
        child = await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, process_group=0
        )
        try:
            if not (child.stdin and child.stdout):
                return b""
            child.stdin.write(f"{task.to_line()}\n".encode())  # it lives as long as this is open
            said = await child.stdout.read()
            await child.wait()
            return said
        finally:
            if child.returncode is None:
                child.kill()  # what it did not finish is done anew
                await child.wait()
            if child.stdin:
                child.stdin.close()


def _read(task: HousekeepingTask, ended: "asyncio.Task[bytes]") -> dict[str, Any]:
    """Return what a process said, or the error that it has ended with."""
    try:
        said: dict[str, Any] = json.loads(ended.result())
    except TimeoutError:
        return {"error": f"{task.name}: was ended after {_LONGEST}"}
    except OSError as error:
        return {"error": f"{task.name}: can't be started: {reason(error)}"}
    except ValueError:
        return {"error": f"{task.name}: its process ended and said nothing"}
    return said


def _log_file(wal_bytes: int, free_bytes: int) -> None:
    """Log what of the database's file its keeper should know."""
    if wal_bytes > MUCH:
        log.warning(
            "the database's -wal has %d MiB and can't be folded in: something reads without end",
            wal_bytes // 2**20,
        )
    if free_bytes:
        log.warning(
            "%d MiB of the database's file are free: fuhan compact --vacuum gives them back",
            free_bytes // 2**20,
        )


def damage_found(places: Sequence[str]) -> str:
    """Return why the ledger's alarm stands."""
    more = f" and {len(places) - 1} more" if len(places) > 1 else ""
    return f"damage was found: {places[0]}{more}"
