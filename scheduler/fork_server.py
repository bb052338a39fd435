"""The process from which crawls are forked: it has imported what they need, and runs nothing.

Its input is a socket of packets. An order is a number and a socket, which becomes the input and
the output of a new process. It is answered by `{"forked": number}` with a descriptor of that
process, and when that ends by `{"ended": number, "code": …}`; or by `{"refused": number}` with a
`reason`. When that is OUTDATED later orders are refused too: the code on disk has changed since it
was imported, and the server ends when the last of its processes has.
"""

import json
import os
import selectors
import signal
import socket
from collections.abc import Callable
from contextlib import suppress

OUTDATED = "fuhan was changed on disk"


class ForkServer:
    """Forks a process for each order, and kills them all when who orders is gone.

    It has no thread and handles no signal: what is forked from it is as if started anew.
    """

    def __init__(self, is_outdated: Callable[[], bool], run: Callable[[], int]) -> None:
        self._is_outdated = is_outdated
        self._run = run
        self._orders = socket.socket(fileno=0)
        self._running: dict[int, tuple[int, int]] = {}  # order and process id, by descriptor
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._orders, selectors.EVENT_READ)
        self._is_retired = False

    def serve(self) -> int:
        """Return the exit code: that of `run` in a process that was forked, else the server's."""
        while self._running or not self._is_retired:
            key, _ = self._selector.select()[0]
            if key.fileobj is not self._orders:
                self._report_end(key.fd)
                continue
            order, files = self._next_order()
            if not order:
                return self._kill_all()
            if self._take(int(order), files):
                return self._run()
        return 0

    def _next_order(self) -> tuple[bytes, list[int]]:
        """Return the next order and its files; an empty one where who ordered is gone."""
        try:
            order, files, _, _ = socket.recv_fds(self._orders, 64, 1)
        except ConnectionResetError:  # it left answers unread
            return b"", []
        return order, files

    def _take(self, order: int, files: list[int]) -> bool:
        """Return whether this is the process that was forked for the order."""
        try:
            self._is_retired = self._is_retired or self._is_outdated()
            if self._is_retired:
                self._answer(refused=order, reason=OUTDATED)
            elif (process_id := os.fork()) == 0:
                self._become_child(files)
                return True
            else:
                self._watch(order, process_id)
        except OSError as error:  # there are too many processes, or too little memory
            self._answer(refused=order, reason=str(error))
        finally:
            for file in files:
                os.close(file)
        return False

    def _become_child(self, files: list[int]) -> None:
        """Keep nothing of the server but what it imported, and its stderr."""
        os.setpgid(0, 0)  # the keyboard's interrupt is for who ordered
        self._selector.close()
        for descriptor in self._running:
            os.close(descriptor)
        self._orders.detach()
        for stream in (0, 1):
            os.dup2(files[0], stream)  # it takes the place of the socket of orders

    def _watch(self, order: int, process_id: int) -> None:
        """Answer with the new process, and report its end later."""
        descriptor = os.pidfd_open(process_id)
        self._running[descriptor] = (order, process_id)
        self._selector.register(descriptor, selectors.EVENT_READ)
        self._answer(descriptor, forked=order)

    def _report_end(self, descriptor: int) -> None:
        order, process_id = self._running.pop(descriptor)
        _, status = os.waitpid(process_id, 0)
        self._selector.unregister(descriptor)
        os.close(descriptor)
        self._answer(ended=order, code=os.waitstatus_to_exitcode(status))

    def _kill_all(self) -> int:
        """End what would end by itself, its input being closed, but for a library that hangs."""
        for descriptor in self._running:
            signal.pidfd_send_signal(descriptor, signal.SIGKILL)
        return 0

    def _answer(self, *files: int, **answer: object) -> None:
        with suppress(ConnectionError):  # who ordered is gone, which the next packet says
            socket.send_fds(self._orders, [json.dumps(answer).encode()], files)


def can_fork() -> bool:
    """Return whether crawls may be forked here: on Linux, whose libraries allow it.

    On macOS a process that was forked may not use what Apple's libraries began before it, and
    they begin more than one asks for: what looks up proxies crashes there (bpo-33725).
    """
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):  # not Linux, or one older than 5.3
        return False
    return True
