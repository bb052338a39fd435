"""The limits of a process that reads one file: a hostile one may want all time and memory."""

import resource
from contextlib import suppress

SECONDS = 20  # of the processor
MEMORY = 2 * 1024**3  # bytes of address space


def limit_process() -> None:
    """Bound the time and the memory of this process."""
    for limit, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY)):
        with suppress(ValueError, OSError):  # a lower limit is in force, or none can be set
            resource.setrlimit(limit, (most, most))
