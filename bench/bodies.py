"""Bodies without their known containers: ours, trafilatura and readability against the truth.

python -m bench.bodies [--real ../shared/real]; with trafilatura and readability-lxml installed.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from lxml.html import fromstring
from rich.console import Console
from rich.table import Table

from crawler.http.decoding import decode
from crawler.page.dom import Page
from crawler.page.reader import PageChangedError, read_page
from letters.letter import Kind
from letters.text import squashed
from replica.compose import compose
from replica.directories.unknown_templates import LETTER, TEMPLATES, Chrome, page_of
from replica.noise import Noise
from replica.pages import letter_page

SHORT = (
    "赵小华委员：",
    "您的建议收悉。经研究，该路口已于5月加装信号灯。感谢您的关心！",
    "某市公安局",
)
DAYS = (Chrome(), Chrome(hits=90321, related=12, sidebar=40, stamp="2025-01-02 00:00:01"))
Reader = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Case:
    """One letter's page, as it is served on two days, and its text."""

    family: str
    days: tuple[str, ...]
    text: str


def main() -> None:
    """Print how much of each family's texts each reader gets right, and at what cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", type=Path, default=Path("../shared/real"))
    cases = [*_composed(), *_replica(), *_real(parser.parse_args().real)]
    table = Table(
        "family", "reader", "pages", "exact", "missing", "too many", "stable", "ms a page"
    )
    for family in dict.fromkeys(case.family for case in cases):
        of_family = [case for case in cases if case.family == family]
        for name, reader in READERS.items():
            table.add_row(family, name, str(len(of_family)), *_measured(reader, of_family))
    Console(width=120).print(table)


def _measured(reader: Reader, cases: list[Case]) -> list[str]:
    exact = missing = surplus = stable = 0
    start = time.process_time()
    texts = [[squashed(reader(html)) for html in case.days] for case in cases]
    spent = time.process_time() - start
    for case, read in zip(cases, texts, strict=True):
        has, wants = Counter(read[0]), Counter(case.text)
        exact += read[0] == case.text
        missing += (wants - has).total()
        surplus += (has - wants).total()
        stable += len(set(read)) == 1
    length = sum(len(case.text) for case in cases)
    shares = (exact / len(cases), missing / length, surplus / length, stable / len(cases))
    per_page = 1000 * spent / sum(len(case.days) for case in cases)
    return [*(f"{share:.1%}" for share in shares), f"{per_page:.1f}"]


def _composed() -> Iterator[Case]:
    for name in TEMPLATES:
        for lines in (LETTER, SHORT, (*LETTER[:4], *LETTER[3:4] * 30, *LETTER[4:])):
            days = tuple(page_of(name, lines, chrome) for chrome in DAYS)
            yield Case("composed", days, squashed("".join(lines)))


def _replica() -> Iterator[Case]:
    for each in compose(40, 0, 7).documents:
        days = tuple(letter_page(each, Noise(7, day)) for day in (1, 2))
        yield Case("replica", days, _known(days[0]))


def _real(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("pages/*/*.htm*")) + sorted(
        folder.glob("pingtan/site/**/t*.htm")
    ):
        html = decode(path.read_bytes(), "")
        if "fragments" not in path.parts and "</head>" in html and (text := _known(html)):
            yield Case("pingtan" if "pingtan" in path.parts else "real", (html,), text)


def _known(html: str) -> str:
    return _text(Page(html, "http://x.gov.cn/t.html"))


def _ours(html: str) -> str:
    page = Page(html, "http://x.gov.cn/t.html")
    page.__dict__["family"] = replace(page.family, bodies=())
    return _text(page)


def _text(page: Page) -> str:
    try:
        letter = read_page(page, Kind.PROPOSAL)
    except PageChangedError:
        return ""
    return squashed("".join(block.text for block in letter.body))


def _trafilatura(html: str) -> str:
    extract = import_module("trafilatura").extract
    return extract(html, include_comments=False, include_tables=True, favor_recall=True) or ""


def _readability(html: str) -> str:
    summary = import_module("readability").Document(html).summary()
    return str(fromstring(summary).text_content())


READERS: dict[str, Reader] = {
    "known container": _known,
    "densest text": _ours,
    "trafilatura": _trafilatura,
    "readability": _readability,
}

if __name__ == "__main__":
    main()
