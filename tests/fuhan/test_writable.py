"""An archive that can't be written is refused by who must write it, and said where it becomes so."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from storage.database.archive import open_archive
from storage.schema.tables import addresses, letters
from tests.fuhan.test_service import ask, base, seen, serving, until
from tests.postgres_server import OwnServer, new_database

Fuhan = Callable[..., Any]  # the command line, as a shell would call it

pytestmark = pytest.mark.sqlite("a server of its own")


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    with OwnServer.running() as own:
        own.execute("CREATE ROLE reader LOGIN", "CREATE ROLE wary LOGIN")
        own.execute(
            "GRANT pg_read_all_data TO reader", "GRANT pg_read_all_data, pg_write_all_data TO wary"
        )
        own.execute("ALTER ROLE wary SET default_transaction_read_only = on")
        yield own


@pytest.fixture
def url(server: OwnServer) -> Iterator[str]:
    with new_database(server.url) as made:
        open_archive(made, create=True).close()
        yield made


def role(url: str, name: str) -> str:
    return make_url(url).set(username=name).render_as_string(hide_password=False)


def read_only(server: OwnServer, url: str, state: str) -> None:
    name = make_url(url).database
    server.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = {state}')


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        pytest.param("reader", "role reader may not insert into addresses", id="a reader"),
        pytest.param("wary", "its transactions are read-only", id="wary"),
    ],
)
@pytest.mark.parametrize("command", ["check", "serve"])
def test_what_must_write_refuses_a_role_that_can_only_read(
    fuhan: Fuhan,
    folder: Path,
    url: str,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    problem: str,
    command: str,
) -> None:
    monkeypatch.setenv("FUHAN_DATABASE", role(url, name))
    told = fuhan(command)
    assert (told.code, told.out) == (2, "")
    where = make_url(role(url, name)).render_as_string()
    assert told.err == f"fuhan: database {where}: expected one that can be written: {problem}\n"
    assert fuhan("letters").code == 0
    assert folder.exists()


def test_who_has_read_writes_no_more_than_who_has_not(server: OwnServer, url: str) -> None:
    read_only(server, url, "on")
    with closing(open_archive(url, create=False)) as archive:
        for _ in range(2):
            with archive.reading() as connection:
                assert connection.scalar(select(func.count()).select_from(letters)) == 0
            with (
                pytest.raises(SQLAlchemyError, match="read-only transaction"),
                archive.writing() as connection,
            ):
                connection.execute(insert(addresses).values(source="city", key="1", url="1"))


def test_a_service_says_once_that_its_archive_became_unwritable_and_when_it_ended(
    server: OwnServer, folder: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUHAN_DATABASE", url)
    (folder / "config.yaml").write_text(
        "review: {port: 0}\nsources:\n"
        '  - {name: city, agency: 某市, kind: proposal, listing: "http://127.0.0.1:9/"}\n'
    )
    said = "the database can't be written: its transactions are read-only"
    with serving(folder):
        at = base(folder)
        assert until(lambda: ask(f"{at}/healthz")[0] == 200)
        read_only(server, url, "on")
        assert seen(folder, said)
        assert ask(f"{at}/healthz")[0] == 503
        read_only(server, url, "off")
        assert seen(folder, "the database can be written again")
        assert ask(f"{at}/healthz")[0] == 200
    assert (folder / "log").read_text("utf-8").count(said) == 1
