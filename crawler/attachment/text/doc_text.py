"""The text of the older Word and of WPS, by the table of its pieces ([MS-DOC] 2.4.1)."""

import io
import re
import struct
from collections.abc import Iterator

import olefile

from crawler.attachment.text.limits import Room, UnreadableFileError
from letters.file_text import FilePage
from letters.text import canonical

_FIB = 0x200  # bytes at least of the block that says where all is
_MAGIC, _FLAGS, _CHARACTERS, _PIECES = 0x00, 0x0A, 0x4C, 0x1A2  # offsets in that block
_WORD_97 = 0xA5EC
_ENCRYPTED, _TABLE_ONE = 0x0100, 0x0200
_SETTINGS, _TABLE = 1, 2  # kinds of what stands before the pieces
_NARROW = 0x40000000  # of a piece whose characters are a byte each
_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14?|\x15")  # what computes a value; the value stays
_CELL, _PARAGRAPH = "\x07", re.compile("[\r\x0b\x0c]")
_DRAWN = re.compile("[\x01\x08]")  # a picture


def read_doc(body: bytes) -> tuple[tuple[FilePage, ...], str | None]:
    """Return the text of a document as one page.

    Raises UnreadableFileError or TooLargeFileError.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(body)) as file:
            text = _text(file)
    except (OSError, ValueError, struct.error, IndexError) as error:
        raise UnreadableFileError(f"it is broken: {error}") from error
    room = Room()
    return (FilePage(tuple(room.take(line) for line in _lines(text))),), None


def _text(file: olefile.OleFileIO) -> str:
    if file.exists("EncryptedPackage"):
        raise UnreadableFileError("it is encrypted")
    if not file.exists("WordDocument"):
        raise UnreadableFileError("it is of a kind that is not read")
    main = file.openstream("WordDocument").read()
    magic, flags = (struct.unpack_from("<H", main, at)[0] for at in (_MAGIC, _FLAGS))
    if flags & _ENCRYPTED:
        raise UnreadableFileError("it is encrypted")
    if magic != _WORD_97 or len(main) < _FIB:
        raise UnreadableFileError("it is of a kind that is not read")
    table = file.openstream("1Table" if flags & _TABLE_ONE else "0Table").read()
    start, size = struct.unpack_from("<II", main, _PIECES)
    (length,) = struct.unpack_from("<I", main, _CHARACTERS)  # what is beyond is headers, notes
    return "".join(_pieces(main, table[start : start + size]))[:length]


def _pieces(main: bytes, said: bytes) -> Iterator[str]:
    """Yield the pieces of the text in their order."""
    at = 0
    while said[at] == _SETTINGS:
        at += 3 + struct.unpack_from("<H", said, at + 1)[0]
    if said[at] != _TABLE:
        raise UnreadableFileError("it is broken: its pieces are not there")
    (size,) = struct.unpack_from("<I", said, at + 1)
    count = (size - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", said, at + 5)
    for number in range(count):
        place = at + 5 + 4 * (count + 1) + 8 * number + 2
        (offset,) = struct.unpack_from("<I", said, place)
        length = bounds[number + 1] - bounds[number]
        if offset & _NARROW:
            begin = (offset & ~_NARROW) // 2
            yield main[begin : begin + length].decode("cp1252", "replace")
        else:
            yield main[offset : offset + 2 * length].decode("utf-16-le", "replace")


def _lines(text: str) -> Iterator[str]:
    """Yield the lines; a row of a table ends with the mark of a cell behind that of its last."""
    plain = _DRAWN.sub("", text)
    while _FIELD.search(plain):
        plain = _FIELD.sub("", plain)
    for line in _PARAGRAPH.split(plain):
        rows = line.split(_CELL * 2)
        for row in rows:
            cells = [canonical(cell) for cell in row.strip(_CELL).split(_CELL)]
            if any(cells):
                yield "\t".join(cells)
