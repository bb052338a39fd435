"""Which databases a configuration may name, and what is said of others."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import PydanticCustomError
from sqlalchemy import create_engine

from fuhan.config.database_url import database_url, file_problem

Fuhan = Callable[..., Any]  # the command line, as a shell would call it

SOURCE = """\
sources:
  - {name: city, agency: 某市, kind: proposal, listing: "http://127.0.0.1:9/"}
"""

pytestmark = pytest.mark.sqlite("what the configuration's own file says of the database")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql+psycopg://me:hush@host:port/x", "found 'postgresql+psycopg://…'"),
        ("mysql://me:hush@host/x", "found 'mysql://me:***@host/x'"),
        ("postgresql://me:hush@host", "found 'postgresql://me:***@host'"),
        ("postgresql://me@host/x?password=hush", "target_session_attrs, tcp_user_timeout, found"),
        ("hush", "found another text"),
        ("sqlite:///fuhan.db?synchronous=hushed", "synchronous to be normal or full, found"),
        ("sqlite:///fuhan.db?timeout=5", "no key in it but synchronous, found 'timeout'"),
        ("sqlite:///:memory:", "memory"),
        ("sqlite://", "found 'sqlite://'"),
        ("sqlite://fuhan.db", "found 'sqlite://fuhan.db'"),
    ],
)
def test_a_database_that_cannot_be_is_refused_by_line_and_key_without_its_password(
    fuhan: Fuhan, folder: Path, url: str, said: str
) -> None:
    (folder / "config.yaml").write_text(f"{SOURCE}database: '{url}'\n", "utf-8")
    told = fuhan("check")
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert told.err.startswith("fuhan: config.yaml:3: database: expected ")
    assert said in told.err
    assert "hush@" not in told.err
    assert "=hush" not in told.err


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////var/fuhan.db?synchronous=full",
        "postgresql+psycopg:///fuhan?host=/run/postgresql&connect_timeout=5",
        "postgresql://me:pass@host:5432/fuhan?sslmode=require",
    ],
)
def test_a_database_with_what_its_driver_takes_is_accepted(url: str) -> None:
    assert database_url(url) == url


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(
            "database: sqlite:///config.yaml/x.db",
            "database: expected a file in a folder that can be written: Not a directory, found",
            id="a file in a file",
        ),
        pytest.param(
            "database: sqlite:////proc/x/y.db",
            "database: expected a file in a folder that can be written: "
            "No such file or directory, found '/proc/x/y.db'",
            id="a folder that takes no files",
        ),
        pytest.param(
            "review: {host: 192.0.2.1, token: x}",
            "review.host: expected an address of this machine, found '192.0.2.1'",
            id="another machine's address",
        ),
        pytest.param(
            "review: {host: no such host, token: x}",
            "review.host: expected an address of this machine, found 'no such host'",
            id="a name that nobody knows",
        ),
    ],
)
@pytest.mark.parametrize("command", ["check", "serve"])
def test_what_serve_could_not_do_check_refuses_in_the_same_words(
    fuhan: Fuhan, folder: Path, command: str, written: str, expected: str
) -> None:
    (folder / "config.yaml").write_text(f"{SOURCE}{written}\n", "utf-8")
    told = fuhan(command)
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert told.err.startswith(f"fuhan: config.yaml:3: {expected}")


def test_a_check_leaves_nothing_behind(fuhan: Fuhan, folder: Path) -> None:
    assert fuhan("check").code == 0
    assert [path.name for path in folder.iterdir()] == ["config.yaml"]


def test_a_file_that_is_open_keeps_its_log_while_it_is_checked(tmp_path: Path) -> None:
    """Else the next process that closes the database removes the -wal under who has it open."""
    url = f"sqlite:///{tmp_path}/open.db"
    engine = create_engine(url)
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA journal_mode=WAL").close()
        connection.cursor().execute("CREATE TABLE kept (number INTEGER)").close()
        assert file_problem(url) is None
        other = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2])"
        for_it = [f"{tmp_path}/open.db", "SELECT * FROM kept"]
        subprocess.run([sys.executable, "-c", f"{other}; c.close()", *for_it], check=True)
        assert (tmp_path / "open.db-wal").exists()
    engine.dispose()


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    assert "Is a directory, found" in (file_problem(f"sqlite:///{tmp_path}") or "")


def test_a_server_needs_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fuhan.config.database_url.find_spec", lambda _name: None)
    with pytest.raises(PydanticCustomError, match=r"the extra fuhan\[postgres\] to be installed"):
        database_url("postgresql+psycopg://me@host/fuhan")
    assert database_url("sqlite:///fuhan.db") == "sqlite:///fuhan.db"
