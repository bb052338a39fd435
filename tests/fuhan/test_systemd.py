"""`fuhan serve` under systemd, of which here is a socket alone."""

import signal
import socket
from pathlib import Path

import pytest

from tests.fuhan.conftest import CONFIG
from tests.fuhan.test_service import PATIENCE, seen, serving


def test_systemd_is_notified_and_crawls_are_not_its_children(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "config.yaml").write_text(
        f"review: {{port: 0}}\ncrawl: {{retries: 0}}\n{CONFIG}", "utf-8"
    )
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.settimeout(PATIENCE)
        systemd.bind(str(folder / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(folder / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "3600000000")
        with serving(folder) as service:
            ready, status = systemd.recv(4096).decode().split("\n")
            assert (ready, status) == ("READY=1", "STATUS=watching 2 sources")
            assert systemd.recv(4096) == b"WATCHDOG=1"
            assert seen(folder, ": failed", times=2)  # what forks crawls stays
            assert environments_below(service.pid) == []
            service.send_signal(signal.SIGHUP)
            assert systemd.recv(4096).startswith(b"RELOADING=1\nMONOTONIC_USEC=")
            assert systemd.recv(4096) == b"READY=1\nSTATUS=watching 2 sources"
            service.send_signal(signal.SIGTERM)
            assert systemd.recv(4096) == b"STOPPING=1\nSTATUS=ending"
            assert service.wait(PATIENCE) == 0


def environments_below(pid: int) -> list[str]:
    """Return each variable of systemd's in a child of a process; none where there is no /proc."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    children = listed.read_text("ascii").split() if listed.exists() else []
    variables = [
        each
        for child in children
        for each in Path(f"/proc/{child}/environ").read_text("utf-8").split("\0")
    ]
    assert children == [] or variables
    return [each for each in variables if each.startswith(("NOTIFY_", "WATCHDOG_"))]
