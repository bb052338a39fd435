"""Pagers of real pages, kind by kind: none that shows more pages is taken for the end."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.directory.walk import walk
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest

CASES = Path(__file__).parents[3] / "shared" / "cases" / "pagers.jsonl"
URL = "http://gov.example/zwgk/tagk/"
ROWS = "".join(
    f'<li><a href="202206/t20220617_{number}.html">第{number}号提案的复函</a></li>'
    for number in range(1, 16)
)


def cases() -> list[dict[str, Any]]:
    if not CASES.exists():
        return []
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.skipif(not CASES.exists(), reason="no cases from outside beside the project")
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["rule"])
def test_a_directory_of_more_pages_is_not_whole_with_one(case: dict[str, Any]) -> None:
    async def fetch(request: InterfaceRequest) -> Snapshot:
        url = request.url
        body = f"<html><body><ul>{ROWS}</ul>{case['html']}</body></html>".encode()
        status, body = (200, body) if url == URL else (404, b"")
        return Snapshot(url, url, status, {"content-type": "text/html"}, body, datetime.now(UTC))

    seen = asyncio.run(walk(fetch, URL, lambda _: None))
    assert len(seen.rows) == 15
    assert bool(seen.errors) is case["expect"]["more"]
