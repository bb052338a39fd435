import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from sqlalchemy import make_url

from storage.database.preflight import schema_revision, set_schema_revision
from storage.database.process_lock import SERVICE, ProcessLock
from tests.archive_copy import archive_url, new_archive
from tests.python_server.command import forked_fuhan

PATIENCE = 120  # seconds until a process has done what it does at once, on a busy machine

Fuhan = Callable[..., Any]  # the command line, as a shell would call it


@contextmanager
def serving(folder: Path, *fuhan: str) -> Iterator[subprocess.Popen[bytes]]:
    """Yield the process of a service; it is killed in the end, if it still lives.

    It is the product's own command, unless another one is given.
    """
    command = [*(fuhan or (sys.executable, "-m", "fuhan")), "serve"]
    with (folder / "log").open("ab") as log:
        service = subprocess.Popen(command, cwd=folder, stderr=log)
    try:
        yield service
    finally:
        service.kill()
        service.wait()


def seen(folder: Path, text: str, times: int = 1) -> bool:
    """Return whether the log says `text` so often in time."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if (folder / "log").exists() and (folder / "log").read_text("utf-8").count(text) >= times:
            return True
        time.sleep(0.05)
    return False


def until(holds: Callable[[], bool]) -> bool:
    """Return whether something holds in time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def watched(folder: Path) -> Path:
    """Return a folder whose configuration watches a source on a port where nobody answers."""
    (folder / "config.yaml").write_text(
        "review: {port: 0}\ncrawl: {delay: 0, retries: 0}\nsources:\n"
        '  - {name: city, agency: 某市, kind: proposal, listing: "http://127.0.0.1:9/"}\n'
        '  - {name: town, agency: 某镇, kind: proposal, listing: "http://127.0.0.1:9/town/"}\n',
        "utf-8",
    )
    return folder


def test_a_service_crawls_what_is_due_and_a_restart_doubles_nothing(
    fuhan: Fuhan, watched: Path
) -> None:
    with serving(watched) as service:
        assert seen(watched, "watching 2 sources")
        assert seen(watched, ": failed, ", times=2)
        assert seen(watched, " INFO serving http://127.0.0.1:")
        assert seen(watched, "crawl of city begins")
        service.send_signal(signal.SIGTERM)
        assert service.wait(PATIENCE) == 0
    with serving(watched) as again:
        assert seen(watched, " INFO serving ", times=2)
        url = (watched / "log").read_text("utf-8").rpartition("serving ")[2].partition("/,")[0]
        assert ask(f"{url}/healthz")[0] == 200  # by now what is due has begun
        again.kill()
    assert len(fuhan("crawls").out.splitlines()) == 2
    assert "begins" not in (watched / "log").read_text("utf-8").rpartition("watching 2")[2]


def upgrade_reading(folder: Path, service: subprocess.Popen[bytes], text: str) -> None:
    """Let the service read `text` in place of its configuration."""
    written = folder / "config.new"
    written.write_text(text, "utf-8")
    written.replace(folder / "config.yaml")  # whole, whenever it is looked at
    service.send_signal(signal.SIGHUP)


def base(folder: Path) -> str:
    """Return the address that the service says it has."""
    assert seen(folder, " INFO serving http://")
    return (folder / "log").read_text("utf-8").partition("serving ")[2].partition("/,")[0]


def ask(url: str) -> tuple[int, str]:
    try:
        with urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - our own loopback
            return answer.status, str(answer.read(), "utf-8")
    except HTTPError as error:
        return error.code, ""


def test_a_second_service_on_an_archive_is_refused(fuhan: Fuhan, watched: Path) -> None:
    with serving(watched, *forked_fuhan()):
        base(watched)
        refused = fuhan("serve")
    assert refused.code == 1
    assert "another fuhan serve watches this archive" in refused.err
    with serving(watched, *forked_fuhan()):  # the one that was killed has no right any more
        assert seen(watched, " INFO serving http://", times=2)


