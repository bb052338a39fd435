"""A service and workers over replicas that live, around one PostgreSQL database."""

import itertools
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bench.fleet_host import Host, served
from bench.living import wait_for
from fuhan.archive_audit import audit
from letters.crawl_record import Crawl
from replica.compose import compose
from replica.document import CHANNELS
from storage import queries
from storage.database.archive import open_archive
from storage.queries import ChangeFilter

PATIENCE = 180.0  # seconds until crawls have been made that are due at once, on a busy machine
FUHAN = (sys.executable, "-P", "-m", "fuhan")
WORKER = (sys.executable, "-P", str(Path(__file__).with_name("fleet_worker.py")))

_CONFIG = """database: {url}
{queue}review: {{port: 0}}
confirm: {confirm}
crawl: {{{manners}}}
sources:
"""
_SOURCE = '  - {{name: {kind}-{host}, agency: 某委, kind: {kind}, listing: "{listing}", schedule: {{every: {every}s}}}}\n'


@dataclass
class Fleet:
    """A service, its workers, and the hosts that they watch."""

    folder: Path
    url: str  # of the archive's database, and of the queue's
    hosts: Sequence[Host]
    every: float = 1.0  # seconds between two crawls of a source
    confirm: int = 2
    is_queued: bool = True  # crawls are those of workers
    manners: str = "delay: 0.02s, concurrency: 4, timeout: 5s, retries: 1"
    service: Sequence[str] = FUHAN
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    begun_at: dict[str, int] = field(default_factory=dict)  # where logs of newest starts begin

    def write_config(self) -> None:
        """Write what service and workers read."""
        queue = f"queue: {self.url}\n" if self.is_queued else ""
        text = _CONFIG.format(
            url=self.url, queue=queue, confirm=self.confirm, manners=self.manners
        )
        for place, host in enumerate(self.hosts):
            for kind in sorted({each.kind for each in host.replica.directory.documents}):
                listing = host.replica.listing(kind)
                text += _SOURCE.format(kind=kind, host=place, listing=listing, every=self.every)
        (self.folder / "config.yaml").write_text(text, encoding="utf-8")

    def serve(self) -> None:
        """Start the service."""
        self._start("service", [*self.service, "serve"])

    def work(self, name: str, command: Sequence[str] = WORKER) -> None:
        """Start a worker."""
        self._start(name, [*command, str(self.folder / "config.yaml"), name])

    def has_begun(self, name: str) -> bool:
        """Return whether a worker has begun a crawl since it was started last."""
        return " begins" in self.said(name).rpartition(" runs ")[2]

    def kill(self, name: str) -> None:
        """Kill a process, as a power cut would."""
        process = self.processes.pop(name)
        process.kill()
        process.wait()

    def heeds_signals(self, name: str) -> bool:
        """Return whether a process has said that it works since it was started last."""
        said = (self.folder / f"{name}.log").read_bytes()[self.begun_at[name] :]
        return b" INFO serving " in said or b" crawls at once" in said

    def end(self) -> list[int]:
        """End all processes as an operator does, and return their exit codes."""
        for name in self.processes:
            wait_for(partial(self.heeds_signals, name), PATIENCE)
        ending = list(self.processes.values())
        for process in ending:
            process.send_signal(signal.SIGTERM)
        self.processes.clear()
        return [process.wait(PATIENCE) for process in ending]

    def close(self) -> None:
        """Kill what still runs."""
        for name in list(self.processes):
            self.kill(name)

    def said(self, name: str) -> str:
        """Return what a process has logged up to now."""
        return (self.folder / f"{name}.log").read_text("utf-8")

    def is_amid(self, name: str, letters: int) -> bool:
        """Return whether the first crawl of a worker has asked for so many letters by now."""
        begun = re.search(r"crawl of (\w+)-(\d+) begins", self.said(name))
        if not begun:
            return False
        letter = f"{CHANNELS[begun[1]]}20"  # the folder of a month
        log = list(self.hosts[int(begun[2])].replica.log)
        return sum(path.startswith(letter) for path, _ in log) >= letters

    def crawls(self) -> list[Crawl]:
        """Return all crawls on record, oldest first."""
        with self._archive() as connection:
            return list(queries.crawls(connection))[::-1]

    def ended(self) -> int:
        """Return how many crawls have ended."""
        return sum(each.outcome is not None for each in self.crawls())

    def await_rest(self, crawls: int = 3) -> bool:
        """Wait until each source was crawled to its end so often from now on."""
        since = datetime.now(UTC)

        def rested() -> bool:
            done = Counter(
                each.source
                for each in self.crawls()
                if each.outcome == "complete" and each.started_at > since
            )
            return len(done) == 2 * len(self.hosts) and min(done.values()) >= crawls

        return wait_for(rested, 2 * PATIENCE, pause=0.5)

    def await_crawls(self, count: int) -> bool:
        """Wait until so many crawls have ended."""
        return wait_for(lambda: self.ended() >= count, PATIENCE, pause=0.5)

    def told(self) -> list[list[dict[str, Any]]]:
        """Return the changes of each host as the contract has them, oldest first."""
        with self._archive() as connection:
            changes = [each.as_json() for each in queries.changes(connection, ChangeFilter())]
        return [
            [each for each in reversed(changes) if each["letter"]["url"].startswith(url)]
            for url in (f"{host.replica.url}/" for host in self.hosts)
        ]

    def check(self) -> None:
        """Hold what is told against what happened."""
        for host, told in zip(self.hosts, self.told(), strict=True):
            host.checker.check(told)

    def figures(self) -> dict[str, int]:
        """Return what was wrong of all that was told, crawled and kept; zeros are right."""
        wrong: Counter[str] = Counter()
        crawls = self.crawls()
        for place, host in enumerate(self.hosts):
            found = host.checker
            wrong["lost"] += len(found.lost())
            for name in ("invented", "doubled", "misdated", "misfiled"):
                wrong[name] += len(getattr(found, name))
            of_host = [each for each in crawls if each.source.endswith(f"-{place}")]
            wrong["at once"] += _overlaps(of_host)
            wrong["interleaved"] += max(host.turns() - len(of_host), 0)
        with closing(open_archive(self.url, create=False)) as archive:
            wrong["damages"] = len(audit(archive).damages)
        return dict(wrong)

    def _start(self, name: str, command: Sequence[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.begun_at[name] = log.tell()
            self.processes[name] = subprocess.Popen(command, cwd=self.folder, stderr=log)

    @contextmanager
    def _archive(self) -> Iterator[Any]:
        with (
            closing(open_archive(self.url, create=True)) as archive,
            archive.reading() as connection,
        ):
            yield connection


def _overlaps(crawls: Sequence[Crawl]) -> int:
    """Return how many crawls of one host began before the one before had ended.

    One that was cut off has no end on record: what it asked for then is among the host's turns.
    """
    ended = [each for each in crawls if each.finished_at]
    return sum(
        bool(before.finished_at and after.started_at < before.finished_at)
        for before, after in itertools.pairwise(ended)
    )


@contextmanager
def fleet(
    folder: Path, url: str, hosts: int, letters: int, seed: int = 1, confirm: int = 2
) -> Iterator[Fleet]:
    """Yield a fleet over so many hosts, its configuration written; all is ended in the end."""
    with ExitStack() as serving:
        made = [
            serving.enter_context(served(compose(letters, letters // 2, number), number, unborn=3))
            for number in range(seed, seed + hosts)
        ]
        with closing(Fleet(folder, url, made, confirm=confirm)) as built:
            built.write_config()
            yield built
