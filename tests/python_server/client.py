"""Has the server run a program with this process's streams, and ends as the program ends.

It imports what the interpreter has built in: a test starts many clients, and `socket`, `signal` and
`json` would take longer than all else that a client does.
"""

import _signal
import _socket
import os
import sys

FORWARDED = (_signal.SIGINT, _signal.SIGTERM, _signal.SIGHUP)


def main(address: str, words: list[str]) -> None:
    server = _socket.socket(_socket.AF_UNIX)
    server.connect(address)
    environment = (f"{name}={value}" for name, value in os.environ.items())
    message = os.fsencode("\0".join((str(len(words)), *words, *environment)))
    files = (0, 1, 2, os.open(".", os.O_RDONLY))
    rights = b"".join(file.to_bytes(4, sys.byteorder) for file in files)
    head = len(message).to_bytes(4, sys.byteorder)
    _signal.pthread_sigmask(_signal.SIG_BLOCK, FORWARDED)  # until they can be sent on
    server.sendmsg([head], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, rights)])
    server.sendall(message)
    for number in FORWARDED:
        if _signal.getsignal(number) != _signal.SIG_IGN:
            _signal.signal(number, lambda number, _: server.send(bytes([number])))
    _signal.pthread_sigmask(_signal.SIG_UNBLOCK, FORWARDED)
    _end(int(server.recv(64)))


def _end(status: int) -> None:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number != _signal.SIGKILL:
            _signal.signal(number, _signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
