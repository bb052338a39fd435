"""Kill the process at a commit, where a test asks for it, as a power cut or kill -9 would.

The variable FUHAN_FAILPOINT names the place and at which of its commits, counted from 1:
`before-commit:7` or `after-commit:7`. Without it nothing happens.
"""

import os
import re
import signal
from itertools import count

VARIABLE = "FUHAN_FAILPOINT"

_FORM = re.compile(r"(before-commit|after-commit):([1-9]\d*)")
_commits = {"before-commit": count(1), "after-commit": count(1)}


class FailpointError(Exception):
    """Raised for a value of FUHAN_FAILPOINT that names no place."""


def trigger(place: str) -> None:
    """Kill this process if the environment names this commit at `place`."""
    value = os.environ.get(VARIABLE)
    if value is None:
        return
    failpoint = _FORM.fullmatch(value)
    if failpoint is None:
        raise FailpointError(
            f"{VARIABLE}: expected before-commit:N or after-commit:N, found {value!r}"
        )
    if failpoint[1] == place and next(_commits[place]) == int(failpoint[2]):
        os.kill(os.getpid(), signal.SIGKILL)
