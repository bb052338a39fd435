"""How a process of ours dies with its parent, kill -9 included: once its stdin closes."""

import os
import sys
import threading
from contextlib import suppress


def die_with_parent() -> None:
    """End this process, from a thread, as soon as stdin closes, of which the job was read."""
    threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    # Not through sys.stdin, whose lock a thread that waits would hold while the process ends.
    with suppress(ConnectionResetError):  # the parent left something unread
        while os.read(sys.stdin.fileno(), 4096):
            pass
    os._exit(1)
