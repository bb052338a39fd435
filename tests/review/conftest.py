"""An archive that saw a night of edits, and the web side over it."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from review.app import create_app
from review.settings import ReviewSettings, WatchedSource
from storage.database.archive import Archive, open_archive
from storage.queue.queue_state import QueueState
from tests.archive_copy import archive_url, copy_archive

ZONE = ZoneInfo("Asia/Shanghai")
SOURCE = WatchedSource("demo", "重庆市发展和改革委员会", "proposal", "https://gov.example/list/")


@dataclass
class ServiceBeside:
    """A service of which the web side only knows how it is."""

    reason: str | None = None
    runs: Mapping[str, datetime] = field(default_factory=dict)
    queue: QueueState | None = None

    def trouble(self) -> str | None:
        return self.reason

    def next_runs(self) -> Mapping[str, datetime]:
        return self.runs

    def queue_state(self) -> QueueState | None:
        return self.queue


@pytest.fixture(scope="package")
def demo_folder(two_nights: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the database of two nights and the reports on them."""
    copy = tmp_path_factory.mktemp("told") / "demo"
    shutil.copytree(two_nights, copy, ignore=shutil.ignore_patterns("fuhan.db*"))
    copy_archive(two_nights / "fuhan.db", copy / "fuhan.db")
    return copy


@pytest.fixture(scope="package")
def archive(demo_folder: Path) -> Iterator[Archive]:
    with closing(open_archive(archive_url(demo_folder / "fuhan.db"), create=False)) as opened:
        yield opened


@pytest.fixture
def visitor(archive: Archive) -> Callable[..., TestClient]:
    """Return what makes a browser of settings and the state of the service."""

    def made(
        reason: str | None = None,
        at: str = "127.0.0.1:8321",
        over: Archive = archive,
        queue: QueueState | None = None,
        **settings: object,
    ) -> TestClient:
        values = {"sources": (SOURCE,), "timezone": ZONE, **settings}
        service = ServiceBeside(reason, {"demo": datetime(2026, 11, 24, tzinfo=UTC)}, queue)
        app = create_app(over, ReviewSettings(**values), service)  # type: ignore[arg-type]
        return TestClient(app, base_url=f"http://{at}")

    return made


@pytest.fixture
def browser(visitor: Callable[..., TestClient]) -> TestClient:
    return visitor()
