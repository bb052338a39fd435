"""Other tools as bench.peers runs them: what a round takes, what it says, and one that is killed."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

RunKilled = Callable[
    [Callable[[], bool]], str
]  # runs a round until it is time, and returns its words


@dataclass(frozen=True, slots=True)
class Cost:
    """What one round took, and what the tool said."""

    wall: float  # seconds
    cpu: float  # seconds, user and system, of the process and its children
    peak: float  # MiB, of the largest process
    said: str


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: how one round of it is run, and which letters its words call changed."""

    name: str
    run: Callable[[], Cost]
    changed: Callable[[str], list[str]] = lambda _: []  # names of letters
    run_killed: RunKilled | None = None  # None: it only fetches
    close: Callable[[], None] = lambda: None


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end."""
    began = time.monotonic()
    with (folder / "said").open("w+", encoding="utf-8") as said:
        child = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - began
        said.seek(0)
        cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        return Cost(wall, cpu, peak, said.read())


def run_killed(command: Sequence[str], folder: Path, is_time: Callable[[], bool]) -> str:
    """Run a command and kill it, with all that it started, once it is time; return its words."""
    with (folder / "said").open("w+", encoding="utf-8") as said:
        child = subprocess.Popen(
            command, cwd=folder, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        )
        while not is_time() and child.poll() is None:
            time.sleep(0.002)
        if child.returncode is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        said.seek(0)
        return said.read()


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
