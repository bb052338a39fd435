"""The CPU that reading a page takes, as a multiple of what parsing it takes; and all that is read.

`python -m bench.reading_cost [SHARED] [--dump FILE]`: the folder with `real/` (../shared), left out
where it is absent. With `--dump` everything that is read goes to FILE, a line for each page: two
states of the code read the same where their files are equal, byte for byte.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from crawler.directory.page import DirectoryPage, read_directory
from crawler.http.decoding import UndecodableError, decode
from crawler.http.snapshot import Snapshot
from crawler.page.reader import PageReader
from crawler.visit import Visit, read_answer
from letters.addresses import KnownAddress
from letters.letter import Kind
from letters.letter_json import letter_to_json
from letters.urls import url_key
from replica.compose import compose
from replica.directories.composed_directory import Expected
from replica.directories.composed_site import ComposedSite
from replica.directories.table import DIRECTORIES
from replica.document import CHANNELS
from replica.noise import Noise
from replica.pages import letter_page, list_page

SHARED = Path(__file__).resolve().parents[2] / "shared"
HOST = "http://gov.example"
ROUNDS = 15
OF_VISIT = ("outcome", "reason", "needs_better_parser", "more", "doubt", "ways")
AT = datetime(2026, 1, 1, tzinfo=UTC)
NOT_KNOWN = KnownAddress(
    *(0, "", "", None, None, None, None, None, None, None, None, None, None, None, None)
)


@dataclass(frozen=True, slots=True)
class ServedPage:
    """A page as it is served, and what it is read as."""

    url: str
    body: bytes
    content_type: str
    is_list: bool

    def read(self) -> Visit | DirectoryPage | str:
        """Return what is read of it; of a list that can't be decoded why not."""
        if not self.is_list:
            return self._read_letter()
        try:
            return read_directory(decode(self.body, self.content_type), self.url)
        except UndecodableError as error:
            return str(error)

    def _read_letter(self) -> Visit:
        headers = {"content-type": self.content_type}
        answer = Snapshot(self.url, self.url, 200, headers, self.body, AT)
        address = replace(NOT_KNOWN, key=url_key(self.url), url=self.url)
        reader = PageReader(Kind.PROPOSAL)
        return read_answer(address, answer, reader, is_listed=True, newest=None)

    def parse(self) -> str:
        """Return the text of its tree: the least that each reader of it does."""
        tree = LexborHTMLParser(self.body.decode("utf-8", "replace"))
        return tree.body.text() if tree.body else ""


def served_pages(shared: Path) -> dict[str, list[ServedPage]]:
    """Return the pages of each set: real ones where `shared` holds them, and composed ones."""
    real = shared / "real"
    sets = {
        "letters, real": list(_real(real / "pingtan" / "site", "t*.htm")),
        "letters, other sites": [*_real(real / "pages", "*.html"), *_real(real / "recrawl", "*")],
        "letters, replica": list(_replica_letters()),
        "letters, composed": list(_composed_letters()),
        "lists, real": list(_real(real / "pingtan" / "site", "index*.htm", is_list=True)),
        "lists, other sites": list(_real(real / "pages", "*list*.html", is_list=True)),
        "lists, replica": list(_replica_lists()),
        "lists, composed": list(_composed_lists()),
    }
    return {name: pages for name, pages in sets.items() if pages}


def _real(folder: Path, names: str, *, is_list: bool = False) -> Iterator[ServedPage]:
    for path in sorted(folder.rglob(names)):
        if path.suffix in {".htm", ".html"}:
            url = f"{HOST}/{path.relative_to(folder)}"
            yield ServedPage(url, path.read_bytes(), "text/html", is_list)


def _replica_letters() -> Iterator[ServedPage]:
    for each in compose(letters=60, suggestions=20).documents:
        for number in range(each.pages):
            html = letter_page(each, Noise(1, 1), number=number)
            yield ServedPage(HOST + each.path, html.encode(), "text/html", is_list=False)


def _replica_lists() -> Iterator[ServedPage]:
    documents = compose(letters=300, suggestions=0).documents
    for number in range(20):
        if html := list_page("proposal", documents, number, Noise(1, 1)):
            name = f"index_{number}.html" if number else ""
            url = f"{HOST}{CHANNELS['proposal']}{name}"
            yield ServedPage(url, html.encode(), "text/html", is_list=True)


def _sites() -> Iterator[ComposedSite]:
    for form in DIRECTORIES.values():
        if form.expected is not Expected.REFUSED:
            yield ComposedSite(form)


def _composed_letters() -> Iterator[ServedPage]:
    for site in _sites():
        for each in site.listed[:4]:
            answer = site.answer("GET", site.path(each))
            url = HOST + site.path(each)
            yield ServedPage(url, answer.body, answer.content_type, is_list=False)


def _composed_lists() -> Iterator[ServedPage]:
    for site in _sites():
        listing = site.form.listing
        answer = site.answer("GET", listing.partition("#")[0])
        yield ServedPage(HOST + listing, answer.body, answer.content_type, is_list=True)


def elsewhere(pages: list[ServedPage], number: int) -> list[ServedPage]:
    """Return pages as of another host: a crawl reads addresses that it has not read before."""
    host = f"http://gov{number}.example"
    return [replace(page, url=page.url.replace(HOST, host)) for page in pages]


def seconds(work: Callable[[ServedPage], Any], pages: list[ServedPage]) -> float:
    """Return the CPU seconds that some work takes on all pages."""
    start = time.process_time()
    for page in pages:
        work(page)
    return time.process_time() - start


def print_costs(sets: dict[str, list[ServedPage]]) -> None:
    """Print what reading the pages of each set takes; both sides in turn, so that both are slow."""
    print("| pages | of them | read, ms a page | x parsing |\n| --- | ---: | ---: | ---: |")
    for name, pages in sets.items():
        seconds(ServedPage.read, pages)  # styles and forms are known in a crawl, too
        rounds = [
            (seconds(ServedPage.read, elsewhere(pages, n)), seconds(ServedPage.parse, pages))
            for n in range(ROUNDS)
        ]
        read, parse = (statistics.median(each) for each in zip(*rounds, strict=True))
        print(f"| {name} | {len(pages)} | {1000 * read / len(pages):.2f} | {read / parse:.1f} |")


def as_line(read: Visit | DirectoryPage | str) -> str:
    """Return all that was read of a page in one line."""
    if isinstance(read, Visit):
        values = {name: getattr(read, name) for name in OF_VISIT}
        values["letter"] = read.letter and letter_to_json(read.letter)
    else:
        values = asdict(read) if isinstance(read, DirectoryPage) else {"error": read}
    return json.dumps(values, ensure_ascii=False, default=plain)


def plain(value: Any) -> Any:
    """Return what JSON can't hold as text, or as a list in order."""
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else repr(value)


def main() -> None:
    """Print the table, or write what is read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--dump", type=Path)
    arguments = parser.parse_args()
    sets = served_pages(arguments.shared)
    if not arguments.dump:
        print_costs(sets)
        return
    with arguments.dump.open("w", encoding="utf-8") as file:
        for name, pages in sets.items():
            for page in pages:
                print(name, page.url, as_line(page.read()), sep="\t", file=file)


if __name__ == "__main__":
    main()
