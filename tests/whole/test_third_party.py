"""A stranger checks an exported letter with a short script that uses nothing of ours."""

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench.trouble import PAGE_FAULTS
from replica.compose import compose
from replica.nights import edit
from replica.server import Replica

SCRIPT = Path(__file__).parents[2] / "docs" / "check_letter.py"


@pytest.fixture(scope="module")
def exported(
    tmp_path_factory: pytest.TempPathFactory, watch: Callable[..., Any], quick: Callable[..., Any]
) -> Path:
    with Replica(compose(letters=30, suggestions=0)) as served:
        project = watch(tmp_path_factory.mktemp("third"), served.listing("proposal"))
        crawled = quick(served, project)
        crawled.crawl()
        for each in served.directory.documents:
            edit(each, "401121", "401122")
        for each in served.directory.documents[::4]:
            served.faults.add(f"_{each.docid}[.]", PAGE_FAULTS["what no reader sees"])
        crawled.crawl()
    project.run("export", "-o", "out")
    project.run("export", "-o", "out", "--format", "warc")
    folder: Path = project.folder / "out"
    return folder


@pytest.fixture
def copy(exported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(exported, tmp_path / "out"))


def check(folder: Path, letter: int, *head: str) -> tuple[int, str]:
    words = [sys.executable, "-I", str(SCRIPT), str(folder), str(letter), *head]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def alter(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_exported_letter_stands_up_to_a_stranger(exported: Path) -> None:
    lines = (exported / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
    head = json.loads(lines[-1])["hash"]
    for letter in range(1, 31):
        code, said = check(exported, letter, head)
        assert (code, "BAD" in said) == (0, False), said


def test_a_head_that_was_never_published_is_refused(exported: Path) -> None:
    code, said = check(exported, 1, "0" * 64)
    assert (code, said.count("BAD")) == (1, 1)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("versions.jsonl", "现答复如下", "现回复如下", "digest"),
        ("versions.jsonl", '"number": 1, "cause"', '"number": 7, "cause"', "sealed"),
        ("ledger.jsonl", "letter", "1etter", "entry"),
    ],
)
def test_a_word_that_was_altered_is_named(
    copy: Path, name: str, old: str, new: str, told: str
) -> None:
    alter(copy / name, old, new)
    code, said = check(copy, 1)
    assert code == 1
    assert told in said.splitlines()[-1]


def test_a_byte_of_a_page_that_was_altered_is_named(copy: Path) -> None:
    pages = copy / "pages.warc.gz"
    content = gzip.decompress(pages.read_bytes())
    spoilt = content.replace(b"401121", b"401129")
    pages.write_bytes(gzip.compress(spoilt))
    code, said = check(copy, 1)
    assert code == 1
    assert "page that the ledger names" in said.splitlines()[-1]
