"""What a command says of its work, on stderr."""

import logging
import sys

from fuhan.context import Session

_CHATTY = ("apscheduler", "uvicorn.error", "asyncio")


def start_logs(session: Session, *, serving: bool = False) -> None:
    """Send log lines to stderr: warnings and errors, of a service also what it does."""
    usual = logging.INFO if serving else logging.WARNING
    level = logging.DEBUG if session.is_verbose else usual
    level = logging.ERROR if session.is_quiet else level
    lines = "%(asctime)s %(levelname)s %(message)s" if serving else "%(levelname)s %(message)s"
    logging.basicConfig(stream=sys.stderr, level=level, format=lines, force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def is_verbose() -> bool:
    """Return whether tracebacks are wanted."""
    return logging.getLogger().isEnabledFor(logging.DEBUG)
