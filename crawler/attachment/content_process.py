"""A process of its own for each file that is read: it can be ended whatever the file does."""

import asyncio
import hashlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE

from crawler.attachment.content_digest import has_known_stamps, masked_digest
from crawler.attachment.text.file_text import READER, is_site_page
from letters.file_text import FileText, TextState, file_text_from_json

TIMEOUT = 60.0  # seconds by the clock; the process itself has less of the processor

_PYTHON = (sys.executable, "-P", "-m")


class ContentReader:
    """Reads files one after the other: each may take much memory."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    async def digest(self, body: bytes) -> str | None:
        """Return the digest over what a file says; None where only its bytes can be compared."""
        if is_site_page(body):  # its counters and menus are not what it says
            said = (await self.text(body)).text
            return said and hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
        if not has_known_stamps(body):
            return None
        async with self._turn:
            printed = await _printed("crawler.attachment.content_digest", body)
        return (printed or b"").decode() or masked_digest(body)

    async def text(self, body: bytes) -> FileText:
        """Return the text of a file, or why it was not read."""
        async with self._turn:
            printed = await _printed("crawler.attachment.text.file_text", body)
        if printed is None:
            reason = "it can't be read within the limits of time and memory"
            return FileText(TextState.UNREADABLE, READER, reason=reason)
        return file_text_from_json(json.loads(printed))


async def _printed(module: str, body: bytes) -> bytes | None:
    """Return what a program prints that is given the file; None where it could not read it."""
    process = await asyncio.create_subprocess_exec(
        *_PYTHON, module, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(body), TIMEOUT)
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return output if process.returncode == 0 else None
