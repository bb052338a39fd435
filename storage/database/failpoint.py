"""Where a test lets the process die: at a commit, as a power cut or kill -9 would.

The variable FUHAN_FAILPOINT names the place and at which of its commits, counted from 1:
`before-commit:7` or `after-commit:7`. Without it nothing happens here.
"""

import os
import re
import signal
from itertools import count

VARIABLE = "FUHAN_FAILPOINT"

_FORM = re.compile(r"(before-commit|after-commit):([1-9]\d*)")
_reached = {"before-commit": count(1), "after-commit": count(1)}


class FailpointError(Exception):
    """Raised for a value of FUHAN_FAILPOINT that names no place."""


def reach(place: str) -> None:
    """Kill this process where the environment asks for it."""
    told = os.environ.get(VARIABLE)
    if told is None:
        return
    asked = _FORM.fullmatch(told)
    if asked is None:
        raise FailpointError(
            f"{VARIABLE}: expected before-commit:N or after-commit:N, found {told!r}"
        )
    if asked[1] == place and next(_reached[place]) == int(asked[2]):
        os.kill(os.getpid(), signal.SIGKILL)
