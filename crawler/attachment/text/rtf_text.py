"""The text of an RTF, read by striprtf."""

from striprtf.striprtf import rtf_to_text

from crawler.attachment.text.limits import Room, UnreadableFileError
from letters.file_text import FilePage
from letters.text import canonical

_CELL = "|"  # which striprtf writes behind each cell of a row
_ENDS = b"}\0 \t\r\n"


def read_rtf(body: bytes) -> tuple[tuple[FilePage, ...], str | None]:
    """Return the text of a document as one page.

    Raises UnreadableFileError for one that is cut off, and TooLargeFileError.
    """
    if body.rstrip(_ENDS[1:])[-1:] != _ENDS[:1]:
        raise UnreadableFileError("it is broken: it has no end")
    # What is not ASCII is escaped, in the code page that the document names.
    text = str(rtf_to_text(body.decode("latin-1"), encoding="gb18030", errors="replace"))  # type: ignore[no-untyped-call]
    room = Room()
    lines = (room.take(_line(line)) for line in text.splitlines())
    return (FilePage(tuple(line for line in lines if line)),), None


def _line(line: str) -> str:
    """Return a paragraph, or a row of a table with its cells parted by tabs."""
    if not line.endswith(_CELL):
        return canonical(line)
    return "\t".join(canonical(cell) for cell in line[:-1].split(_CELL)).rstrip("\t")
