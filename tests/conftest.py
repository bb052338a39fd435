"""What tests of several rooms share, and how they are spread over processes."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from rich.console import Console

from fuhan.demo_story import Demo
from scheduler.crawl_starter import FreshStarter
from tests.archive_copy import Store, archive_url, drop_archives, on_postgresql
from tests.postgres_server import server_url
from tests.python_server.command import forked_crawl

# How long an example takes says how busy the machine is, nothing of what is tested.
settings.register_profile("fuhan", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fuhan")

# Folders whose tests take longest, the longest first: what begins last decides when all are done.
_LONG = ("tests/whole/", "tests/storage/", "tests/scheduler/", "tests/fuhan/", "tests/review/")


# The fixtures with an archive that is kept where `--store` says. Tests of storage ask for one of each
# kind, and have run on both already.
_ARCHIVES = {
    *("archive", "crawled", "folder", "grown", "live", "mornings", "project", "small", "source"),
    *("story", "two_nights", "watch", "watched"),
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes run tests: a third of the time, tests wait for other processes."""
    cores = os.cpu_count() or 1
    return cores + (cores + 1) // 2


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests that open an archive open it in PostgreSQL."""
    parser.addoption(
        "--store",
        choices=("sqlite", "postgresql"),
        default=os.environ.get("FUHAN_TEST_STORE", "sqlite"),
        help="where archives are kept; with postgresql, tests that open none are left out",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest; on PostgreSQL, run only what opens an archive there."""
    items.sort(key=_place)
    if config.getoption("store") == "postgresql":
        kept = [item for item in items if _opens_archive(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept
        for item in items:
            if of_sqlite := item.get_closest_marker("sqlite"):
                item.add_marker(pytest.mark.skip(reason=f"of SQLite alone: {of_sqlite.args[0]}"))


def _opens_archive(item: pytest.Item) -> bool:
    is_of_both = item.nodeid.startswith("tests/storage/")
    return not is_of_both and bool(_ARCHIVES & set(getattr(item, "fixturenames", ())))


def _place(item: pytest.Item) -> int:
    starts = (place for place, folder in enumerate(_LONG) if item.nodeid.startswith(folder))
    return next(starts, len(_LONG))


@pytest.fixture(scope="session")
def postgres() -> str:
    """Return the URL of a PostgreSQL server, for all tests and processes of a run."""
    return server_url()


@pytest.fixture(scope="session", autouse=True)
def _store(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep archives where `--store` says."""
    if request.config.getoption("store") == "postgresql":
        Store.server = request.getfixturevalue("postgres")
    yield
    drop_archives(Path("/"))
    Store.server = None


@pytest.fixture(autouse=True)
def _drop(request: pytest.FixtureRequest) -> Iterator[None]:
    """Drop what a test made in its own folder."""
    has_folder = on_postgresql() and "tmp_path" in request.fixturenames
    folder: Path | None = request.getfixturevalue("tmp_path") if has_folder else None
    yield
    if folder:
        drop_archives(folder)


@pytest.fixture(scope="session")
def two_nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the demo leaves: the database of two nights and its reports.

    It is made once for all tests of a process: who writes in it copies it first.
    """
    folder = tmp_path_factory.mktemp("demo")
    database = archive_url(folder / "fuhan.db")
    Demo(folder, FreshStarter(forked_crawl()), Console(quiet=True), database).run()
    return folder


def pytest_collection() -> None:
    """Search for no garbage while thousands of tests are collected, which stay."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Search for garbage again, but not among what was collected."""
    gc.freeze()
    gc.enable()
