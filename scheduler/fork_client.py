"""Order processes from a fork server, and hear how they end."""

import asyncio
import json
import logging
import socket
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from typing import Any, NamedTuple, Self

from scheduler.crawl_starter import LONGEST_LINE
from scheduler.fork_server import OUTDATED
from scheduler.forked_child import ForkedChild

log = logging.getLogger(__name__)


class NotForkedError(Exception):
    """Raised when a fork server ends or hangs before it forks: another one may be started."""


class _Order(NamedTuple):
    """A process that was ordered and is not there yet."""

    stdin: asyncio.StreamWriter
    stdout: asyncio.StreamReader
    answer: asyncio.Future[ForkedChild]


class ForkClient:
    """One fork server that runs, and the processes that were ordered from it."""

    def __init__(self, server: Process, orders: socket.socket) -> None:
        self.is_usable = True
        self._server = server
        self._orders = orders
        self._numbers = count()
        self._ordered: dict[int, _Order] = {}
        self._children: dict[int, ForkedChild] = {}
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(orders, self._receive)
        self._reporting: asyncio.Task[None] | None = None

    @classmethod
    async def start(cls, command: Sequence[str]) -> Self:
        """Start a server by its command; it may still be importing when this returns."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        with theirs:
            server = await asyncio.create_subprocess_exec(
                *command, stdin=theirs.fileno(), stdout=DEVNULL, process_group=0
            )
        return cls(server, ours)

    async def fork(self, patience: float) -> ForkedChild:
        """Return a new process; raise OSError where the system allows no more of them.

        Raises NotForkedError where this server forks none, or hangs for so many seconds.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            stdout, stdin = await asyncio.open_connection(sock=ours, limit=LONGEST_LINE)
            if not self.is_usable:  # any more
                stdin.close()
                raise NotForkedError
            order = _Order(stdin, stdout, self._loop.create_future())
            number = next(self._numbers)
            self._ordered[number] = order
            with suppress(OSError):  # the server has just ended, and is about to be lost
                socket.send_fds(self._orders, [b"%d" % number], [theirs.fileno()])
            try:
                async with asyncio.timeout(patience):
                    return await order.answer
            except TimeoutError:
                log.warning("the process that crawls are forked from hangs, and is ended")
                self._kill()
                raise NotForkedError from None

    async def close(self) -> None:
        """End the server; a process that was forked ends when its input is closed."""
        self._kill()
        await self._server.wait()

    def _kill(self) -> None:
        self.is_usable = False
        with suppress(ProcessLookupError):
            self._server.kill()

    def _receive(self) -> None:
        """Take one answer of the server, or note that there will be none any more."""
        try:
            packet, files, _, _ = socket.recv_fds(self._orders, 4096, 1)
        except ConnectionError:
            packet, files = b"", []
        if not packet:
            self._lose()
            return
        answer: dict[str, Any] = json.loads(packet)
        if "ended" in answer:
            self._children.pop(answer["ended"]).report_end(answer["code"])
        elif "forked" in answer:
            self._take_child(answer["forked"], files[0])
        else:
            self._take_refusal(answer["refused"], answer["reason"])

    def _take_child(self, number: int, descriptor: int) -> None:
        order = self._ordered.pop(number)
        child = self._children[number] = ForkedChild(order.stdin, order.stdout, descriptor)
        if order.answer.done():  # nobody waits any more: it ends as it gets no job
            order.stdin.close()
        else:
            order.answer.set_result(child)

    def _take_refusal(self, number: int, reason: str) -> None:
        if reason == OUTDATED and self.is_usable:
            self.is_usable = False
            log.info("%s: crawls are forked from what is there now", reason)
        self._refuse(number, NotForkedError() if reason == OUTDATED else OSError(reason))

    def _refuse(self, number: int, error: Exception) -> None:
        order = self._ordered.pop(number)
        order.stdin.close()
        if not order.answer.done():
            order.answer.set_exception(error)

    def _lose(self) -> None:
        """Let the processes of a server that has ended go on, and have others forked elsewhere."""
        self._loop.remove_reader(self._orders)
        self._orders.close()
        for child in self._children.values():
            child.watch()
        for number in [*self._ordered]:
            self._refuse(number, NotForkedError())
        if self.is_usable:
            self.is_usable = False
            self._reporting = asyncio.create_task(self._report_loss())

    async def _report_loss(self) -> None:
        code = await self._server.wait()
        log.warning("the process that crawls are forked from ended with exit code %d", code)
