"""Saves the pages of a probe as they were served, with what is read from each beside it."""

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.directory.interface_walk import walk_directory
from crawler.directory.page import read_directory
from crawler.directory.walk_result import AskedPage, WalkResult
from crawler.http.decoding import UndecodableError, decode
from crawler.http.fetch import UnreachedError
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from crawler.job import AUTO
from crawler.page.dom import Page
from crawler.page.reader import PageChangedError, read_page
from fuhan.errors import UsageError
from fuhan.probe.listing_pages import PAGES
from fuhan.probe.listing_probe import Probe
from letters.addresses import DirectoryRow
from letters.letter import Kind
from letters.letter_json import letter_to_json

SERVED = "served.json"  # by a file's name: its address and type, and how an answer was asked for
FIRST = "directory.html"  # the directory's first page


def check_folder(folder: Path) -> None:
    """Raise UsageError for a folder that holds something already, or that is none."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: expected a folder that is empty, or none")


def save_pages(folder: Path, probe: Probe) -> int:
    """Save the pages that a probe was served and their goldens; return how many pages.

    The answers of an interface that listed the directory are saved, too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kind = probe.kind.value or Kind.PROPOSAL.value
    served: dict[str, dict[str, str]] = {}
    for name, answer in _named(probe):
        (folder / name).write_bytes(answer.body)
        served[name] = {"url": answer.final_url, "content_type": answer.content_type, "kind": kind}
    if FIRST in served:  # its address may name a channel behind #, which no answer bears
        served[FIRST]["asked"] = probe.listing
    walked = probe.directory.walked
    for name, asked in _answers(walked.asked[1:] if walked.interface else ()):
        (folder / name).write_bytes(asked.answer.body)
        served[name] = _as_served(asked)
    _write(folder / SERVED, served)
    for name in served:
        if is_page(name) and (read := _golden_or_none(folder / name, served)) is not None:
            _write(folder / Path(name).with_suffix(".json"), read)
    return len(served)


def is_page(name: str) -> bool:
    """Return whether a saved file is a page that has a golden file: a directory's, or a letter."""
    return name.endswith(".html") and name.startswith(("directory", "letter"))


def read_saved_page(page: Path, served: Mapping[str, Mapping[str, str]]) -> Any:
    """Return what is read from a saved page, as JSON holds it: a directory's rows, or a letter.

    `served` has how the files beside it were asked for and served, by their names. Where answers
    of an interface are among them, the rows of a directory are those that it lists.
    Raises PageChangedError for a letter's page that is not understood, UndecodableError.
    """
    own = served[page.name]
    html = decode(page.read_bytes(), own["content_type"])
    if page.name.startswith("letter"):
        letter = read_page(Page(html, own["url"]), Kind(own["kind"]))
        return json.loads(json.dumps(letter_to_json(letter)))
    if page.name == FIRST and any(each.startswith("answer") for each in served):
        return _as_json(asyncio.run(_walk_again(page.parent, served)).rows.values())
    return _as_json(read_directory(html, own["url"]).rows)


def _as_json(rows: Iterable[DirectoryRow]) -> list[dict[str, Any]]:
    return [
        {
            "url": row.url,
            "title": row.title,
            "listed_on": row.listed_on and row.listed_on.isoformat(),
        }
        for row in rows
    ]


async def _walk_again(folder: Path, served: Mapping[str, Mapping[str, str]]) -> WalkResult:
    """Return what the probe's walk of a directory shows, with the answers that were saved."""
    listing = served[FIRST]["asked"]

    async def ask(request: InterfaceRequest) -> Snapshot:
        wanted = request.method, request.url, request.body
        for name, each in served.items():
            asked = each.get("method", "GET"), each.get("asked", each["url"]), each.get("body", "")
            if asked == wanted:
                headers = {"content-type": each["content_type"]}
                body = (folder / name).read_bytes()
                return Snapshot(request.url, each["url"], 200, headers, body, datetime.now(UTC))
        raise UnreachedError("it was not saved")

    return await walk_directory(ask, listing, AUTO, lambda _: None, PAGES)


def _answers(asked: Iterable[AskedPage]) -> Iterator[tuple[str, AskedPage]]:
    """Yield the answers of an interface with the names under which they are saved."""
    for number, each in enumerate(asked, start=1):
        yield f"answer{f'-{number}' if number > 1 else ''}.txt", each


def _as_served(asked: AskedPage) -> dict[str, str]:
    request, answer = asked.request, asked.answer
    return {
        "url": answer.final_url,
        "content_type": answer.content_type,
        "method": request.method,
        "asked": request.url,
        "body": request.body,
    }


def _golden_or_none(page: Path, served: Mapping[str, Mapping[str, str]]) -> Any:
    try:
        return read_saved_page(page, served)
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
