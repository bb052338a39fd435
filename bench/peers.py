"""Compares fuhan with page-diff tools and bare loops over one directory, side by side.

Every tool sees the same letters three times: first, again with nothing changed but the noise of
each page, and with ten letters edited. Then ten others are edited, and the tool is killed when half
of the pages have been served, and run once more. The tools are told each letter's URL and the element of its
text, which their users would have to find; fuhan is told the listing. What they alert by is their
output, a request of changedetection.io, and what `fuhan changes` lists. Each runs from an
environment of its own, made before:

    for tool in urlwatch webchanges aiohttp changedetection.io; do python -m venv peers/$tool && peers/$tool/bin/pip install $tool; done

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
from collections import Counter
from collections.abc import Callable, Container
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.changedetection import ChangeDetection, letters_of
from bench.tools import Cost, RunKilled, Tool, run, run_killed
from replica.compose import compose
from replica.edits import EDITS
from replica.server import Replica

EDITED = 10
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


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--environments", type=Path, default=Path("peers"))
    parser.add_argument("--letters", type=int, default=200)
    asked = parser.parse_args()
    costs = Table("", "CPU s: first, again, edited", "wall s", "peak MiB", "requests", "MB")
    alerts = Table("", "edits found", "false", "after kill -9: found", "lost", "doubled")
    with TemporaryDirectory() as name:
        for make in (_fuhan, _curl, _aiohttp, _urlwatch, _webchanges, _changedetection):
            with Replica(compose(asked.letters, 0)) as replica:
                folder = Path(name, make.__name__)
                folder.mkdir()
                if tool := make(folder, replica, asked.environments):
                    try:
                        _measure(tool, replica, costs, alerts)
                    finally:
                        tool.close()
                else:
                    print(f"{make.__name__[1:]} is not in {asked.environments}: left out")
    Console().print(costs, alerts)


def _measure(tool: Tool, replica: Replica, costs: Table, alerts: Table) -> None:
    """Run a tool through all rounds, and add what came of it to the tables."""
    first, again = tool.run(), tool.run()
    edited = _edit(replica)
    third = tool.run()
    rounds = (first, again, third)
    costs.add_row(
        tool.name,
        ", ".join(f"{each.cpu:.2f}" for each in rounds),
        ", ".join(f"{each.wall:.1f}" for each in rounds),
        f"{max(each.peak for each in rounds):.0f}",
        f"{len(replica.log)}",
        f"{replica.sent / 1e6:.1f}",
    )
    found, false = set(tool.changed(third.said)), tool.changed(again.said)
    false += found - edited
    row = [f"{len(found & edited)} of {len(edited)}", f"{len(false)}"]
    if tool.run_killed:
        row += _after_kill(tool, tool.run_killed, replica, edited)
        alerts.add_row(tool.name, *row)


def _after_kill(
    tool: Tool, run_killed: RunKilled, replica: Replica, before: set[str]
) -> list[str]:
    """Edit more letters, kill the tool in the middle of its round, and run it once more."""
    edited = _edit(replica, before)
    half = len(replica.log) + len(replica.directory.documents) // 2
    said = run_killed(lambda: len(replica.log) >= half)
    told = Counter(tool.changed(said) + tool.changed(tool.run().said))
    lost = sum(told[each] == 0 for each in edited)
    doubled = sum(told[each] > 1 for each in edited)
    return [f"{len(edited) - lost} of {len(edited)}", f"{lost}", f"{doubled}"]


def _edit(replica: Replica, left_alone: Container[str] = ()) -> set[str]:
    """Edit some letters in one place each; return their names."""
    chance, edited = random.Random("peers"), set[str]()
    with replica.standing_still() as directory:
        for each in chance.sample(directory.documents, len(directory.documents)):
            kinds = [kind for kind in EDITS[:4] if len(edited) < EDITED]
            is_free = str(each.docid) not in left_alone
            if is_free and any(kind(each, chance) for kind in chance.sample(kinds, len(kinds))):
                each.state += 1
                edited.add(str(each.docid))
    return edited


def _fuhan(folder: Path, replica: Replica, _environments: Path) -> Tool:
    source: dict[str, Any] = {"name": "letters", "agency": "某委", "kind": "proposal"}
    source |= {"listing": replica.listing("proposal"), "revisits": None}
    config = {"sources": [source], "crawl": {"delay": 0, "concurrency": 8}, "mass": 1.0}
    (folder / "config.yaml").write_text(json.dumps(config), "utf-8")
    command = [sys.executable, "-P", "-m", "fuhan"]
    changes = [*command, "changes", "--kind", "edited", "--format", "jsonl"]

    def crawl() -> Cost:
        cost = run([*command, "-q", "crawl"], folder)
        listed = subprocess.run(changes, cwd=folder, stdout=subprocess.PIPE, text=True, check=True)
        return replace(cost, said=listed.stdout)

    def killed(is_time: Callable[[], bool]) -> str:
        run_killed([*command, "-q", "crawl"], folder, is_time)
        return ""  # what it has recorded by then is among all that the next run lists

    return Tool("fuhan", crawl, letters_of, killed)


def _curl(folder: Path, replica: Replica, _environments: Path) -> Tool | None:
    if not (curl := shutil.which("curl")):
        return None
    urls = "".join(f'url = "{url}"\noutput = "{os.devnull}"\n' for _, url in _letters(replica))
    (folder / "curl").write_text(urls, "utf-8")
    command = [curl, "--silent", "--parallel", "--parallel-max", "8", "--config", "curl"]
    return Tool("curl", lambda: run(command, folder))


def _aiohttp(folder: Path, replica: Replica, environments: Path) -> Tool | None:
    if not (python := _installed(environments, "aiohttp", "python")):
        return None
    (folder / "loop.py").write_text(LOOP, "utf-8")
    (folder / "urls").write_text("\n".join(url for _, url in _letters(replica)), "utf-8")
    return Tool("aiohttp loop", lambda: run([python, "loop.py", "urls"], folder))


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
    return Tool(
        name,
        lambda: run(command, folder),
        lambda said: list(set(changed.findall(said))),  # each stands in a list and in a text
        lambda is_time: run_killed(command, folder, is_time),
    )


def _changedetection(folder: Path, replica: Replica, environments: Path) -> Tool | None:
    name = "changedetection.io"
    if not (program := _installed(environments, name, name)):
        return None
    urls = [url for _, url in _letters(replica)]
    service = ChangeDetection(program, folder, urls, ARTICLE)
    return Tool(name, service.run, letters_of, service.run_killed, service.close)


def _letters(replica: Replica) -> list[tuple[str, str]]:
    return [(str(each.docid), replica.url + each.path) for each in replica.directory.documents]


def _installed(environments: Path, tool: str, program: str) -> str | None:
    path = environments.absolute() / tool / "bin" / program
    return str(path) if path.exists() else None


if __name__ == "__main__":
    main()
