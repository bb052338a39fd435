"""A composed source in an archive of its own."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.archive_copy import new_archive
from tests.crawler.record.source import ComposedSource


@pytest.fixture
def source(tmp_path: Path) -> Iterator[ComposedSource]:
    with closing(new_archive(tmp_path / "fuhan.db")) as archive:
        yield ComposedSource(archive)
