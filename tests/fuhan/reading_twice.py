"""Runs reading commands in folders that can be written, then in the same that can't.

Usage: python reading_twice.py HOW FOLDER OUTPUTS COMMANDS, with HOW one of MEDIA, FOLDER a folder
of folders and COMMANDS in JSON. Tells in JSON what each command said in each folder, first and
afterwards: {folder: [code, stdout, stderr]}. The first round also loads every module: a guest may
not be allowed to read them.
"""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from fuhan.cli import run

NOBODY = 65534


def as_guest(folder: Path) -> None:
    """Become somebody who may read the folder and those beside it, and write nothing in them."""
    if os.geteuid() == NOBODY:
        return
    for each in (folder, *folder.parent.rglob("*")):
        each.chmod(0o555 if each.is_dir() else 0o444)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def as_mounted(folder: Path) -> None:
    """Let the folder's file system be read-only; needs a mount namespace of its own."""
    subprocess.run(["mount", "--bind", folder, folder], check=True)
    subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)


def as_full(folder: Path) -> None:
    """Let the folder's disk be full; needs a mount namespace of its own."""
    kept = shutil.copytree(folder, f"{folder.parent}.kept/{folder.name}")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", folder], check=True)
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    with contextlib.suppress(OSError), (folder / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(b"x" * 4096)


MEDIA: dict[str, Callable[[Path], None]] = {
    "guest": as_guest,
    "mounted": as_mounted,
    "full": as_full,
}


def say(words: list[str]) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(words)
    return code, out.getvalue(), err.getvalue()


def say_in(
    folder: Path,
    outputs: Path,
    commands: list[list[str]],
    prepare: Callable[[Path], None],
) -> dict[str, list[tuple[int, str, str]]]:
    """Return what the commands said in each folder of `folder`; OUT is a folder for its output."""
    told = {}
    for place in list(folder.iterdir()):
        prepare(place)
        os.chdir(place)
        out = str(outputs / folder.name / place.name)
        told[place.name] = [say([each.replace("OUT", out) for each in line]) for line in commands]
    return told


def main(how: str, folder: str, outputs: str, commands: str) -> None:
    writable = shutil.copytree(folder, f"{folder}.writable")
    first = say_in(Path(writable), Path(outputs), json.loads(commands), lambda _: None)
    then = say_in(Path(folder), Path(outputs), json.loads(commands), MEDIA[how])
    json.dump([first, then], sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
