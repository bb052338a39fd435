"""Restores a backup, and is killed at a step: python killed_restore.py TARGET FILE STEP.

Steps are the calls that change names or bring them to the disk.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from storage.audit import verify
from storage.housekeeping.restore import restore

_STEPS = ("link", "replace", "fsync")


def main(target: str, file: str, step: str) -> None:
    steps = count()

    def dying(call: Callable[..., Any]) -> Callable[..., Any]:
        def at_step(*arguments: Any, **named: Any) -> Any:
            if next(steps) == int(step):
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)

        return at_step

    for name in _STEPS:
        setattr(os, name, dying(getattr(os, name)))
    restore(
        Path(target),
        Path(file),
        lambda archive: verify(archive, lambda *_: None),
        datetime(2026, 11, 28, tzinfo=UTC),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
