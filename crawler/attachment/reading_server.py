"""The process from which one is forked for each file: that can be ended whatever the file does.

It has imported what reads files, which takes longer than reading most of them, and itself parses
nothing. Its input are orders: what is to be read, how many bytes, the bytes. Each is answered by
whether it was read within the limits of time and memory, how many bytes were printed, the bytes.
"""

import json
import os
import signal
import struct
import sys
from collections.abc import Callable, Mapping
from enum import Enum
from importlib import import_module
from typing import BinaryIO

from crawler.attachment.content_digest import content_digest, is_pdf
from crawler.attachment.process_limits import limit_process
from crawler.attachment.text.file_text import read_file_text
from letters.file_text import file_text_to_json

TIMEOUT = 60  # seconds by the clock for one file; of the processor it has fewer
ORDER, ANSWER = struct.Struct("!cQ"), struct.Struct("!?Q")
# Elsewhere what was forked may not use all libraries: there each file has a server of its own.
CAN_FORK = sys.platform == "linux"

_OF_PDF = ("crawler.attachment.pdf_digest", "crawler.attachment.text.pdf_text")


class Wanted(Enum):
    """What is to be read of a file; its value is the word of an order."""

    DIGEST = b"d"
    TEXT = b"t"


def main() -> None:
    """Answer orders until the input ends."""
    orders, answers = sys.stdin.buffer, sys.stdout.buffer
    while order := _next_order(orders):
        printed = _read_apart(*order)
        answers.write(ANSWER.pack(printed is not None, len(printed or b"")) + (printed or b""))
        answers.flush()


def _next_order(orders: BinaryIO) -> tuple[Wanted, bytes] | None:
    """Return what is wanted of which bytes; None where who orders is gone."""
    head = orders.read(ORDER.size)
    if len(head) < ORDER.size:
        return None
    word, size = ORDER.unpack(head)
    body = orders.read(size)
    return (Wanted(word), body) if len(body) == size else None


def _read_apart(wanted: Wanted, body: bytes) -> bytes | None:
    """Return what a process prints that reads the file; None where it could not."""
    if not CAN_FORK:
        limit_process()
        return _READERS[wanted](body)
    if is_pdf(body):
        for name in _OF_PDF:
            import_module(name)
    reading, writing = os.pipe()
    process_id = os.fork()
    if process_id == 0:
        _read_and_exit(wanted, body, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        printed = pipe.read()
    _, status = os.waitpid(process_id, 0)
    return printed if status == 0 else None


def _read_and_exit(wanted: Wanted, body: bytes, pipe: int) -> None:
    """Read the file, print it into the pipe and end this process, in bounded time and space."""
    code = 1
    try:
        signal.alarm(TIMEOUT)
        limit_process()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1):  # a library that prints would print amid the answers
            os.dup2(nowhere, stream)
        with os.fdopen(pipe, "wb") as printed:
            printed.write(_READERS[wanted](body))
        code = 0
    finally:
        os._exit(code)


def _digest(body: bytes) -> bytes:
    return (content_digest(body) or "").encode()


def _text(body: bytes) -> bytes:
    return json.dumps(file_text_to_json(read_file_text(body))).encode()


_READERS: Mapping[Wanted, Callable[[bytes], bytes]] = {
    Wanted.DIGEST: _digest,
    Wanted.TEXT: _text,
}

if __name__ == "__main__":
    main()
