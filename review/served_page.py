"""A page as a site served it, made harmless: as text, and as HTML that loads and runs nothing."""

import codecs
import re
from collections.abc import Mapping
from typing import Final

# What a browser may do with the HTML of a stranger: draw it. Scripts, forms, plugins and pop-ups
# are off by `sandbox`, whatever would be loaded is refused, and only our own pages may frame it.
POLICY: Final = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
# Before it asks any policy, Chromium opens connections: for <link rel="preconnect">, for a frame
# or an object, for a link that is pressed. So no attribute that leads anywhere is left.
_LEADS_OUT: Final = re.compile(
    r"(?<![a-z-])(?=(?:(?:image)?src(?:set|doc)?|href|data|poster|background|(?:form)?action|ping"
    r"|manifest|classid|codebase|archive|lowsrc|dynsrc|http-equiv)\s*=)",
    re.IGNORECASE,
)
_DECLARED: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_DECLARED_WITHIN = 1024  # bytes, as browsers look for it
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030"}  # what says GB 2312 holds more


def page_text(body: bytes, headers: Mapping[str, str]) -> str:
    """Return the text of a page by the charset that its header or itself declares.

    >>> page_text("<meta charset=gb2312>复函".encode("gbk"), {})
    '<meta charset=gb2312>复函'
    """
    content_type = next((headers[name] for name in headers if name.lower() == "content-type"), "")
    for place in (content_type.encode("latin-1", "replace"), body[:_DECLARED_WITHIN]):
        if declared := _DECLARED.search(place):
            label = declared[1].decode("ascii").lower()
            if encoding := _encoding(_WIDER.get(label, label)):
                return body.decode(encoding, "replace").removeprefix("\ufeff")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def inert_html(text: str) -> str:
    """Return HTML without what makes a browser connect before any policy is asked.

    >>> inert_html('<LINK rel=preconnect HREF="//a.example"><meta http-equiv=refresh>')
    '<LINK rel=preconnect x-HREF="//a.example"><meta x-http-equiv=refresh>'
    """
    return _LEADS_OUT.sub("x-", text)


def _encoding(label: str) -> str | None:
    """Return the name of a charset that holds text as bytes, None for no such label."""
    try:
        found = codecs.lookup(label)
    except LookupError:
        return None
    return found.name if found.name in _ENCODINGS else None


# Those of Chinese sites; any other label may be a codec of Python's that is no charset at all.
_ENCODINGS: Final = frozenset(
    codecs.lookup(each).name for each in ("utf-8", "gb18030", "big5", "utf-16", "latin-1")
)
