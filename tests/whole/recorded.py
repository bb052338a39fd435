"""The crawl's own process, which notes each name that it looks up and each address it connects to.

Its first argument is the file to which it appends them. Nothing outside of loopback is let
through, so that whoever tries is told at once.
"""

import errno
import sys
from pathlib import Path
from typing import Any

from fuhan.crawl_process import main

_LOOKS_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_SENDS = {"socket.connect", "socket.sendto", "socket.sendmsg"}


def watch(notes: Path) -> None:
    """Note what this process asks of the network from now on."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _LOOKS_UP:
            host = arguments[0]
        elif event in _SENDS and isinstance(arguments[1], tuple):
            host = arguments[1][0]
        else:
            return
        host = host.decode() if isinstance(host, bytes) else str(host)
        with notes.open("a", encoding="utf-8") as file:
            file.write(f"{host}\n")
        if host not in {"127.0.0.1", "::1", "localhost"}:
            raise OSError(errno.ENETUNREACH, "only loopback can be reached")

    sys.addaudithook(hook)


if __name__ == "__main__":
    watch(Path(sys.argv.pop(1)))
    sys.exit(main())
