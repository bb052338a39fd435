"""A replica that lives, a source that watches it, and a checker that knows what happened."""

import asyncio
import json
import os
import random
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crawler.job import CrawlJob, Politeness, Source
from fuhan.archive_audit import audit
from letters.crawl_record import Crawl
from letters.letter import Kind
from replica.checker import Checker
from replica.compose import compose
from replica.happenings import Life
from replica.server import Replica
from scheduler.child_process import run_crawl
from scheduler.crawl_starter import FreshStarter
from scheduler.due import deadline
from storage import queries
from storage.database.archive import open_archive

CHILD = (sys.executable, "-P", "-m", "fuhan.crawl_process", "-q")
MANNERS = Politeness(delay=0.0, concurrency=8, timeout=1.0, retries=0)
PATIENT = replace(MANNERS, timeout=120.0)  # where all is well, a late answer is none the less one
CONFIRM = 2


@dataclass
class Living:
    """One replica over one archive, and what happened between them up to now."""

    replica: Replica
    folder: Path
    seed: int
    unborn: int = 5  # letters that are published later
    checker: Checker = field(default_factory=Checker)
    command: Sequence[str] = CHILD  # of crawls that are left to end
    killed_command: Sequence[str] = CHILD  # of crawls that a trial lets die
    manners: Politeness = PATIENT
    database: str = ""  # URL of one that is empty; by default a file in the folder

    def __post_init__(self) -> None:
        self.life = Life(self.replica.directory, self.seed, self.unborn)
        self.chance = random.Random(f"living {self.seed}")
        self.checker.expect(self.life.born())
        self.database = self.database or f"sqlite:///{self.folder}/fuhan.db"

    @property
    def job(self) -> CrawlJob:
        """What a crawl's own process is told."""
        listing = self.replica.listing("proposal")
        source = Source("proposals", "发展改革委", Kind.PROPOSAL, listing, politeness=self.manners)
        return CrawlJob(self.database, source, confirm=CONFIRM)

    def happen(self, events: int) -> None:
        """Let that many things happen now."""
        with self.replica.standing_still():
            is_open = self.checker.is_open
            for happened in self.life.go_on(events, is_open):
                self.checker.expect([happened])  # at once: nothing else befalls its letter now

    def happen_soon(self, events: int, within: float) -> threading.Timer:
        """Let them happen in `within` seconds at most, while others look."""
        timer = threading.Timer(self.chance.uniform(0, within), self.happen, (events,))
        timer.start()
        return timer

    def crawl(self) -> Crawl:
        """Crawl as the service does."""
        limit = deadline(1000, 0.0)
        return asyncio.run(run_crawl(FreshStarter(self.command), self.job, limit, lambda _: None))

    def start(
        self, environment: Mapping[str, str] | None = None, fsize: int | None = None
    ) -> "subprocess.Popen[str]":
        """Start a crawl's own process, with a limit to the size of the files it writes."""
        process = subprocess.Popen(
            self.killed_command,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | (environment or {}),
            preexec_fn=fsize and _limiter(fsize),  # noqa: PLW1509 - no thread of ours holds a lock there
        )
        if process.stdin:
            process.stdin.write(self.job.to_line() + "\n")
            process.stdin.flush()
        return process

    def check(self) -> None:
        """Hold what is told against what happened."""
        with (
            closing(open_archive(self.database, create=False)) as archive,
            archive.reading() as connection,
        ):
            self.checker.check(
                each.as_json()
                for each in reversed(list(queries.changes(connection, queries.ChangeFilter())))
            )

    def damages(self) -> list[str]:
        """Return what `verify` finds."""
        with closing(open_archive(self.database, create=False)) as archive:
            return [str(each) for each in audit(archive).damages]

    def come_to_rest(self) -> Crawl:
        """Let all be well, and crawl until everything must have been told."""
        self.replica.faults.clear()
        self.manners = PATIENT
        for _ in range(CONFIRM + 1):
            crawl = self.crawl()
        self.check()
        return crawl

    def figures(self) -> dict[str, Any]:
        """Return how what was told stands to what happened."""
        found = self.checker
        return {
            "told": found.told,
            "by kind": found.by_kind,
            "lost": len(found.lost()),
            "invented": len(found.invented),
            "doubled": len(found.doubled),
            "misdated": len(found.misdated),
            "misfiled": len(found.misfiled),
        }

    def explain(self) -> str:
        """Return what was told wrongly, for whoever must find out why."""
        found = self.checker
        names = ("invented", "doubled", "misdated", "misfiled")
        wrong = {name: getattr(found, name) for name in names}
        told = [
            f"{name}: {json.dumps(each, ensure_ascii=False)}"
            for name, all_ in wrong.items()
            for each in all_
        ]
        return "\n".join([*told, *(f"lost: {each}" for each in found.lost())])

    def is_true(self) -> bool:
        """Tell whether exactly what happened was told, each once."""
        found = self.checker
        wrong = found.invented or found.doubled or found.misdated or found.misfiled
        return not (found.lost() or wrong)


def living(folder: Path, letters: int, seed: int = 1, database: str = "") -> Living:
    """Return a replica of so many letters that is served until the process ends."""
    replica = Replica(compose(letters=letters, suggestions=0))
    replica.__enter__()
    return Living(replica, folder, seed, database=database)


def ended(process: "subprocess.Popen[str]") -> str:
    """Wait for a crawl's process, whose input stays open as long, and return what it complained."""
    held, process.stdin = process.stdin, None  # `communicate` would close it
    told, said = process.communicate()
    if held:
        held.close()
    reasons = [json.loads(line).get("error") for line in told.splitlines()]
    return said + "".join(f"{reason}\n" for reason in reasons if reason)


def _limiter(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def wait_for(condition: Callable[[], bool], seconds: float = 30.0, pause: float = 0.005) -> bool:
    """Wait until something is so; return whether it came to be."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(pause)
    return True
