"""Log lines on stderr, as many as the global options ask for."""

import logging
import sys

from fuhan.global_options import GlobalOptions

_CHATTY = ("alembic", "apscheduler", "uvicorn.error", "asyncio")
_REPORTED = ("procrastinate", "psycopg.pool")  # who calls them reports what goes wrong in them


def start_logs(options: GlobalOptions, *, serving: bool = False) -> None:
    """Send log lines to stderr: warnings and errors, of a service also what it does."""
    usual = logging.INFO if serving else logging.WARNING
    level = logging.DEBUG if options.is_verbose else usual
    level = logging.ERROR if options.is_quiet else level
    lines = "%(asctime)s %(levelname)s %(message)s" if serving else "%(levelname)s %(message)s"
    logging.basicConfig(stream=sys.stderr, level=level, format=lines, force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    for name in _REPORTED:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def is_verbose() -> bool:
    """Return whether tracebacks are wanted."""
    return logging.getLogger().isEnabledFor(logging.DEBUG)


def is_quiet() -> bool:
    """Return whether nothing but errors is wanted."""
    return not logging.getLogger().isEnabledFor(logging.WARNING)
