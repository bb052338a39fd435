"""A process of its own for each file that is read: it can be ended whatever the file does."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE

from crawler.attachment.content_digest import has_known_stamps, masked_digest

TIMEOUT = 60.0  # seconds by the clock; the process itself has less of the processor

_READER = (sys.executable, "-P", "-m", "crawler.attachment.content_digest")


class ContentReader:
    """Reads files one after the other: each may take much memory."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    async def digest(self, body: bytes) -> str | None:
        """Return the digest over what a file says; None where only its bytes can be compared."""
        if not has_known_stamps(body):
            return None
        async with self._turn:
            return await _read(body) or masked_digest(body)


async def _read(body: bytes) -> str:
    """Return the digest that the process prints; nothing where it could not read the file."""
    process = await asyncio.create_subprocess_exec(
        *_READER, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(body), TIMEOUT)
    except TimeoutError:
        return ""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return output.decode() if process.returncode == 0 else ""