def test_a_second_service_is_refused_before_it_makes_the_archive(
    fuhan: Fuhan, watched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = ProcessLock(make_url(archive_url(watched / "data" / "fuhan.db")), SERVICE)
    assert lock.take()
    monkeypatch.setattr("fuhan.service_wiring._CLAIM_PATIENCE", 0.0)
    assert "another fuhan serve watches this archive" in fuhan("serve").err
    assert not (watched / "data" / "fuhan.db").exists()
    lock.release()


def test_a_second_service_is_refused_before_it_upgrades_the_archive(
    fuhan: Fuhan, watched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(new_archive(watched / "data" / "fuhan.db")) as archive:
        with archive.writing() as connection:
            set_schema_revision(connection, "0021")
        lock = ProcessLock(archive.url, SERVICE)
        assert lock.take()
        monkeypatch.setattr("fuhan.service_wiring._CLAIM_PATIENCE", 0.0)
        assert "another fuhan serve watches this archive" in fuhan("serve").err
        with archive.reading() as connection:
            assert schema_revision(connection) == "0021"
        lock.release()


def test_a_hang_up_lets_the_configuration_be_read_again(watched: Path) -> None:
    text = (watched / "config.yaml").read_text("utf-8")
    village = (
        '  - {name: village, agency: 某村, kind: proposal, listing: "http://127.0.0.1:9/v/"}\n'
    )
    with serving(watched, *forked_fuhan()) as service:
        url = base(watched)
        assert seen(watched, ": failed, ", times=2)
        upgrade_reading(watched, service, text.partition("  - {name: town")[0] + village)
        assert seen(watched, "the configuration was read again: watching 2 sources")
        assert seen(watched, "town is watched no more")
        assert seen(watched, "village is watched\n")
        assert "某村" in ask(url)[1]
        assert "某镇" not in ask(url)[1]
        assert '"village"' in ask(f"{url}/metrics")[1]
        assert "city is watched" not in (watched / "log").read_text("utf-8")
        upgrade_reading(watched, service, text.replace("9/town/", "9/new/"))
        assert seen(watched, "town is watched\n")
        assert service.poll() is None


def test_a_configuration_with_mistakes_stays_unread(watched: Path) -> None:
    text = (watched / "config.yaml").read_text("utf-8")
    with serving(watched, *forked_fuhan()) as service:
        url = base(watched)
        upgrade_reading(watched, service, "mass: 2\nconfirm: 0\n" + text.replace("某市", "他市"))
        assert seen(watched, " ERROR config.yaml:1: mass: expected at most")
        assert seen(watched, " ERROR config.yaml:2: confirm: expected at least")
        assert seen(watched, "was not read again: the one before stays in force")
        upgrade_reading(watched, service, "a: [")
        assert seen(watched, "was not read again: the one before stays in force", times=2)
        (watched / "config.yaml").unlink()
        service.send_signal(signal.SIGHUP)
        assert seen(watched, "was not read again: the one before stays in force", times=3)
        assert seen(watched, "alarm: configuration: ")
        status, health = ask(f"{url}/healthz")
        assert (status, health.partition(" since ")[0]) == (200, "ok\ndegraded: configuration (1)")
        assert "某市" in ask(url)[1]


def test_a_changed_file_is_read_without_a_signal(watched: Path) -> None:
    text = (watched / "config.yaml").read_text("utf-8")
    beside = watched / "config.new"
    with serving(watched, *forked_fuhan()) as service:
        url = base(watched)
        beside.write_text(text.partition("  - {name: town")[0], "utf-8")
        beside.rename(watched / "config.yaml")
        assert seen(watched, "the configuration was read again: watching 1 source\n")
        assert seen(watched, "town is watched no more")
        beside.write_text("mass: 2\n" + text, "utf-8")
        beside.rename(watched / "config.yaml")
        assert seen(watched, " ERROR config.yaml:1: mass: expected at most")
        assert seen(watched, "alarm: configuration: config.yaml:1: mass: expected at most")
        assert "某镇" not in ask(url)[1]
        beside.write_text(text, "utf-8")
        beside.rename(watched / "config.yaml")
        assert seen(watched, "the configuration was read again: watching 2 sources")
        assert seen(watched, "alarm ended: configuration")
        assert service.poll() is None


def planned(fuhan: Fuhan) -> set[str]:
    """Return the sources of which `status` says when they are crawled next."""
    rows = map(json.loads, fuhan("status", "--format", "jsonl").out.splitlines())
    return {row["source"] for row in rows if row["next_crawl"]}


def test_status_plans_what_the_running_service_watches(fuhan: Fuhan, watched: Path) -> None:
    text = (watched / "config.yaml").read_text("utf-8")
    with serving(watched, *forked_fuhan()) as service:
        base(watched)
        assert seen(watched, ": failed, ", times=2)
        assert until(lambda: planned(fuhan) == {"city", "town"})
        assert "another configuration" not in fuhan("status").err
        refused = text.replace("{port: 0}", "{port: 0, host: 0.0.0.0}")  # by a service alone
        (watched / "config.yaml").write_text(refused.replace("name: town", "name: new"), "utf-8")
        assert seen(watched, "alarm: configuration")
        fuhan("sources", "pause", "city")
        assert seen(watched, "city is watched no more")
        told = fuhan("status", "--format", "table")
        assert "the service goes by another configuration than the file on disk" in told.err
        assert [line.split()[0] for line in told.out.splitlines() if "not planned" in line] == [
            "new"
        ]
        service.kill()
        service.wait()
    (watched / "config.yaml").write_text(text, "utf-8")
    assert until(lambda: planned(fuhan) == set())
    assert "no service runs" in fuhan("status").err


@pytest.mark.sqlite("the database is named in the configuration")
def test_status_names_the_archive_that_no_service_watches(fuhan: Fuhan, watched: Path) -> None:
    """A service goes on with the archive that it was started with."""
    with serving(watched, *forked_fuhan()):
        base(watched)
        told = fuhan("status", "--format", "jsonl").err
        assert "no service runs" not in told
        text = (watched / "config.yaml").read_text("utf-8")
        (watched / "config.yaml").write_text(f"database: sqlite:///other.db\n{text}", "utf-8")
        told = fuhan("status", "--format", "jsonl").err
    assert f"nothing was crawled yet into sqlite:///{watched}/other.db" in told
    assert "no service runs on this archive" in told


def test_status_says_that_a_setting_waits_for_the_next_start(fuhan: Fuhan, watched: Path) -> None:
    text = (watched / "config.yaml").read_text("utf-8")
    with serving(watched, *forked_fuhan()) as service:
        base(watched)
        assert "another configuration" not in fuhan("status", "--format", "jsonl").err
        upgrade_reading(watched, service, text.replace("port: 0", "port: 1"))
        assert until(
            lambda: "goes by another configuration" in fuhan("status", "--format", "jsonl").err
        )
        upgrade_reading(watched, service, text)
        assert until(
            lambda: "another configuration" not in fuhan("status", "--format", "jsonl").err
        )


@pytest.mark.sqlite("the database is named in the configuration")
def test_what_can_not_change_while_it_runs_is_said_and_opens_nothing(watched: Path) -> None:
    text = (watched / "config.yaml").read_text("utf-8")
    closed = text.replace("{port: 0}", "{port: 0, token: secret}")
    with serving(watched, *forked_fuhan()) as service:
        url = base(watched)
        assert ask(url)[0] == 200
        upgrade_reading(watched, service, closed)
        assert seen(watched, "was read again")
        assert ask(url)[0] == 401
        upgrade_reading(
            watched, service, "database: sqlite:///other.db\n" + text.replace("port: 0", "port: 1")
        )
        assert seen(watched, "was read again", times=2)
        for name in ("review", "database"):
            assert seen(watched, f"WARNING {name}: was changed; takes effect when the service is")
        assert ask(url)[0] == 401
        assert not (watched / "other.db").exists()
        assert ask(f"{url}/healthz")[0] == 200


@pytest.mark.sqlite("PostgreSQL has pg_dump and pg_restore")
def test_it_makes_backups_and_its_archive_is_not_taken_from_it(
    fuhan: Fuhan, watched: Path
) -> None:
    text = (watched / "config.yaml").read_text("utf-8")
    (watched / "config.yaml").write_text(f"backup: {{every: 1d}}\n{text}", "utf-8")
    with serving(watched, *forked_fuhan()) as service:
        assert seen(watched, "backup made: ")
        (backup,) = (watched / "backups").iterdir()
        assert seen(watched, ": failed, ", times=2)
        refused = fuhan("restore", str(backup))
        assert (refused.code, refused.err.count("\n")) == (1, 1)
        assert "is in use" in refused.err
        service.send_signal(signal.SIGTERM)
        assert service.wait(PATIENCE) == 0
    assert fuhan("restore", str(backup)).code == 0
