"""Reads each file in a process of its own, which can be ended whatever the file does."""

import asyncio
import hashlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from types import TracebackType
from typing import Self

from crawler.attachment.content_digest import has_known_stamps, masked_digest
from crawler.attachment.reading_server import ANSWER, CAN_FORK, ORDER, TIMEOUT, Wanted
from crawler.attachment.text.file_text import READER, is_site_page
from letters.file_text import FileText, TextState, file_text_from_json

_SPARE = 5.0  # seconds in which a server must say that a process of its was ended
_TRIES = 2  # of a file: the server may have been killed while it waited
_SERVER = (sys.executable, "-P", "-m", "crawler.attachment.reading_server")


class FileReader:
    """Reads files one after the other: each may take much memory. To be closed in the end.

    Its server is started with the first file, and anew after one with which it was lost.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)
        self._server: Process | None = None

    async def __aenter__(self) -> Self:
        """Return the reader."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        await self.close()

    async def digest(self, body: bytes) -> str | None:
        """Return the digest over what a file says; None where only its bytes can be compared."""
        if is_site_page(body):  # its counters and menus are not what it says
            said = (await self.text(body)).text
            return said and hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
        if not has_known_stamps(body):
            return None
        printed = await self._printed(Wanted.DIGEST, body)
        return (printed or b"").decode() or masked_digest(body)

    async def text(self, body: bytes) -> FileText:
        """Return the text of a file, or why it was not read."""
        printed = await self._printed(Wanted.TEXT, body)
        if printed is None:
            reason = "it can't be read within the limits of time and memory"
            return FileText(TextState.UNREADABLE, READER, reason=reason)
        return file_text_from_json(json.loads(printed))

    async def close(self) -> None:
        """End the server; the next file would start another one."""
        server, self._server = self._server, None
        if server is None or server.stdout is None:
            return
        with suppress(ProcessLookupError):  # it ended by itself
            server.kill()
        await server.stdout.read()
        await server.wait()

    async def _printed(self, wanted: Wanted, body: bytes) -> bytes | None:
        """Return what is printed by a process that is given the file; None where it failed."""
        async with self._turn:
            for _ in range(_TRIES):
                try:
                    return await self._asked(wanted, body)
                except (OSError, asyncio.IncompleteReadError):
                    continue  # the server is lost, by no fault of a file: these have their own
            return None

    async def _asked(self, wanted: Wanted, body: bytes) -> bytes | None:
        """Return what the server answers; raise OSError or IncompleteReadError for a lost one."""
        is_in_step = False
        try:
            answer = await asyncio.wait_for(self._ask(wanted, body), TIMEOUT + _SPARE)
            is_in_step = CAN_FORK
        except TimeoutError:
            return None
        finally:
            if not is_in_step:
                await self.close()
        return answer

    async def _ask(self, wanted: Wanted, body: bytes) -> bytes | None:
        if self._server is None:
            self._server = await asyncio.create_subprocess_exec(
                *_SERVER, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
            )
        orders, answers = self._server.stdin, self._server.stdout
        if orders is None or answers is None:
            return None
        orders.write(ORDER.pack(wanted.value, len(body)) + body)
        await orders.drain()
        is_read, size = ANSWER.unpack(await answers.readexactly(ANSWER.size))
        printed = await answers.readexactly(size)
        return printed if is_read else None
