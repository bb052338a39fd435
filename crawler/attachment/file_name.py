"""The name of a file where its link says none: what the server calls it (Content-Disposition)."""

import re
from dataclasses import replace
from email.errors import HeaderParseError
from email.header import decode_header
from urllib.parse import unquote_to_bytes

from crawler.http.snapshot import Snapshot
from letters.file_names import is_button, says_no_name
from letters.letter import Attachment
from letters.text import canonical

_LONGEST = 200  # code points of a name
_EXTENDED = re.compile(
    r"filename\*\s*=\s*\"?([\w-]*)'[^']*'([^;\"\s]+)", re.IGNORECASE
)  # RFC 5987
_PLAIN = re.compile(r"filename\s*=\s*(?:\"([^\"]*)\"|([^;]+))", re.IGNORECASE)
_ESCAPE = re.compile(r"%[\da-f]{2}", re.IGNORECASE)
_CHARSETS = ("utf-8", "gb18030")  # in which servers write names, whether they say so or not


def with_served_name(file: Attachment, answer: Snapshot) -> Attachment:
    """Return a file by the name under which it was served, where its page says none."""
    name = served_name(answer.headers.get("content-disposition", ""))
    return replace(file, name=name) if name and says_no_name(file) else file


def with_known_name(file: Attachment, known: Attachment) -> Attachment:
    """Return a file by the name that it is known by, where its page says none.

    What a server calls a file may differ from visit to visit: that is no edit.
    """
    return replace(file, name=known.name) if says_no_name(file) else file


def served_name(disposition: str) -> str | None:
    """Return the name of a file in a Content-Disposition header, its bytes read as Latin-1.

    None where it has none that says anything. What RFC 5987 encodes is preferred (RFC 6266);
    others are read as percent escapes, as RFC 2047 has it, or as bare UTF-8 or GB18030.

    >>> served_name("attachment; filename=x.pdf; filename*=UTF-8''%E9%99%84%E8%A1%A8.pdf")
    '附表.pdf'
    """
    extended, plain = _EXTENDED.search(disposition), _PLAIN.search(disposition)
    name = _decoded(unquote_to_bytes(extended[2]), extended[1]) if extended else None
    if name is None and plain:
        name = _plain_name(plain[2] if plain[1] is None else plain[1])
    name = canonical(re.split(r"[/\\]", name or "")[-1])[:_LONGEST]
    says_nothing = not name or is_button(re.sub(r"\.\w{1,5}$", "", name))
    return None if says_nothing else name


def _plain_name(value: str) -> str | None:
    try:
        content = value.strip().encode("latin-1")
        if "=?" in value:
            return "".join(_word(*each) for each in decode_header(value))
    except (UnicodeEncodeError, HeaderParseError):
        return None
    return _decoded(unquote_to_bytes(content) if _ESCAPE.search(value) else content)


def _word(word: str | bytes, charset: str | None) -> str:
    """Return a part of a header of RFC 2047 as text; nothing where it can't be read."""
    return word if isinstance(word, str) else _decoded(word, charset or "") or ""


def _decoded(content: bytes, charset: str = "") -> str | None:
    """Return text by the charset that is given, else the first usual one that fits; or None."""
    for each in filter(None, (charset, *_CHARSETS)):
        try:
            return content.decode(each)
        except (UnicodeDecodeError, LookupError):
            continue
    return None
