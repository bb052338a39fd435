"""The text of a TXT or CSV file."""

import codecs
import csv
import re

from crawler.attachment.text.limits import Room, UnreadableFileError
from letters.file_text import FilePage
from letters.text import canonical

_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}  # "Unicode" of Notepad
_CHARSETS = ("utf-8-sig", "gb18030", "big5")
# Of the ranges for private use, where bytes of another charset often fall in GB 18030.
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_QUOTED = re.compile(r'(?:[^,"]*|"(?:[^"]|"")*")(?:,(?:[^,"]*|"(?:[^"]|"")*"))+')


def read_plain(body: bytes) -> tuple[tuple[FilePage, ...], str | None]:
    """Return the lines of a text as one page; raise UnreadableFileError where it is none."""
    text = _decoded(body)
    room = Room()
    lines = (canonical(_unquoted(line)) for line in text.splitlines())
    return (FilePage(tuple(room.take(line) for line in lines if line)),), None


def _unquoted(line: str) -> str:
    """Return a row of a CSV file without the quotes around its cells, which say nothing.

    >>> _unquoted('"甲","718.4",""'), _unquoted('他说"好"，走了')
    ('甲,718.4,', '他说"好"，走了')
    """
    if '"' in line and _QUOTED.fullmatch(line):
        return ",".join(next(csv.reader([line])))
    return line


def _decoded(body: bytes) -> str:
    charset = _WIDE.get(body[:2])
    read = [text for each in ([charset] if charset else _CHARSETS) if (text := _read(body, each))]
    credible = (text for text in read if not _PRIVATE.search(text))
    text = next(credible, None) or (read[0] if read else None)
    if text is None:
        raise UnreadableFileError("it is of a kind that is not read")
    return text


def _read(body: bytes, charset: str) -> str | None:
    """Return the text of a file by one charset; None where it is none by it."""
    try:
        text = body.decode(charset)
    except UnicodeDecodeError:
        return None
    return None if _BINARY.search(text) else text
