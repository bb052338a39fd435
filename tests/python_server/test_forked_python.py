"""A forked program is what `python -P` would run: streams, folder, environment, code and signals."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.python_server.command import forked_python

PROGRAM = """import os, sys
print(os.getcwd(), os.environ["GREETING"], sys.argv[1:], sys.stdin.read(), __name__)
print("a complaint", file=sys.stderr)
"""
ENDINGS = {
    "of itself": ("pass", 0),
    "with a code": ("import sys; sys.exit(75)", 75),
    "in words": ("import sys; sys.exit('why')", 1),
    "by an error": ("1 / 0", 1),
    "by itself killed": ("import os; os.kill(os.getpid(), 9)", -signal.SIGKILL),
    "by itself terminated": ("import os; os.kill(os.getpid(), 15)", -signal.SIGTERM),
}
WAITING = "import time; print('begun', flush=True); time.sleep(600)"
Command = Sequence[str]
BOTH = pytest.mark.parametrize("is_forked", [False, True], ids=["real", "forked"])


def command(*, is_forked: bool) -> Command:
    return forked_python() if is_forked else (sys.executable, "-P")


def written(folder: Path, program: str) -> str:
    script = folder / "program.py"
    script.write_text(program, "utf-8")
    return str(script)


@BOTH
def test_a_program_has_what_its_command_has(tmp_path: Path, *, is_forked: bool) -> None:
    done = subprocess.run(
        [*command(is_forked=is_forked), written(tmp_path, PROGRAM), "one", "二"],
        cwd=tmp_path,
        env=os.environ | {"GREETING": "你好"},
        input="said",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{tmp_path} 你好 ['one', '二'] said __main__\n"
    assert done.stderr == "a complaint\n"


@BOTH
@pytest.mark.parametrize(("program", "code"), ENDINGS.values(), ids=ENDINGS)
def test_a_command_ends_as_its_program_ends(
    tmp_path: Path, program: str, code: int, *, is_forked: bool
) -> None:
    words = [*command(is_forked=is_forked), written(tmp_path, program)]
    assert subprocess.run(words, capture_output=True, check=False).returncode == code


@BOTH
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_signal_reaches_the_program(tmp_path: Path, number: int, *, is_forked: bool) -> None:
    words = [*command(is_forked=is_forked), written(tmp_path, WAITING)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "begun\n"
        process.send_signal(number)
        assert process.stdout.read() == ""  # its end: no program holds it open any more
        assert process.wait() == -number


def test_a_process_starts_with_no_crawl_imported_and_none_of_another(tmp_path: Path) -> None:
    """Each program runs its own module from the first line; no reactor is there before."""
    program = (
        "import sys; print({'fuhan.crawl_process', 'twisted.internet.reactor'} & {*sys.modules})"
    )
    words = [*forked_python(), written(tmp_path, program)]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == "set()\n"


def test_what_a_program_starts_with_its_own_python_is_forked_too(tmp_path: Path) -> None:
    inner = "import os; print(os.getppid())"
    program = f"""import os, subprocess, sys
subprocess.run([sys.executable, "-P", {written(tmp_path, inner)!r}], check=True)
print(os.getppid())
"""
    outer = tmp_path / "outer.py"
    outer.write_text(program, "utf-8")
    done = subprocess.run([*forked_python(), str(outer)], capture_output=True, check=True)
    assert len({*done.stdout.split()}) == 1  # both have the server for their parent


def test_a_command_that_is_killed_before_it_has_asked_leaves_others_alone(tmp_path: Path) -> None:
    (python,) = forked_python()
    with socket.socket(socket.AF_UNIX) as killed:
        killed.connect(str(Path(python).with_name("socket")))
    words = [python, written(tmp_path, "print('well')")]
    assert subprocess.run(words, capture_output=True, check=True).stdout == b"well\n"
