"""Links resolved as a browser does. The only module that uses ada, a parser of WHATWG URLs."""

import re
import unicodedata
from functools import lru_cache

import ada_url

from letters.urls import is_same_site

_SESSION = re.compile(r";[^/;=?#]*(?:session|sid)[^/;=?#]*=[^/;?#]*", re.IGNORECASE)
_DOUBLED = re.compile(r"/{2,}")
_ANCHORS = 4096  # of a page; several readers of that page resolve each


@lru_cache(_ANCHORS)
def resolve(href: str, base: str) -> str | None:
    """Return the page to which a browser is led by a link on the page at `base`, or None.

    By the URL standard (https://url.spec.whatwg.org): backslashes are slashes, blanks around
    and line breaks within are none. Left out besides is what names no document: fragments,
    session ids, doubled slashes, invisible characters, and `www.` where the same host answers
    without it. None for a script, a mail address and what is no URL.
    """
    if not href.isascii():
        href = "".join(char for char in href if unicodedata.category(char) != "Cf")
    try:
        url = ada_url.URL(href, base)
    except ValueError:
        return None
    if url.protocol not in {"http:", "https:"} or not url.hostname:
        return None
    if url.hash:
        url.hash = ""
    if url.username or url.password:  # of an address for mail, more often than not
        url.username = url.password = ""
    path = url.pathname
    if (plain := _DOUBLED.sub("/", _SESSION.sub("", path))) != path:
        url.pathname = plain
    if is_same_site(url.href, base):
        url.hostname = ada_url.URL(base).hostname  # the name by which the page itself was had
    return str(url.href)
