"""Reading: directories that are whole by their parts; fields read right, left null, read wrong.

`python -m bench.reading [SHARED]`: the folder with `cases/` and `real/` (../shared); what is
absent is left out. Composed directories and the replica are always there. Exit 1 if a value is
wrong, or a directory is not what it must be.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from bench.directory_reading import Pair, ReadDirectory, read_composed
from bench.values import judge
from crawler.http.decoding import decode
from crawler.page.dom import Page
from crawler.page.reader import read_page
from letters.letter import BlockKind, Kind, Letter
from letters.letter_json import letter_to_json
from replica.compose import compose
from replica.directories.composed_directory import ComposedDirectory, Expected
from replica.directories.table import DIRECTORIES
from replica.noise import Noise
from replica.pages import letter_page

SHARED = Path(__file__).resolve().parents[2] / "shared"
URL = "http://gov.example/zwgk/202205/t20220526_1.html"
# What the truth of a real directory calls otherwise than the letter does.
RENAMED = {"url_date": "url_dated_on"}
REAL = [
    *("title", "number", "session", "addressees", "subject", "agency", "co_handlers", "feedback"),
    *("published_on", "url_date", "signed_on_raw", "contact", "phone"),
]


def cases(shared: Path) -> Iterator[Pair]:
    """Yield the letters of the small cases with what a person reads in them."""
    for line in (shared / "cases" / "reading.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        lines = "".join(f"<p>{text}</p>" for text in case["lines"])
        html = f'<h1>{case["title"]}</h1><div class="TRS_UEDITOR">{lines}</div>'
        yield read_page(Page(html, URL), Kind(case["kind"])), case["expect"]


def real(shared: Path) -> Iterator[Pair]:
    """Yield the letters of the real directory with their truth."""
    folder = shared / "real" / "pingtan"
    for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        truth = json.loads(line)
        page = Page(decode((folder / truth["file"]).read_bytes(), ""), truth["url"])
        expected = {RENAMED.get(name, name): truth[name] for name in REAL}
        number = expected["number"]
        yield (
            read_page(page, Kind.PROPOSAL),
            expected | {"number": number and number[: -len("号提案")]},
        )


def composed() -> Iterator[Pair]:
    """Yield the letters of the replica with their truth."""
    for each in compose(letters=300, suggestions=60).documents:
        page = Page(letter_page(each, Noise(1, 1)), f"https://gov.example{each.path}")
        truth = {name: value for name, value in each.truth().items() if name not in NOT_READ}
        yield read_page(page, Kind(each.kind)), truth


NOT_READ = {"kind", "listed_on", "attachments", "labels"}


def printed(letter: Letter, name: str) -> Any:
    """Return a field as plain values; `headings` are the texts of the body's heading blocks.

    `body` is all its text, `attachments` are the names of the files.
    """
    if name == "headings":
        return [block.text for block in letter.body if block.kind is BlockKind.HEADING]
    if name == "body":
        return "".join(block.text for block in letter.body)
    if name == "attachments":
        return [file.name for file in letter.attachments]
    return letter_to_json(letter)[name]


def print_fields(name: str, pairs: Sequence[Pair]) -> int:
    """Print how each field of some letters was read; return how many values are wrong."""
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    for letter, expected in pairs:
        for field, value in expected.items():
            tallies[field][judge(printed(letter, field), value)] += 1
    print(
        f"\n{name}: {len(pairs)} letters\n\n| field | right | null | wrong |\n| --- | ---: | ---: | ---: |"
    )
    for field, tally in sorted(tallies.items()):
        print(f"| `{field}` | {tally['right']} | {tally['null']} | {tally['wrong']} |")
    return sum(tally["wrong"] for tally in tallies.values())


# By what directories are told apart: the parts of each that a reader can fail on.
PARTS: dict[str, Callable[[ComposedDirectory], str]] = {
    "address": lambda form: form.address,
    "pager": lambda form: "a script's" if form.interface else form.pager,
    "interface": lambda form: form.interface or "none",
    "template": lambda form: form.template,
    "file": lambda form: form.file or "none",
    "charset": lambda form: form.charset,
}


def print_directories(directories: Sequence[ReadDirectory]) -> int:
    """Print how many are whole, by each part; return how many are not what they must be."""
    for name, part_of in PARTS.items():
        groups: dict[str, list[ReadDirectory]] = defaultdict(list)
        for each in directories:
            groups[part_of(each.form)].append(each)
        print(f"\n| {name} | directories | whole | in part, with its sign | otherwise |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for part, group in groups.items():
            whole, in_part = (
                sum(each.is_as_expected and each.form.expected is expected for each in group)
                for expected in (Expected.COMPLETE, Expected.PARTIAL)
            )
            otherwise = len(group) - whole - in_part
            print(f"| {part} | {len(group)} | {whole} | {in_part} | {otherwise} |")
    others = [each for each in directories if not each.is_as_expected]
    for each in others:
        reasons = "; ".join(error.reason for error in each.walked.errors)
        print(f"{each.form.name}: {each.missed} missed, {each.surplus} surplus: {reasons}")
    return len(others)


def main() -> int:
    """Print a table for each set and return the exit code."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    forms = (each for each in DIRECTORIES.values() if each.expected is not Expected.REFUSED)
    directories = [read_composed(each) for each in forms]
    failed = print_directories(directories)
    whole = (each.pairs for each in directories if each.form.expected is Expected.COMPLETE)
    sets = {"cases": (shared / "cases", cases), "real": (shared / "real", real)}
    pairs = {name: list(of(shared)) for name, (folder, of) in sets.items() if folder.is_dir()}
    pairs |= {"replica": list(composed()), "composed directories": list(chain(*whole))}
    failed += sum(print_fields(name, letters) for name, letters in pairs.items())
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
