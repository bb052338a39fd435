"""A short story that leaves an archive, told to the commands of fuhan as a user gives them.

`python -m tests.storage.archive_story > tests/storage/archive.sql` recorded it at commit
8c0c35b (2026-11-28), the last one before modules were sorted into rooms: schema 0006, parser 4,
differ 3. What is recorded stands for archives of then: it is not made again.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from replica.compose import compose
from replica.document import CHANNELS
from replica.nights import edit
from replica.server import Replica
from tests.whole.proxies import Proxy, proxying

SOURCE = "proposals"
LISTING = f"http://letters.example{CHANNELS['proposal']}"  # a proxy leads there
CONFIG = """sources:
  - {{name: {source}, agency: 某市发展和改革委员会, kind: proposal, listing: "{listing}"}}
crawl: {{delay: 0s, retries: 0, proxy: "http://127.0.0.1:{port}"}}
"""


def tell(folder: Path) -> None:
    """Live through the story in `folder`: four letters, an edit that is reviewed, a withdrawal."""
    directory = compose(letters=7, suggestions=0)
    del directory.documents[4:]  # the first of those that stay has a file
    edited, withdrawn, *_ = directory.documents
    with Replica(directory) as replica:
        target = int(replica.url.rpartition(":")[2])
        with proxying(Proxy(target)) as proxy:
            config = CONFIG.format(source=SOURCE, listing=LISTING, port=proxy.port)
            (folder / "config.yaml").write_text(config, encoding="utf-8")
            _fuhan(folder, "crawl")
            _edit(edited)
            _fuhan(folder, "crawl")
            (change,) = _fuhan(folder, "changes", "--kind", "edited", "--format", "jsonl")
            words = ("--state", "flagged", "--note", "ask the bureau")
            _fuhan(folder, "review", str(change["id"]), *words)
            withdrawn.served, withdrawn.is_listed = "gone", False
            for _ in range(2):
                _fuhan(folder, "crawl")


def _edit(document: Any) -> None:
    text = next(text for kind, text in document.blocks if kind == "paragraph" and "亿元" in text)
    edit(document, text, text.replace("亿元", "万元", 1))


def _fuhan(folder: Path, *words: str) -> list[Any]:
    command = [sys.executable, "-P", "-m", "fuhan", *words]
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"LOGNAME": "reader"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    if "jsonl" in words:
        return [json.loads(line) for line in done.stdout.splitlines()]
    sys.stderr.write(done.stdout)
    return []


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        tell(Path(name))
        with closing(sqlite3.connect(f"{name}/data/fuhan.db")) as connection:
            for statement in connection.iterdump():
                sys.stdout.write(statement + "\n")
