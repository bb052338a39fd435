"""Compares fuhan with page-diff tools and bare loops over one directory, side by side.

Every tool sees the same letters three times: first, again with nothing changed but the noise of
each page, and with ten letters edited. The tools are told each letter's URL and the element of its
text, which their users would have to find; fuhan is told the listing. Each runs from an
environment of its own, made before:

    for tool in urlwatch webchanges aiohttp; do python -m venv peers/$tool && peers/$tool/bin/pip install $tool; done

`python -m bench.peers --environments peers [--letters N]`; a tool that is not there is left out.
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from replica.compose import Directory, compose
from replica.edits import EDITS
from replica.server import Replica

EDITED = 10
ROUNDS = ("first", "again", "edited")
ARTICLE = ".zwxl-article"  # where the replica's letters have their text
LOOP = """
import asyncio, sys, aiohttp
async def main():
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=8)) as session:
        async def get(url):
            async with session.get(url) as answer:
                await answer.read()
        await asyncio.gather(*map(get, open(sys.argv[1]).read().split()))
asyncio.run(main())
"""


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
    changed: Callable[[str], set[str]]  # names of letters; none for a loop that only fetches


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--environments", type=Path, default=Path("peers"))
    parser.add_argument("--letters", type=int, default=200)
    asked = parser.parse_args()
    columns = (
        "CPU s: first, again, edited",
        "wall s",
        "peak MiB",
        "requests",
        "edits found",
        "false",
    )
    table = Table("", *columns)
    with TemporaryDirectory() as name:
        for make in (_fuhan, _curl, _aiohttp, _urlwatch, _webchanges):
            directory = compose(asked.letters, 0)
            with Replica(directory) as replica:
                folder = Path(name, make.__name__)
                folder.mkdir()
                tool = make(folder, replica, asked.environments)
                table.add_row(*(_row(tool, replica) if tool else [make.__name__[1:], "not there"]))
    Console().print(table)


def _row(tool: Tool, replica: Replica) -> list[str]:
    costs: list[Cost] = []
    edited: set[str] = set()
    for each in ROUNDS:
        if each == "edited":
            with replica.standing_still() as directory:
                edited = _edit(directory)
        costs.append(tool.run())
    found, again = tool.changed(costs[2].said), tool.changed(costs[1].said)
    requests = len([path for path, _ in replica.log])
    return [
        tool.name,
        ", ".join(f"{cost.cpu:.2f}" for cost in costs),
        ", ".join(f"{cost.wall:.1f}" for cost in costs),
        f"{max(cost.peak for cost in costs):.0f}",
        f"{requests}",
        f"{len(found & edited)} of {len(edited)}",
        f"{len(again) + len(found - edited)}",
    ]


def _edit(directory: Directory) -> set[str]:
    """Edit some letters in one place each; return their names."""
    chance = random.Random("peers")
    edited: set[str] = set()
    for document in directory.documents:
        kinds = [kind for kind in EDITS[:4] if len(edited) < EDITED]
        if any(kind(document, chance) for kind in chance.sample(kinds, len(kinds))):
            document.state += 1
            edited.add(str(document.docid))
    return edited


def _fuhan(folder: Path, replica: Replica, _environments: Path) -> Tool:
    source: dict[str, Any] = {"name": "letters", "agency": "某委", "kind": "proposal"}
    source |= {"listing": replica.listing("proposal"), "revisits": None}
    config = {"sources": [source], "crawl": {"delay": 0, "concurrency": 8}, "mass": 1.0}
    (folder / "config.yaml").write_text(json.dumps(config), "utf-8")
    command = [sys.executable, "-P", "-m", "fuhan"]
    changes = [*command, "changes", "--kind", "edited", "--format", "jsonl"]

    def run() -> Cost:
        crawl = _run([*command, "-q", "crawl"], folder)
        listed = subprocess.run(changes, cwd=folder, stdout=subprocess.PIPE, text=True, check=True)
        return Cost(crawl.wall, crawl.cpu, crawl.peak, listed.stdout)

    return Tool("fuhan", run, lambda said: set(re.findall(r"_(\d+)\.html", said)))


def _curl(folder: Path, replica: Replica, _environments: Path) -> Tool | None:
    if not (curl := shutil.which("curl")):
        return None
    urls = "".join(f'url = "{url}"\noutput = "{os.devnull}"\n' for _, url in _letters(replica))
    (folder / "curl").write_text(urls, "utf-8")
    command = [curl, "--silent", "--parallel", "--parallel-max", "8", "--config", "curl"]
    return Tool("curl", lambda: _run(command, folder), lambda _: set())


def _aiohttp(folder: Path, replica: Replica, environments: Path) -> Tool | None:
    if not (python := _installed(environments, "aiohttp", "python")):
        return None
    (folder / "loop.py").write_text(LOOP, "utf-8")
    (folder / "urls").write_text("\n".join(url for _, url in _letters(replica)), "utf-8")
    return Tool("aiohttp loop", lambda: _run([python, "loop.py", "urls"], folder), lambda _: set())


def _urlwatch(folder: Path, replica: Replica, environments: Path) -> Tool | None:
    if not (program := _installed(environments, "urlwatch", "urlwatch")):
        return None
    return _page_differ("urlwatch", program, folder, replica, "--urls", "--cache")


def _webchanges(folder: Path, replica: Replica, environments: Path) -> Tool | None:
    if not (program := _installed(environments, "webchanges", "webchanges")):
        return None
    return _page_differ("webchanges", program, folder, replica, "--jobs", "--database")


def _page_differ(
    name: str, program: str, folder: Path, replica: Replica, jobs: str, database: str
) -> Tool:
    filters = [{"css": ARTICLE}, "html2text"]
    entries = [
        {"name": f"letter-{letter}", "url": url, "filter": filters}
        for letter, url in _letters(replica)
    ]
    (folder / "jobs.yaml").write_text("\n---\n".join(map(json.dumps, entries)), "utf-8")
    (folder / "config.yaml").write_text(json.dumps({"report": {"stdout": {"enabled": True}}}))
    command = [program, jobs, "jobs.yaml", "--config", "config.yaml", database, "seen.db"]
    command += ["--hooks", "hooks.py"]
    changed = re.compile(r"^(?:\d+\. )?CHANGED: letter-(\d+)", re.MULTILINE | re.IGNORECASE)
    return Tool(name, lambda: _run(command, folder), lambda said: set(changed.findall(said)))


def _letters(replica: Replica) -> list[tuple[str, str]]:
    return [(str(each.docid), replica.url + each.path) for each in replica.directory.documents]


def _installed(environments: Path, tool: str, program: str) -> str | None:
    path = environments.absolute() / tool / "bin" / program
    return str(path) if path.exists() else None


def _run(command: Sequence[str], folder: Path) -> Cost:
    began = time.monotonic()
    with (folder / "said").open("w+", encoding="utf-8") as said:
        child = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - began
        said.seek(0)
        cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        return Cost(wall, cpu, peak, said.read())


if __name__ == "__main__":
    main()
