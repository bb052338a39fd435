"""A composed source in an archive of its own."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.database.archive import open_archive
from tests.crawler.record.source import ComposedSource


@pytest.fixture
def source(tmp_path: Path) -> Iterator[ComposedSource]:
    url = f"sqlite:///{tmp_path}/fuhan.db"
    with closing(open_archive(url, create=True)) as archive:
        yield ComposedSource(archive)
