"""Saves the pages of a probe as they were served, with what is read from each beside it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.directory.page import read_directory
from crawler.http.decoding import UndecodableError, decode
from crawler.http.snapshot import Snapshot
from crawler.page.dom import Page
from crawler.page.reader import PageChangedError, read_page
from fuhan.errors import UsageError
from fuhan.probe.listing_probe import Probe
from letters.letter import Kind
from letters.letter_json import letter_to_json

SERVED = "served.json"  # by a page's name: its address and its type


def check_folder(folder: Path) -> None:
    """Raise UsageError for a folder that holds something already, or that is none."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: expected a folder that is empty, or none")


def save_pages(folder: Path, probe: Probe) -> int:
    """Save the pages that a probe was served and their goldens; return how many pages."""
    folder.mkdir(parents=True, exist_ok=True)
    kind = probe.kind.value or Kind.PROPOSAL.value
    served: dict[str, Any] = {}
    for name, answer in _named(probe):
        (folder / name).write_bytes(answer.body)
        served[name] = {"url": answer.final_url, "content_type": answer.content_type, "kind": kind}
        golden = _golden_or_none(name, answer, Kind(kind))
        if golden is not None:
            _write(folder / Path(name).with_suffix(".json"), golden)
    _write(folder / SERVED, served)
    return len(served)


def golden(name: str, html: str, url: str, kind: Kind) -> Any:
    """Return what is read from a saved page, as JSON holds it: a directory's rows, or a letter.

    Raises PageChangedError for a letter's page that is not understood.
    """
    if name.startswith("directory"):
        return [
            {
                "url": row.url,
                "title": row.title,
                "listed_on": row.listed_on and row.listed_on.isoformat(),
            }
            for row in read_directory(html, url).rows
        ]
    letter = read_page(Page(html, url), kind)
    return json.loads(json.dumps(letter_to_json(letter)))


def _golden_or_none(name: str, answer: Snapshot, kind: Kind) -> Any:
    try:
        return golden(name, decode(answer.body, answer.content_type), answer.final_url, kind)
    except (UndecodableError, PageChangedError):
        return None


def _named(probe: Probe) -> Iterator[tuple[str, Snapshot]]:
    """Yield the pages with the names under which they are saved: directory.html, letter-2.html."""
    letters = (each.first.snapshot for each in probe.readings)
    groups = {"directory": probe.directory.served, "letter": tuple(filter(None, letters))}
    for stem, answers in groups.items():
        for number, answer in enumerate(answers, start=1):
            yield f"{stem}{f'-{number}' if number > 1 else ''}.html", answer


def _write(file: Path, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    file.write_bytes(f"{text}\n".encode("utf-8", "surrogatepass"))
