"""Reads links as a browser does. The only module that knows ada, a parser of WHATWG URLs."""

import re
import unicodedata

import ada_url

from letters.urls import is_same_site

_SESSION = re.compile(r";[^/;=?#]*(?:session|sid)[^/;=?#]*=[^/;?#]*", re.IGNORECASE)


def resolve(href: str, base: str) -> str | None:
    """Return the page to which a browser is led by a link on the page at `base`, or None.

    By the URL standard (https://url.spec.whatwg.org): backslashes are slashes, blanks around
    and line breaks within are none. Left out besides is what names no document: fragments,
    session ids, doubled slashes, invisible characters, and `www.` where the same host answers
    without it. None for a script, a mail address and what is no URL.
    """
    seen = "".join(char for char in href if unicodedata.category(char) != "Cf")
    try:
        url = ada_url.URL(seen, base)
    except ValueError:
        return None
    if url.protocol not in {"http:", "https:"} or not url.hostname:
        return None
    url.hash = ""
    url.pathname = re.sub(r"/{2,}", "/", _SESSION.sub("", url.pathname))
    if is_same_site(url.href, base):
        url.hostname = ada_url.URL(base).hostname  # the name by which the page itself was had
    return str(url.href)
