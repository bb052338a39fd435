"""One server reads all files of a crawl, each in a process that it forks, and may be lost."""

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest

from crawler.attachment import file_reader
from crawler.attachment.content_digest import content_digest
from crawler.attachment.file_reader import FileReader
from letters.file_text import TextState
from replica.pdf import make_pdf

Answer = TypeVar("Answer")

ONE, OTHER = make_pdf("figure 718.4"), make_pdf("figure 918.4")
HOSTILE = b"%PDF-1.7 1 0 obj " + b"[" * 200_000


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> list[Process]:
    """Return the servers that were started, oldest first."""
    started: list[Process] = []
    start = asyncio.create_subprocess_exec

    async def start_and_note(*command: str, **streams: Any) -> Process:
        started.append(await start(*command, **streams))
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", start_and_note)
    return started


def reading(read: Callable[[FileReader], Awaitable[Answer]]) -> Answer:
    async def read_and_close() -> Answer:
        async with FileReader() as reader:
            return await read(reader)

    return asyncio.run(read_and_close())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each file has a server of its own")
def test_files_are_read_by_one_server_whatever_one_of_them_does(servers: list[Process]) -> None:
    async def read(reader: FileReader) -> list[object]:
        digests = [await reader.digest(body) for body in (ONE, HOSTILE, OTHER)]
        return [digests[0], digests[2], (await reader.text(OTHER)).text]

    assert reading(read) == [content_digest(ONE), content_digest(OTHER), "figure 918.4"]
    assert len(servers) == 1


def test_where_a_server_is_lost_another_one_reads_the_file(servers: list[Process]) -> None:
    async def read(reader: FileReader) -> list[object]:
        first = await reader.digest(ONE)
        servers[0].kill()
        await servers[0].wait()
        return [first, (await reader.text(ONE)).state]

    assert reading(read) == [content_digest(ONE), TextState.READ]
    assert len(servers) == 2


def test_a_file_is_not_read_where_no_server_lives(
    servers: list[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_reader, "_SERVER", (sys.executable, "-c", ""))
    assert reading(lambda reader: reader.text(ONE)).state is TextState.UNREADABLE
    assert len(servers) == 2


def test_a_closed_reader_leaves_no_server(servers: list[Process]) -> None:
    reading(lambda reader: reader.text(ONE))
    assert [each.returncode is not None for each in servers] == [True]
