"""Forks a process for each program that a client asks for; before it, libraries were imported only.

Its arguments are the address to listen at and the path of the command that asks it, which is the
programs' `sys.executable`. The server ends when its own input ends.
"""

import atexit
import gc
import importlib
import os
import pkgutil
import runpy
import selectors
import signal
import socket
import sys
import threading
from contextlib import suppress
from typing import Any

from fuhan.crawl_imports import import_late

PACKAGES = ("crawler", "fuhan", "storage", "scheduler", "review", "replica")
PROGRAMS = ("fuhan.crawl_process", "storage.migrations", "__main__")  # run from their first line
Request = dict[str, Any]


class Server:
    """Which client waits for which process."""

    def __init__(self, address: str) -> None:
        self._clients: dict[int, socket.socket] = {}
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(address)
        self._listening.listen(64)
        self._woken, self._wakes = socket.socketpair()
        for each in (self._woken, self._wakes):
            each.setblocking(False)
        self._selector = selectors.DefaultSelector()
        for readable in (0, self._listening, self._woken):
            self._selector.register(readable, selectors.EVENT_READ)

    def serve(self) -> Request | None:
        """Return what to run, in each process that was forked for it; None where the input ended."""
        signal.set_wakeup_fd(self._wakes.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        while True:
            for key, _ in self._selector.select():
                if key.fileobj == 0:
                    return None
                if key.fileobj is self._woken:
                    self._woken.recv(4096)
                    self._report_ended()
                elif key.fileobj is not self._listening:
                    self._signal(key.data)
                elif request := self._accept():
                    return request

    def _accept(self) -> Request | None:
        """Fork for one client; return its request in the process that was forked."""
        client, _ = self._listening.accept()
        request, files = _receive(client)
        if request is None:
            client.close()
            return None
        process_id = os.fork()
        self._clients[process_id] = client
        if process_id == 0:
            self._leave(files)
            return request
        for each in files:
            os.close(each)
        self._selector.register(client, selectors.EVENT_READ, process_id)
        return None

    def _leave(self, files: list[int]) -> None:
        """Keep nothing of the server in a process that was forked from it."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        # The server may have begun where SIGINT is ignored; a client that ignores it sends none on.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._selector.close()
        for each in (self._listening, self._woken, self._wakes, *self._clients.values()):
            each.close()
        *streams, folder = files
        os.fchdir(folder)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        for file in files:
            os.close(file)
        sys.stdin, sys.stdout = open(0), open(1, "w")  # noqa: SIM115 - open as long as the process
        sys.stderr = open(2, "w", errors="backslashreplace")  # noqa: SIM115

    def _signal(self, process_id: int) -> None:
        """Pass the client's signals on; a client that is gone was killed."""
        if process_id not in self._clients:  # it ended in the same moment
            return
        numbers = self._clients[process_id].recv(64)
        for number in numbers or (signal.SIGKILL,):
            os.kill(process_id, number)
        if not numbers:
            self._selector.unregister(self._clients[process_id])

    def _report_ended(self) -> None:
        """Send each client the status of its process as `wait` returned it."""
        for process_id in [*self._clients]:
            ended, status = os.waitpid(process_id, os.WNOHANG)
            if ended:
                with suppress(OSError):  # the client was killed just now
                    self._clients[process_id].send(str(status).encode("ascii"))
                self._forget(process_id)

    def _forget(self, process_id: int) -> None:
        client = self._clients.pop(process_id)
        with suppress(KeyError):  # it was killed, and is not heard any more
            self._selector.unregister(client)
        client.close()


def _receive(client: socket.socket) -> tuple[Request | None, list[int]]:
    """Return a client's request, its three streams and its working folder.

    The request is None where the client was killed before it had sent it.
    """
    try:
        head, files, _, _ = socket.recv_fds(client, 4, 4)
        length = int.from_bytes(head, sys.byteorder)
        message = client.recv(length, socket.MSG_WAITALL)
    except ConnectionError:
        return None, []
    if not head or len(message) < length:
        for each in files:
            os.close(each)
        return None, []
    many, *parts = os.fsdecode(message).split("\0")
    words, variables = parts[: int(many)], parts[int(many) :]
    environment = dict(each.split("=", 1) for each in variables)
    return {"words": words, "environment": environment}, files


def run(request: Request) -> None:
    """Run the program of a request in this process, as `python -P` would."""
    os.environ.clear()
    os.environ.update(request["environment"])
    words = request["words"]
    first, *rest = words[1:] if words[0] == "-P" else words
    if first == "-m":
        sys.argv[:] = rest
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv[:] = [first, *rest]
        runpy.run_path(first, run_name="__main__")


def end(code: int) -> None:
    """End this process as the interpreter does, but leave its memory to the system.

    Freeing every object would first copy the memory that is shared with the server.
    """
    threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001 - as multiprocessing does
    atexit._run_exitfuncs()  # noqa: SLF001
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def import_libraries() -> None:
    """Import what programs import at any time, but not the programs."""
    import_late()
    for package in PACKAGES:
        path = importlib.import_module(package).__path__
        for module in pkgutil.walk_packages(path, f"{package}."):
            if not any(program in module.name for program in PROGRAMS):
                importlib.import_module(module.name)


def main() -> None:
    address, sys.executable = sys.argv[1:]  # before settings and commands are made of it
    import_libraries()
    server = Server(address)
    gc.freeze()  # so that no process copies what it only reads
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    if request := server.serve():
        del server
        code: int | str | None = None
        try:
            run(request)
        except SystemExit as asked:
            if isinstance(asked.code, str):
                raise
            code = asked.code
        end(code or 0)


if __name__ == "__main__":
    main()
