"""`fuhan init` writes a configuration that can be used, and says what comes next."""

import subprocess
from pathlib import Path

import pytest

from replica.compose import compose
from replica.faults import page
from replica.server import Replica
from tests.fuhan.conftest import Fuhan
from tests.python_server.command import forked_fuhan


@pytest.fixture
def empty(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, without a configuration; a probe in it waits for nothing."""
    monkeypatch.setenv("FUHAN_CRAWL__DELAY", "0")
    (folder / "config.yaml").unlink()
    return folder


def test_what_it_writes_passes_the_check_and_it_says_three_commands(
    empty: Path, fuhan: Fuhan
) -> None:
    written = fuhan("init")
    assert (written.code, written.err) == (0, "")
    assert written.out.splitlines()[0] == "config.yaml was written; next:"
    assert [line.split()[:2] for line in written.out.splitlines()[1:]] == [
        ["fuhan", "probe"], ["fuhan", "check"], ["fuhan", "serve"],
    ]  # fmt: skip
    assert fuhan("check").code == 0
    assert "#  port: 8321 " in (empty / "config.yaml").read_text("utf-8")


def test_it_speaks_chinese_in_the_file_and_on_the_terminal(empty: Path, fuhan: Fuhan) -> None:
    written = fuhan("init", "--lang", "zh")
    assert written.out.startswith("已写好 config.yaml")
    assert "# 网页的端口" in (empty / "config.yaml").read_text("utf-8")
    assert fuhan("check").code == 0


def test_it_replaces_no_file(folder: Path, fuhan: Fuhan) -> None:
    before = (folder / "config.yaml").read_bytes()
    refused = fuhan("init", "--from", "http://127.0.0.1:9/")  # where nobody answers
    assert refused == (
        type(refused)(2, "", "fuhan: config.yaml: is there already, and stays as it is\n")
    )
    assert (folder / "config.yaml").read_bytes() == before


def test_elsewhere_the_next_commands_name_the_file(empty: Path, fuhan: Fuhan) -> None:
    written = fuhan("init", "--config", "my letters.yaml")
    assert "fuhan check --config 'my letters.yaml' " in written.out
    assert (empty / "my letters.yaml").exists()
    assert not (empty / "config.yaml").exists()


def test_it_makes_the_folder_of_its_file(empty: Path, fuhan: Fuhan) -> None:
    written = fuhan("init", "--config", "etc/fuhan/config.yaml")
    assert (written.code, written.err) == (0, "")
    assert (empty / "etc" / "fuhan" / "config.yaml").exists()


def test_from_an_address_it_writes_the_entry_that_a_probe_prints(
    empty: Path, fuhan: Fuhan, replica: Replica
) -> None:
    with replica as served:
        written = init_from(served.listing("proposal"))
    assert written.returncode == 0
    assert "can be watched" in written.stderr
    assert [line.split()[1] for line in written.stdout.splitlines()[1:]] == [
        "check", "crawl", "serve",
    ]  # fmt: skip
    assert f"listing: {served.listing('proposal')} " in (empty / "config.yaml").read_text("utf-8")
    assert "127-0-0-1-tagk-53512" in fuhan("check").out


def test_what_cant_be_watched_is_not_written_and_it_says_what_to_do(
    empty: Path, replica: Replica
) -> None:
    replica.faults.add("tagk_53512/$", page("<form action='/login'><input type=password></form>"))
    with replica as served:
        refused = init_from(served.listing("proposal"))
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "can't be watched: " in refused.stderr.splitlines()[0]
    assert refused.stderr.splitlines()[-1].startswith("nothing was written; `fuhan init` without")
    assert not (empty / "config.yaml").exists()


def init_from(listing: str) -> subprocess.CompletedProcess[str]:
    """Run `fuhan init` in a process of its own, as one that has probed can't do so again."""
    return subprocess.run(
        [*forked_fuhan(), "init", "--from", listing], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("address", ["", "city", "ftp://city.example/"])
def test_what_is_no_address_is_refused(empty: Path, fuhan: Fuhan, address: str) -> None:
    assert fuhan("init", "--from", address).code == 2
    assert not (empty / "config.yaml").exists()


def test_a_mistake_in_a_variable_is_said_before_anything_is_fetched(
    empty: Path, fuhan: Fuhan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUHAN_CRAWL__TIMEOUT", "soon")
    refused = fuhan("init", "--from", "http://127.0.0.1:9/")
    assert refused.code == 2
    assert refused.err.startswith(
        "fuhan: FUHAN_CRAWL__TIMEOUT: crawl.timeout: expected a duration"
    )
    assert not (empty / "config.yaml").exists()


@pytest.fixture
def replica() -> Replica:
    return Replica(compose(letters=3, suggestions=2))
