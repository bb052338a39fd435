"""A replica that is served and a project folder that watches it, with the real command."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from replica.compose import compose
from replica.server import Replica

FUHAN = [sys.executable, "-P", "-m", "fuhan"]


@dataclass
class Project:
    """A folder with a configuration, in which fuhan is called as a user calls it."""

    folder: Path

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*FUHAN, *words],
            cwd=self.folder,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *words: str, code: int = 0) -> str:
        process = self.start(*words)
        out, err = process.communicate(timeout=120)
        assert process.returncode == code, f"{words} ended with {process.returncode}: {err}{out}"
        return out

    def rows(self, *words: str, code: int = 0) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run(*words, code=code).splitlines()]

    def crawl(self, *words: str, code: int = 0) -> dict[str, Any]:
        return self.rows("crawl", "--json", *words, code=code)[0]

    def changes(self, *words: str) -> list[dict[str, Any]]:
        found = self.rows("changes", "--format", "jsonl", *words)
        return sorted(found, key=lambda change: change["id"])


def write_config(folder: Path, listing: str, *, more: str = "", source: str = "") -> Project:
    (folder / "config.yaml").write_text(
        f"""sources:
  - name: proposals
    agency: 重庆市发展和改革委员会
    kind: proposal
    listing: {listing}
{source}
crawl: {{delay: 0s, concurrency: 8, timeout: 3s, retries: 0}}
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
    return write_config(tmp_path_factory.mktemp("project"), replica.listing("proposal"))


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[Replica, Project]]:
    """A replica of fifty letters that one test may spoil."""
    with Replica(compose(letters=50, suggestions=0)) as served:
        yield served, write_config(tmp_path, served.listing("proposal"))
