"""What tests of several rooms share, and how they are spread over processes."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from rich.console import Console

from fuhan.demo_story import Demo
from scheduler.crawl_starter import FreshStarter
from tests.python_server.command import forked_crawl

# How long an example takes says how busy the machine is, nothing of what is tested.
settings.register_profile("fuhan", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fuhan")

# Folders whose tests take longest, the longest first: what begins last decides when all are done.
_LONG = ("tests/whole/", "tests/storage/", "tests/scheduler/", "tests/fuhan/", "tests/review/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes run tests: a third of the time, tests wait for other processes."""
    cores = os.cpu_count() or 1
    return cores + (cores + 1) // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    starts = (place for place, folder in enumerate(_LONG) if item.nodeid.startswith(folder))
    return next(starts, len(_LONG))


@pytest.fixture(scope="session")
def two_nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the demo leaves: the database of two nights and its reports.

    It is made once for all tests of a process: who writes in it copies it first.
    """
    folder = tmp_path_factory.mktemp("demo")
    Demo(folder, FreshStarter(forked_crawl()), Console(quiet=True)).run()
    return folder


def pytest_collection() -> None:
    """Search for no garbage while thousands of tests are collected, which stay."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Search for garbage again, but not among what was collected."""
    gc.freeze()
    gc.enable()
