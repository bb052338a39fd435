"""How a log line is written: as text, or as one JSON object, with the same moments and fields."""

import json
import logging
import sys
from datetime import datetime
from enum import StrEnum
from types import TracebackType

JSON_FLAG = "--log-format=json"  # of processes of ours


class LogFormat(StrEnum):
    """How log lines are written."""

    TEXT = "text"
    JSON = "json"


class TextFormatter(logging.Formatter):
    """Time, where it is wanted, level, logger, where it is wanted, and message."""

    def __init__(self, line: str) -> None:
        super().__init__(line)

    def formatTime(  # noqa: N802 - logging's own name
        self,
        record: logging.LogRecord,
        datefmt: str | None = None,  # noqa: ARG002 - there is one form
    ) -> str:
        """Return when it was logged, in the machine's time zone, with its offset."""
        return moment(record)


class JsonFormatter(logging.Formatter):
    """One object a line: time, level, message, the fields that were logged, a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "time": moment(record),
            "level": record.levelname,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def moment(record: logging.LogRecord) -> str:
    """Return when a line was logged, in the machine's time zone (TZ), ISO 8601 with offset."""
    at = datetime.fromtimestamp(record.created).astimezone()
    return at.isoformat(timespec="milliseconds")


def formatter(form: LogFormat, line: str) -> logging.Formatter:
    """Return what writes lines in `form`; as text they look like `line`."""
    return JsonFormatter() if form is LogFormat.JSON else TextFormatter(line)


def log_bugs() -> None:
    """Log an error that nobody foresaw as a line like all others, instead of its traceback."""

    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        name = kind.__name__
        logging.getLogger("fuhan").critical("%s", name, exc_info=(kind, error, trace))

    sys.excepthook = report
    logging.captureWarnings(capture=True)
