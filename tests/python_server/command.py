"""The command that runs Python programs without the second that importing their libraries takes."""

import atexit
import os
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
    limits (setrlimit) not at all. The product's own commands are started as they are by
    tests/fuhan/test_crawl.py, tests/scheduler/test_child_process.py, and in tests/whole by
    test_crash.py, test_story.py, test_service.py and test_trials.py.
    """
    folder = TemporaryDirectory(prefix="python-server-")
    address = f"{folder.name}/socket"
    server = subprocess.Popen(
        [sys.executable, "-P", "-m", "tests.python_server.server", address],
        cwd=_ROOT,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    atexit.register(_end, server, folder)
    assert server.stdout
    assert server.stdout.readline(), "the server of Python processes did not start"
    return client_command(address)


def client_command(address: str) -> tuple[str, ...]:
    """Return the command for a server that listens at `address`."""
    return (sys.executable, "-I", "-S", str(_HERE / "client.py"), address)


def forked_crawl() -> tuple[str, ...]:
    """Return a command that crawls as the product's own command for a crawl does."""
    return (*forked_python(), "-m", "fuhan.crawl_process", "-q")


def forked_fuhan() -> tuple[str, ...]:
    """Return a command that takes what `fuhan` takes; its crawls are forked as well."""
    command = forked_python()
    return (*command, str(_HERE / "fuhan_command.py"), command[-1])


def _end(server: "subprocess.Popen[bytes]", folder: "TemporaryDirectory[str]") -> None:
    server.communicate()  # its input ends, and so does it
    folder.cleanup()
