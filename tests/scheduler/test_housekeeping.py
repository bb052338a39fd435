"""The service has backups made and shares checked, logs what came of it, and raises alarms."""

import asyncio
import json
import logging
import sys
import threading
from asyncio import Event
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from letters.alarm import AlarmKind
from scheduler import housekeeping
from scheduler.housekeeping import Housekeeping, HousekeepingPlan
from scheduler.housekeeping_task import BackupPlan
from storage.database.archive import Archive
from storage.schema.tables import housekeeping as table
from tests.archive_copy import new_archive

SCRIPT = str(Path(__file__).with_name("housekeeper.py"))
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
WELL: dict[str, Any] = {"share": 4, "pages": 7, "versions": 2, "damages": [], "damaged": []}
WELL |= {"wal_bytes": 0, "free_bytes": 0}
HURT = WELL | {"damages": ["version 3: it is lost"], "damaged": ["version 3", "change 1"]}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Return an archive of which a share was checked long ago."""
    with closing(new_archive(tmp_path / "fuhan.db")) as opened:
        with opened.writing() as connection:
            state = {"next_share": 4, "damaged": {}}
            row = {"task": "check", "done_at": LONG_AGO, "state": state}
            connection.execute(table.insert(), [row])
        yield opened


class Reports:
    """What is reported, and that so much has been."""

    def __init__(self, expected: int) -> None:
        self.reported: list[tuple[AlarmKind, str | None]] = []
        self._expected = expected
        self._enough = Event()

    def __call__(self, kind: AlarmKind, problem: str | None) -> None:
        self.reported.append((kind, problem))
        if len(self.reported) == self._expected:
            self._enough.set()

    async def enough(self) -> None:
        await self._enough.wait()


Kept = Callable[..., list[tuple[AlarmKind, str | None]]]


@pytest.fixture
def kept(archive: Archive, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Kept:
    """Return what has a service's housekeeping done until so much was reported."""
    caplog.set_level(logging.INFO)

    def keep(reports: int, *, backup: Any = None, night: Any = None) -> Any:
        said = json.dumps({"backup": backup, "night": night})
        plan = BackupPlan(timedelta(days=1), str(tmp_path / "backups"), 3) if backup else None

        async def story() -> list[tuple[AlarmKind, str | None]]:
            heard = Reports(reports)
            keeping = Housekeeping(
                archive,
                HousekeepingPlan("", UTC, plan),
                [sys.executable, "-I", SCRIPT, said],
                heard,
            )
            await asyncio.wait_for(keeping.run_while(heard.enough()), 120)
            return heard.reported

        return asyncio.run(story())

    return keep


@pytest.mark.sqlite("PostgreSQL has pg_dump")
def test_a_backup_that_was_made_is_logged_and_well(
    kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    reported = kept(2, backup={"file": "/b/fuhan-1.db"}, night=WELL)
    assert (AlarmKind.BACKUP, None) in reported
    assert "backup made: /b/fuhan-1.db" in caplog.messages


@pytest.mark.sqlite("PostgreSQL has pg_dump")
@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"error": "backup /b: disk full"}, "backup /b: disk full"),
        ("nothing", "backup: its process ended and said nothing"),
    ],
)
def test_one_that_failed_is_an_alarm_and_the_service_goes_on(
    kept: Kept, caplog: pytest.LogCaptureFixture, said: Any, problem: str
) -> None:
    reported = kept(2, backup=said, night=WELL)
    assert (AlarmKind.BACKUP, problem) in reported
    assert (AlarmKind.LEDGER, None) in reported
    assert ("ERROR", problem) in [(each.levelname, each.message) for each in caplog.records]


def test_without_backups_no_alarm_is_left_of_them(kept: Kept) -> None:
    assert kept(1, night=WELL) == [(AlarmKind.BACKUP, None)]


def test_a_check_that_was_missed_is_made_up_and_says_what_it_checked(
    kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    assert kept(2, night=WELL)[-1] == (AlarmKind.LEDGER, None)
    line = "nightly check: share 5 of 28, 7 pages, 2 versions, 0 damages, "
    assert any(each.startswith(line) for each in caplog.messages)


def test_a_file_that_grows_is_said(kept: Kept, caplog: pytest.LogCaptureFixture) -> None:
    kept(2, night=WELL | {"wal_bytes": 2**28, "free_bytes": 2**27})
    said = [each.message for each in caplog.records if each.levelname == "WARNING"]
    assert said == [
        "the database's -wal has 256 MiB and can't be folded in: something reads without end",
        "128 MiB of the database's file are free: fuhan compact --vacuum gives them back",
    ]


def test_damage_is_an_alarm_and_a_line(kept: Kept, caplog: pytest.LogCaptureFixture) -> None:
    problem = "damage was found: version 3 and 1 more"
    assert kept(2, night=HURT)[-1] == (AlarmKind.LEDGER, problem)
    assert "nightly check: damage: version 3: it is lost" in caplog.messages


def test_a_plan_that_changes_while_the_next_backup_is_planned_is_the_one_that_counts(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[str] = []
    may_go_on = threading.Event()

    async def story() -> None:
        loop, first, second = asyncio.get_running_loop(), Event(), Event()

        def last_backup(_: Archive, folder: Path) -> datetime:
            asked.append(str(folder))
            loop.call_soon_threadsafe(second.set if first.is_set() else first.set)
            may_go_on.wait(120)
            return datetime.now(UTC)

        async def changed() -> None:
            await first.wait()
            for folder in ("/b", "/c"):
                keeping.replace(HousekeepingPlan("", UTC, replace(plan, folder=folder)))
            may_go_on.set()
            await second.wait()

        monkeypatch.setattr(housekeeping, "last_backup", last_backup)
        plan = BackupPlan(timedelta(days=1), "/a", 3)
        command = [sys.executable, "-I", SCRIPT, json.dumps({"night": WELL})]
        keeping = Housekeeping(archive, HousekeepingPlan("", UTC, plan), command, lambda *_: None)
        await asyncio.wait_for(keeping.run_while(changed()), 120)

    asyncio.run(story())
    assert asked == ["/a", "/c"]
    assert not any("skipped" in each for each in caplog.messages)


def test_a_task_under_way_ends_with_the_service(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[asyncio.subprocess.Process] = []
    start = asyncio.create_subprocess_exec

    async def story() -> None:
        began = Event()

        async def starting(*words: str, **options: Any) -> asyncio.subprocess.Process:
            started.append(await start(*words, **options))
            began.set()
            return started[0]

        monkeypatch.setattr(asyncio, "create_subprocess_exec", starting)
        said = json.dumps({"night": "wait"})
        command = [sys.executable, "-I", SCRIPT, said]
        plan = HousekeepingPlan("", UTC)
        keeping = Housekeeping(archive, plan, command, lambda *_: None)
        await asyncio.wait_for(keeping.run_while(_done(began)), 120)

    asyncio.run(story())
    assert started[0].returncode is not None


async def _done(event: Event) -> None:
    await event.wait()
