"""What a probe saves is read again as it was read, by an interface or by structure too."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.http.fetch import UnreachedError
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from fuhan.probe.agency import NO_VALUE
from fuhan.probe.letter_reading import LetterReading, visit_row
from fuhan.probe.listing_pages import read_pages
from fuhan.probe.listing_probe import Probe
from fuhan.probe.saved_pages import is_page, save_pages
from replica.scripted_lists import LISTS
from replica.scripted_server import ScriptedSite
from tests.crawler.saved_pages import assert_golden

HOST = "http://water.example"


def probed(site: ScriptedSite, listing: str) -> Probe:
    """Return a probe of a directory that a script fills, with its first letter."""

    async def ask(request: InterfaceRequest) -> Snapshot:
        parts = urlsplit(request.url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        answer = site.answer(request.method, path, request.body)
        if answer.status == 0:
            raise UnreachedError("timed out")
        url = request.url.partition("#")[0]
        headers = {"content-type": answer.content_type}
        return Snapshot(url, url, answer.status, headers, answer.body, datetime.now(UTC))

    async def probe() -> Probe:
        directory = await read_pages(ask, listing)
        row = next(iter(directory.walked.rows.values()))
        visit = await visit_row(lambda url: ask(InterfaceRequest("GET", url)), row)
        assert visit.letter is not None, visit.reason
        return Probe(listing, "", directory, (LetterReading(row, visit),), agency=NO_VALUE)

    return asyncio.run(probe())


@pytest.mark.parametrize("name", LISTS)
def test_a_directory_that_an_interface_lists_is_read_again_from_its_answers(
    name: str, tmp_path: Path
) -> None:
    probe = probed(ScriptedSite(40), f"{HOST}{LISTS[name].listing}")
    folder = tmp_path / "water.example"
    save_pages(folder, probe)
    saved = [file for file in folder.iterdir() if is_page(file.name)]
    for page in saved:
        assert page.with_suffix(".json").exists()
        assert_golden(page)
    read = json.loads((folder / "directory.json").read_text("utf-8"))
    assert [row["url"] for row in read] == [
        row.url for row in probe.directory.walked.rows.values()
    ]
    assert list(folder.glob("answer*"))


def test_an_answer_that_lists_something_else_is_seen(tmp_path: Path) -> None:
    probe = probed(ScriptedSite(40), f"{HOST}{LISTS['jpaas'].listing}")
    folder = tmp_path / "saved"
    save_pages(folder, replace(probe, readings=()))
    file = folder / "answer.txt"
    file.write_bytes(file.read_bytes().replace("提案".encode(), "议案".encode()))
    with pytest.raises(AssertionError):
        assert_golden(folder / "directory.html")
