"""The server of the tests goes on whatever other runs of pytest do with folders."""

from pathlib import Path

import pytest

from tests.postgres_server import OwnServer, new_database


def test_a_server_is_in_no_folder_of_pytest_and_leaves_nothing(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with OwnServer.running() as server:
        folder = Path(server.package.pgdata)
        assert not folder.is_relative_to(tmp_path_factory.getbasetemp().parents[0])
        with new_database(server.url):
            server.stop()
            server.start()
    assert not folder.exists()
