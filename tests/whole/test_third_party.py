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


def check(folder: Path, *words_given: object) -> tuple[int, str]:
    words = [sys.executable, "-I", str(SCRIPT), str(folder), *map(str, words_given)]
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


def test_a_letter_is_called_by_its_id_url_or_source_and_number(exported: Path) -> None:
    row = json.loads((exported / "letters.jsonl").read_text(encoding="utf-8").splitlines()[3])
    by_id = check(exported, row["id"])
    assert by_id[0] == 0
    assert check(exported, row["url"]) == check(exported, f"proposals/{row['number']}") == by_id


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param([], "python check_letter.py out LETTER [HEAD]", id="no letter"),
        pytest.param([1, "0" * 64, "more"], "check_letter.py out LETTER", id="too many words"),
        pytest.param(["99"], "99: expected a letter's id, URL or SOURCE/NUMBER; none", id="id"),
        pytest.param(["proposals/9999"], "SOURCE/NUMBER; none is called so", id="number"),
        pytest.param(["proposals/None"], "SOURCE/NUMBER; none is called so", id="no number"),
        pytest.param(["http://127.0.0.1/x"], "SOURCE/NUMBER; none is called so", id="URL"),
        pytest.param(["关于"], "SOURCE/NUMBER; none is called so", id="words"),
    ],
)
def test_what_names_no_letter_is_told_with_what_does(
    exported: Path, words: list[object], said: str
) -> None:
    code, told = check(exported, *words)
    assert (code, said in told, "Traceback" in told) == (2, True, False), told


def test_a_number_of_two_letters_is_told_with_their_ids(copy: Path) -> None:
    first, second = (
        json.loads(line)
        for line in (copy / "letters.jsonl").read_text(encoding="utf-8").splitlines()[:2]
    )
    alter(
        copy / "letters.jsonl", f'"number": "{second["number"]}"', f'"number": "{first["number"]}"'
    )
    code, told = check(copy, f"proposals/{first['number']}")
    assert code == 2
    assert f"of these ids: [{first['id']}, {second['id']}]" in told


def test_a_folder_that_holds_half_of_it_is_told(copy: Path) -> None:
    (copy / "pages.warc.gz").unlink()
    code, told = check(copy, 1)
    assert (code, "found no pages.warc.gz" in told) == (2, True)


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
