"""What tests of several rooms share."""

from pathlib import Path

import pytest
from rich.console import Console

from fuhan.demo_story import Demo
from tests.python_server.command import forked_crawl


@pytest.fixture(scope="session")
def two_nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the demo leaves: the database of two nights and its reports.

    It is made once for all tests of a process: who writes in it copies it first.
    """
    folder = tmp_path_factory.mktemp("demo")
    Demo(folder, forked_crawl(), Console(quiet=True)).run()
    return folder
