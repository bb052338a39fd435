"""The errors that end a command, each with its exit code.

FuhanError                    1  an unexpected failure that has a name
├── UsageError                2  an argument that makes no sense
│   ├── ConfigError           2  the configuration, by file, line and key
│   └── UnknownError          2  a source, letter or change that is not there
├── PortUnavailableError            1  the service could not take its port
├── ServiceRunningError             1  another service watches the archive
└── SignalError          128 + n  a crawl was ended by signal n
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """The exit codes of every command."""

    DONE = 0
    FAILURE = 1  # unexpected; of `status`: a source is overdue or an alarm stands
    USAGE = 2  # usage or configuration; a source, letter or change that is not known
    PARTIAL = 3  # a crawl ended partial or failed; a listing that can't be watched
    DAMAGE = 4  # `verify` found damage
    INTERRUPTED = 130  # by SIGINT, as in shells


class FuhanError(Exception):
    """The root of the errors that a command reports in one line."""

    code: int = ExitCode.FAILURE


class UsageError(FuhanError):
    """Raised for an argument that makes no sense: a time that is none, a format unheard of."""

    code = ExitCode.USAGE


class ConfigError(UsageError):
    """Raised when the configuration can't be used; each mistake names file, line and key."""

    def __init__(self, *mistakes: str) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes  # a line each

    def in_short(self) -> str:
        """Return in one sentence what is wrong, however much it is."""
        first, *others = self.mistakes
        return f"{first}, and {len(others)} more (fuhan check names all)" if others else first


class UnknownError(UsageError):
    """Raised for a source, letter or change that does not exist."""


class PortUnavailableError(FuhanError):
    """Raised when the service can't listen on its port."""


class ServiceRunningError(FuhanError):
    """Raised when another service watches the sources of the archive."""


class SignalError(FuhanError):
    """Raised when a signal ends the command; its exit code says which, as in shells."""

    def __init__(self, number: int) -> None:
        super().__init__("interrupted; what was committed is kept")
        self.code = 128 + number


@contextmanager
def naming(written: Path) -> Iterator[None]:
    """Let an error of the system name what was written, which a full disk does not by itself."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(written)
        raise
