"""The text of a TXT or CSV file."""

import re

from crawler.attachment.text.limits import Room, UnreadableFileError
from letters.file_text import FilePage
from letters.text import canonical

# RTF, and documents that Office saves as HTML, XML or MHTML: what they say is not what they hold.
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<[a-z!?]|\{\\rtf|MIME-Version:)", re.IGNORECASE)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_CHARSETS = ("utf-8-sig", "gb18030")


def read_plain(body: bytes) -> tuple[tuple[FilePage, ...], str | None]:
    """Return the lines of a text as one page; raise UnreadableFileError where it is none."""
    text = _decoded(body)
    room = Room()
    lines = (canonical(line) for line in text.splitlines())
    return (FilePage(tuple(room.take(line) for line in lines if line)),), None


def _decoded(body: bytes) -> str:
    if not (_MARKUP.match(body) or _BINARY.search(body)):
        for charset in _CHARSETS:
            try:
                return body.decode(charset)
            except UnicodeDecodeError:
                continue
    raise UnreadableFileError("it is of a kind that is not read")
