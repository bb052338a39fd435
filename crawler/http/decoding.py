"""Text of a page from its bytes: by its header, its meta tag, UTF-8, then GB18030."""

import codecs
import re
from collections.abc import Iterator

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page declares its charset
_TAIL = 256  # bytes in which a page ends
_ENDS = (b"</html", b"</body")
# Real Chinese pages hold these; UTF-8 read as GB18030 by mistake hardly ever does.
_COMMON = re.compile("[的是在年]")


class UndecodableError(Exception):
    """Raised when no declared or usual charset fits all bytes of a page."""


class CutOffError(UndecodableError):
    """Raised when a page reads well until it ends within a character."""


def decode(body: bytes, content_type: str) -> str:
    """Return the text of a page; raise UndecodableError rather than replace a character."""
    return decode_with_charset(body, content_type)[0]


def decode_with_charset(body: bytes, content_type: str) -> tuple[str, str]:
    """Return the text of a page and the charset of its bytes; raise as `decode` does."""
    failed = []  # charsets that do not fit
    doubtful = None  # the text by a charset that was declared, though it reads like no Chinese
    for charset in dict.fromkeys(_candidates(body, content_type)):
        try:
            text = _read(body, charset)
        except UnicodeError:
            failed.append(charset)
            continue
        if charset == "utf-8-sig" or _COMMON.search(text):
            return text, charset
        if not failed and doubtful is None:
            doubtful = text, charset
    if doubtful is None:
        raise UndecodableError(f"its bytes are not {', '.join(failed)}")
    return doubtful


def _read(body: bytes, charset: str) -> str:
    decoder = codecs.getincrementaldecoder(charset)()
    text = decoder.decode(body)
    if decoder.getstate()[0] and _COMMON.search(text):
        raise CutOffError("the page ends within a character")
    return text + decoder.decode(b"", final=True)


def _candidates(body: bytes, content_type: str) -> Iterator[str]:
    if body.startswith(codecs.BOM_UTF8):
        yield "utf-8-sig"
    if header := _HEADER.search(content_type):
        yield _usable(header[1])
    if meta := _META.search(body[:_HEAD]):
        yield _usable(meta[1].decode("ascii"))
    yield "utf-8"
    yield "gb18030"


def _usable(charset: str) -> str:
    """Return a charset's superset, or UTF-8 in place of one that is unknown or of no text."""
    # Pages that declare gb2312 hold characters of gbk, and those that declare gbk of GB18030.
    if charset.lower() in {"gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030", "cp936"}:
        return "gb18030"
    try:
        name = codecs.lookup(charset).name
        "".encode(name)  # base64 is a codec too, of no text
    except (LookupError, UnicodeError):
        return "utf-8"
    # Two bytes of any markup make some Chinese character: no proof of what was declared.
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name


def is_cut_off(page: bytes) -> bool:
    """Return whether a page has no end and leaves open what it began.

    HTML lets `</html>` be left out; a fragment closes its lists and divisions all the same.
    """
    markup = page.lower()
    return not has_end(page) and any(
        markup.count(b"<" + tag) > markup.count(b"</" + tag) for tag in (b"ul", b"div", b"table")
    )


def has_end(page: bytes) -> bool:
    """Return whether a page has the end that a template gives it."""
    # It is where it belongs on nearly all pages: few are looked through.
    return any(end in part.lower() for part in (page[-_TAIL:], page) for end in _ENDS)
