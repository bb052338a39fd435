"""A replica that is served and a project folder that watches it, with the real command."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest

from bench.living import wait_for
from crawler.job import CrawlJob, Politeness, Source
from fuhan.archive_audit import audit
from letters.letter import Kind
from replica.compose import compose
from replica.server import Replica
from storage import queries
from storage.database.archive import Archive, open_archive
from storage.database.lock import is_crawled
from tests.archive_copy import archive_url, copy_archive, new_archive, on_postgresql
from tests.python_server.command import forked_fuhan, forked_python
from tests.whole.mornings import Mornings
from tests.whole.story import Story

FUHAN = (sys.executable, "-P", "-m", "fuhan")


@dataclass
class Project:
    """A folder with a configuration, in which fuhan is called as a user calls it."""

    folder: Path
    command: tuple[str, ...] = ()  # what is called; by default fuhan in forked processes

    @property
    def database(self) -> Path:
        return self.folder / "data" / "fuhan.db"

    def real(self) -> "Project":
        """Return the same folder, in which each command is the product's own."""
        return replace(self, command=FUHAN)

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*(self.command or forked_fuhan()), *words],
            cwd=self.folder,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    @contextmanager
    def altered(self, old: str, new: str) -> Iterator[None]:
        """Let the configuration say `new` in the place of `old` within the block."""
        config = self.folder / "config.yaml"
        before = config.read_text("utf-8")
        assert old in before
        config.write_text(before.replace(old, new), "utf-8")
        yield
        config.write_text(before, "utf-8")

    def wait_until_free(self) -> None:
        """Wait until nobody crawls the source: a server may notice late that a crawl is gone."""
        with closing(open_archive(archive_url(self.database), create=False)) as archive:
            assert wait_for(lambda: not is_crawled(archive, "proposals"), 120)

    def run(self, *words: str, code: int = 0) -> str:
        process = self.start(*words)
        out, err = process.communicate(timeout=600)
        assert process.returncode == code, f"{words} ended with {process.returncode}: {err}{out}"
        return out

    def rows(self, *words: str, code: int = 0) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run(*words, code=code).splitlines()]

    def crawl(self, *words: str, code: int = 0) -> dict[str, Any]:
        return self.rows("crawl", "--json", *words, code=code)[0]

    def changes(self, *words: str) -> list[dict[str, Any]]:
        found = self.rows("changes", "--format", "jsonl", *words)
        return sorted(found, key=lambda change: change["id"])


@dataclass
class Quick:
    """A source crawled by its own process alone, and an archive read in this one."""

    replica: Replica
    project: Project
    max_file: int = 2**20
    timeout: float = 120.0  # seconds for an answer: one that is late says that the machine is busy
    revisits: int | None = None
    full: bool = False

    def job(self) -> CrawlJob:
        bounds = {"max_file": self.max_file}
        politeness = Politeness(
            delay=0.0, concurrency=8, timeout=self.timeout, retries=0, **bounds
        )
        listing = self.replica.listing("proposal")
        agency = "重庆市发展和改革委员会"
        source = Source(
            "proposals",
            agency,
            Kind.PROPOSAL,
            listing,
            revisits=self.revisits,
            politeness=politeness,
        )
        return CrawlJob(archive_url(self.project.database), source, full=self.full)

    def crawl(self, late: float = 0.0, **asked: Any) -> dict[str, Any]:
        """Crawl in a process whose clock is `late` seconds ahead, as is `asked` of the job."""
        child = [*forked_python(), str(Path(__file__).with_name("ticking.py")), str(late)]
        with subprocess.Popen(child, stdin=PIPE, stdout=PIPE, text=True) as process:
            assert process.stdin
            assert process.stdout
            process.stdin.write(replace(self.job(), **asked).to_line() + "\n")
            process.stdin.flush()
            told = [json.loads(answer) for answer in process.stdout]
            process.stdin.close()
        assert process.returncode == 0
        crawl: dict[str, Any] = told[-1]["crawl"]
        return crawl

    @contextmanager
    def archive(self) -> Iterator[Archive]:
        with closing(open_archive(self.job().database, create=False)) as archive:
            yield archive

    def changes(self) -> list[dict[str, Any]]:
        """Return what was told but that letters were first seen, oldest first."""
        with self.archive() as archive, archive.reading() as connection:
            rows = [each.as_json() for each in queries.changes(connection, queries.ChangeFilter())]
        told = sorted(rows, key=lambda change: change["id"])
        return [each for each in told if each["kind"] != "published"]

    def letters(self) -> list[dict[str, Any]]:
        with self.archive() as archive, archive.reading() as connection:
            rows = queries.plain_letters(connection, queries.LetterFilter())
            return [each.as_json() for each in rows]

    def assert_sound(self) -> None:
        with self.archive() as archive:
            assert audit(archive).damages == []


@pytest.fixture(scope="session")
def quick() -> Callable[[Replica, Project], Quick]:
    """Return what crawls quickly."""
    return Quick


def write_config(folder: Path, listing: str, *, more: str = "", source: str = "") -> Project:
    database = folder / "data" / "fuhan.db"
    line = f"database: {json.dumps(archive_url(database))}\n" if on_postgresql() else ""
    (folder / "config.yaml").write_text(
        f"""{line}sources:
  - name: proposals
    agency: 重庆市发展和改革委员会
    kind: proposal
    listing: {listing}
{source}
crawl: {{delay: 0s, concurrency: 8, timeout: 2m, retries: 0}}
{more}
""",
        encoding="utf-8",
    )
    return Project(folder)


@pytest.fixture(scope="session")
def watch() -> Callable[..., Project]:
    """Return what makes a project of a folder and a listing's URL."""
    return write_config


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(compose()) as served:
        yield served


@pytest.fixture(scope="module")
def project(replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project in which every command is the product's own."""
    folder = tmp_path_factory.mktemp("project")
    return write_config(folder, replica.listing("proposal")).real()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[Replica, Project]]:
    """A replica of fifty letters that one test may spoil."""
    with Replica(compose(letters=50, suggestions=0)) as served:
        yield served, write_config(tmp_path, served.listing("proposal"))


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quick]:
    """A directory of twelve letters after its first crawl: who goes on copies the archive."""
    folder = tmp_path_factory.mktemp("crawled")
    with Replica(compose(letters=12, suggestions=0)) as served:
        first = Quick(served, write_config(folder, served.listing("proposal")))
        assert first.crawl()["outcome"] == "complete"
        yield first


@pytest.fixture
def story(tmp_path: Path, crawled: Quick) -> Story:
    """The same letters after the same first crawl for each test, which goes on from there."""
    crawled.replica.start_over(compose(letters=12, suggestions=0))
    project = write_config(tmp_path, crawled.replica.listing("proposal"))
    copy_archive(crawled.project.database, project.database)
    return Story(replace(crawled, project=project))


@pytest.fixture
def mornings(tmp_path: Path) -> Iterator[Mornings]:
    """A letter that is looked at once a day; what is kept of it must be sound at the end."""
    with closing(new_archive(tmp_path / "fuhan.db")) as archive:
        yield Mornings(archive)
        assert audit(archive).damages == []
