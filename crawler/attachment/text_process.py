"""A process of its own for each file whose text is read, ended whatever the file does."""

import json
import subprocess
import sys

from crawler.attachment.text.file_text import READER
from letters.file_text import FileText, TextState, file_text_from_json

TIMEOUT = 60.0  # seconds by the clock; the process itself has less of the processor

_READER = (sys.executable, "-P", "-m", "crawler.attachment.text.file_text")


def read_apart(body: bytes) -> FileText:
    """Return the text of a file, read in another process; it takes a minute at the most."""
    try:
        process = subprocess.run(  # noqa: S603 - our own program
            _READER, input=body, capture_output=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        return _unreadable("it takes too long to read")
    if process.returncode != 0:
        return _unreadable("it can't be read within the limits of time and memory")
    return file_text_from_json(json.loads(process.stdout))


def _unreadable(reason: str) -> FileText:
    return FileText(TextState.UNREADABLE, READER, reason=reason)
