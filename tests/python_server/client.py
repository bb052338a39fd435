"""Has the server run a program with this process's streams, and ends as the program ends."""

import json
import os
import signal
import socket
import sys

FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(address: str, words: list[str]) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(address)
        request = {"words": words, "environment": dict(os.environ)}
        message = json.dumps(request).encode("ascii") + b"\n"
        sent = socket.send_fds(server, [message], [0, 1, 2, os.open(".", os.O_RDONLY)])
        server.sendall(message[sent:])
        for number in FORWARDED:
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, lambda number, _: server.send(bytes([number])))
        _end(int(server.recv(64)))


def _end(status: int) -> None:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number != signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
