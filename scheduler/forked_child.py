"""A crawl's process that another process forked, as asyncio gives those that it starts."""

import asyncio
import os
import signal


class ForkedChild:
    """A process with its streams; who forked it reports how it ended, unless it ended itself."""

    def __init__(
        self, stdin: asyncio.StreamWriter, stdout: asyncio.StreamReader, descriptor: int
    ) -> None:
        self.stdin = stdin
        self.stdout = stdout
        self.returncode: int | None = None
        self._descriptor = descriptor
        self._has_ended = asyncio.Event()

    async def wait(self) -> int | None:
        """Wait until it has ended and return its exit code; None where nobody knows it."""
        await self._has_ended.wait()
        return self.returncode

    def terminate(self) -> None:
        """Send it SIGTERM; raise ProcessLookupError where it has ended."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """Send it SIGKILL; raise ProcessLookupError where it has ended."""
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        if self._has_ended.is_set():
            raise ProcessLookupError
        signal.pidfd_send_signal(self._descriptor, number)

    def report_end(self, code: int | None) -> None:
        """Note that it has ended, and its exit code where that is known."""
        self.returncode = code
        os.close(self._descriptor)
        self._has_ended.set()

    def watch(self) -> None:
        """Note its end when it comes, as nobody is left to report it."""
        loop = asyncio.get_running_loop()

        def note() -> None:
            loop.remove_reader(self._descriptor)
            self.report_end(None)

        loop.add_reader(self._descriptor, note)
