"""Reading: per field what is read right, left null and read wrong, over cases, real pages, replica.

`python -m bench.reading [SHARED]`: the folder with `cases/` and `real/` (../shared); what is
absent is left out. Exit 1 if a value is wrong.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from crawler.http.decoding import decode
from crawler.page.dom import Page
from crawler.page.reader import read_page
from letters.letter import BlockKind, Kind, Letter
from letters.letter_json import letter_to_json
from letters.text import squashed
from replica.compose import compose
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
Pair = tuple[Letter, Mapping[str, Any]]  # a letter as read, and what its page prints


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
    """Return a field as plain values; `headings` are the texts of the body's heading blocks."""
    if name == "headings":
        return [block.text for block in letter.body if block.kind is BlockKind.HEADING]
    return letter_to_json(letter)[name]


def judge(read: Any, expected: Any) -> str:
    """Return right, null or wrong for one field; blanks within a value are no difference."""
    if squashed(str(read or None)) == squashed(str(expected or None)):
        return "right"
    return "wrong" if read else "null"


def main() -> int:
    """Print a table for each set and return the exit code."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    sets = {"cases": (shared / "cases", cases), "real": (shared / "real", real)}
    pairs = {name: list(of(shared)) for name, (folder, of) in sets.items() if folder.is_dir()}
    wrong = 0
    for name, letters in (pairs | {"replica": list(composed())}).items():
        tallies: dict[str, Counter[str]] = defaultdict(Counter)
        for letter, expected in letters:
            for field, value in expected.items():
                tallies[field][judge(printed(letter, field), value)] += 1
        print(
            f"\n{name}: {len(letters)} letters\n\n| field | right | null | wrong |\n| --- | ---: | ---: | ---: |"
        )
        for field, tally in sorted(tallies.items()):
            print(f"| `{field}` | {tally['right']} | {tally['null']} | {tally['wrong']} |")
            wrong += tally["wrong"]
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
