"""How far an archive of an earlier release is brought forward, on one line of a terminal."""

import sys
from collections.abc import Iterable

from fuhan.terminal.language import said
from fuhan.terminal.logs import is_quiet

_STEP = 100  # letters between two updates of the line


def show_upgrade(steps: Iterable[int], total: int) -> None:
    """Go through `steps`, the numbers of letters that are done; say so where stderr is a terminal.

    With --quiet nothing is said. The line is written without rich, which takes longer to load than
    most archives to open.
    """
    is_shown = sys.stderr.isatty() and not is_quiet()
    for done in steps:
        if is_shown and (done % _STEP == 0 or done == total):
            end = "\n" if done == total else ""
            line = said(f"preparing the archive for searches: {done} of {total}")
            sys.stderr.write(f"\r{line}{end}")
            sys.stderr.flush()
