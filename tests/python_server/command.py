"""The command that runs Python programs without the second that importing their libraries takes."""

import atexit
import os
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]


@cache
def forked_python() -> tuple[str, ...]:
    """Return a command that takes `-m module` or a script, with arguments, as `python -P` does.

    The program runs in a process of its own, forked from a server that is started by the first
    call and lives as long as this process. Environment, working folder, streams, exit code and
    signals are those of the command; kill -9 reaches the program some milliseconds later, and
    limits (setrlimit) not at all. To the program this command is `sys.executable`: what it starts
    is forked too. The product's own commands are started as they are by tests of
    tests/fuhan/test_crawl.py and test_service.py, tests/scheduler/test_child_process.py, and in
    tests/whole by test_crash.py, test_story.py, test_service.py and test_trials.py.
    """
    folder = TemporaryDirectory(prefix="python-server-")
    address = f"{folder.name}/socket"
    python = _write_command(Path(folder.name, "python"), address)
    server = subprocess.Popen(
        [sys.executable, "-P", "-m", "tests.python_server.server", address, python],
        cwd=_ROOT,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    atexit.register(_end, server, folder)
    assert server.stdout
    assert server.stdout.readline(), "the server of Python processes did not start"
    return (python,)


def _write_command(path: Path, address: str) -> str:
    """Write the command for a server that listens at `address`; return its path."""
    words = (sys.executable, "-I", "-S", str(_HERE / "client.py"), address)
    path.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n', encoding="utf-8")
    path.chmod(0o700)
    return str(path)


def forked_crawl() -> tuple[str, ...]:
    """Return a command that crawls as the product's own command for a crawl does."""
    return (*forked_python(), "-m", "fuhan.crawl_process", "-q")


def forked_fuhan() -> tuple[str, ...]:
    """Return a command that takes what `fuhan` takes; its crawls are forked as well."""
    return (*forked_python(), "-m", "fuhan")


def _end(server: "subprocess.Popen[bytes]", folder: "TemporaryDirectory[str]") -> None:
    server.communicate()  # its input ends, and so does it
    folder.cleanup()
