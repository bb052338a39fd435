"""Log lines on stderr, as many as the global options ask for."""

import logging
import sys

from fuhan.global_options import GlobalOptions
from fuhan.terminal.log_format import JsonFormatter, LogFormat, formatter

_CHATTY = ("alembic", "apscheduler", "uvicorn.error", "asyncio")
_REPORTED = (
    "procrastinate",
    "psycopg",
    "sqlalchemy.pool",
)  # who calls them reports what goes wrong in them


def start_logs(options: GlobalOptions, *, serving: bool = False) -> None:
    """Send log lines to stderr: warnings and errors, of a service also what it does.

    So do those of a command that are read by a program. A service's lines say when, in the
    machine's time zone.
    """
    speaks = serving or options.log_format is LogFormat.JSON
    usual = logging.INFO if speaks else logging.WARNING
    level = logging.DEBUG if options.is_verbose else usual
    level = logging.ERROR if options.is_quiet else level
    lines = "%(asctime)s %(levelname)s %(message)s" if serving else "%(levelname)s %(message)s"
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(options.log_format or LogFormat.TEXT, lines))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.captureWarnings(capture=is_json())
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    for name in _REPORTED:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def is_verbose() -> bool:
    """Return whether tracebacks are wanted."""
    return logging.getLogger().isEnabledFor(logging.DEBUG)


def is_json() -> bool:
    """Return whether log lines are JSON, and so what else is said on stderr."""
    return any(isinstance(each.formatter, JsonFormatter) for each in logging.getLogger().handlers)


def is_quiet() -> bool:
    """Return whether nothing but errors is wanted."""
    return not logging.getLogger().isEnabledFor(logging.WARNING)
