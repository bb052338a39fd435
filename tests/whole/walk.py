"""Walks through docs/operations.md: runs its commands in order and compares what they print.

Blocks of ```console are run, those of ```yaml appended to config.yaml; a comment <!-- walk: … -->
stands for what a reader does by hand. `python -m tests.whole.walk` writes what is printed today
into the document.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from threading import Timer

from tests.review.alerts.servers import Webhook, webhook

DOCUMENT = Path(__file__).parents[2] / "docs" / "operations.md"
PATIENCE = 120  # seconds until a process has done what it does at once, on a busy machine
_STEP = re.compile(
    r"^```(?P<kind>console|yaml)\n(?P<text>.*?)^```|^<!-- walk: (?P<act>[\w -]+) -->",
    re.DOTALL | re.MULTILINE,
)
_END = "\n## On a server"
# What differs from one time to the next: moments, digests, ports that are taken.
_MASKS = [
    (
        re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?: ?[+-]\d\d:?\d\d|Z)?"),
        "TIME",
    ),
    (re.compile(r"\b\d{8}T\d{6}Z"), "TIME"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "DIGEST"),
    (re.compile(r"\b\d+(?:\.\d+)? s\b"), "SECONDS"),
]
# A service may say more, of what it does by night for instance.
_OF_THE_WALK = re.compile("serving http|crawl of |^http|^a night")
_LONG_LIVED = ("fuhan serve", "python -m replica")


@dataclass(frozen=True)
class Command:
    """A command of the document and what it prints there."""

    line: str
    printed: str
    place: tuple[int, int]  # of what it prints, within the document


def commands(document: str) -> Iterator[Command | str]:
    """Yield each command in order, text for the configuration, and what is done by hand."""
    for step in _STEP.finditer(document.partition(_END)[0]):
        if step["act"]:
            yield step["act"]
        elif step["kind"] == "yaml":
            yield step["text"]
        else:
            yield from _of_block(step)


def _of_block(step: re.Match[str]) -> Iterator[Command]:
    for each in re.finditer(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", step["text"], re.MULTILINE):
        start = step.start("text")
        yield Command(each[1], each[2], (start + each.start(2), start + each.end(2)))


def masked(printed: str) -> str:
    """Return what was printed without what differs each time; columns may be as wide as they like."""
    for form, word in _MASKS:
        printed = form.sub(word, printed)
    return re.sub("(?m) {2,}", "  ", printed).strip()


@dataclass
class Walk:
    """A reader's folder, what runs in it, and the ports that stand for those of the document."""

    folder: Path
    hook: Webhook
    ports: dict[str, str] = field(default_factory=dict)  # by the document's
    running: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    alerts: int = 0  # that have come

    def run(self, command: Command) -> str:
        """Run a command as the reader does, and return what it prints, with the document's ports."""
        line = command.line
        for theirs, ours in self.ports.items():
            line = line.replace(f":{theirs}/", f":{ours}/")
        if line.startswith(_LONG_LIVED):
            printed = self._begin(line, command.printed.count("\n"))
        else:
            done = subprocess.run(
                ["bash", "-c", line], cwd=self.folder, env=self.environment, timeout=PATIENCE,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
            )  # fmt: skip
            printed = done.stdout
        for theirs, ours in self.ports.items():
            printed = printed.replace(f":{ours}/", f":{theirs}/")
        return printed.replace(str(self.folder.resolve()), "/srv/watch")

    def act(self, what: str) -> None:
        """Do what the reader does by hand."""
        if what == "Ctrl-C":
            service = self.running.pop("fuhan serve")
            service.terminate()
            service.communicate(timeout=PATIENCE)
        elif what == "Enter":
            replica = self.running["python -m replica"]
            (replica.stdin or sys.stdin).write("\n")
            (replica.stdin or sys.stdin).flush()
            _lines(replica, 1)
        elif what == "an alert comes":
            self.alerts += 1
            assert self.hook.wait_for(self.alerts, PATIENCE), "no alert came"
        else:  # text of the configuration
            with (self.folder / "config.yaml").open("a", encoding="utf-8") as config:
                config.write(what.replace("jsons://example.org/hook", self.hook.address))

    def close(self) -> None:
        """End what still runs."""
        for process in self.running.values():
            process.kill()
            process.communicate()

    @property
    def environment(self) -> dict[str, str]:
        """The reader's, but for waits, ports that may be taken and an order left to chance."""
        plain = {
            name: value for name, value in os.environ.items() if not name.startswith("FUHAN_")
        }
        return {
            **plain, "LC_ALL": "C.UTF-8", "FUHAN_CRAWL__DELAY": "0", "FUHAN_CRAWL__CONCURRENCY": "1",
            "FUHAN_CRAWL__TIMEOUT": "10m", "FUHAN_REVIEW__PORT": "0",
            "PATH": f"{self._bin()}{os.pathsep}{plain['PATH']}",
        }  # fmt: skip

    def _bin(self) -> Path:
        """Return a folder with the commands of the environment in which this runs."""
        folder = self.folder.parent / "bin"
        folder.mkdir(exist_ok=True)
        for name, words in (("fuhan", "-P -m fuhan"), ("python", "")):
            script = folder / name
            script.write_text(f'#!/bin/sh\nexec {sys.executable} {words} "$@"\n', "utf-8")
            script.chmod(0o755)
        return folder

    def _begin(self, line: str, count: int) -> str:
        """Begin what goes on while others run; return the first lines that it prints."""
        (name,) = [each for each in _LONG_LIVED if line.startswith(each)]
        process = self.running[name] = subprocess.Popen(
            ["bash", "-c", f"exec {line.replace('--port 8000', '--port 0')}"],
            cwd=self.folder, env=self.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        printed = _lines(process, count)
        if at := re.search(r"http://127\.0\.0\.1:(\d+)/", printed):
            self.ports["8321" if name == "fuhan serve" else "8000"] = at[1]
        return printed


def _lines(process: subprocess.Popen[str], count: int) -> str:
    """Return the next lines of which a walk tells; fewer where it ends, or says no more in time."""
    watchdog = Timer(PATIENCE, process.kill)
    watchdog.start()
    try:
        lines = (line for line in process.stdout or () if _OF_THE_WALK.search(line))
        return "".join(islice(lines, count))
    finally:
        watchdog.cancel()


def walk(document: str, folder: Path) -> Generator[tuple[Command, str], None, None]:
    """Yield each command of the document with what it prints today; close it in the end."""
    with webhook() as hook, closing(Walk(folder, hook)) as walking:
        for step in commands(document):
            if isinstance(step, Command):
                yield step, walking.run(step)
            else:
                walking.act(step)


def main() -> None:
    """Write what is printed today into the document."""
    document = DOCUMENT.read_text("utf-8")
    pieces, end = [], 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "fuhan"
        folder.mkdir()
        for command, printed in walk(document, folder):
            print(f"$ {command.line}")  # noqa: T201 - it takes a while
            if masked(command.printed) != masked(printed):
                start, stop = command.place
                pieces += [document[end:start], printed]
                end = stop
    DOCUMENT.write_text("".join([*pieces, document[end:]]), "utf-8")


if __name__ == "__main__":
    main()
