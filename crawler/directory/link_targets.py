"""Where an element of a directory leads: by its link, or by an address in its script."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.sites import FAMILIES
from crawler.web_url import resolve

LINKS = "a, [onclick], [data-href], [data-url]"
_ANCHORS = 4096  # of a page; several readers of that page ask for each
_LITERAL = re.compile(r"[\"']([^\"'\s<>()]{4,500})[\"']")
_ADDRESS = re.compile(
    r"^(?:https?:/)?[.]{0,2}/|\.(?:[sj]?html?|jsp|php|aspx?|do)(?:\?|$)|^[\w/]*\?\w+="
)
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z|jpe?g|png|gif|mp[34]|apk|exe|txt|css|js|xml)$",
    re.IGNORECASE,
)


@lru_cache(_ANCHORS)
def is_document_url(url: str) -> bool:
    """Return whether `url` is called as a family of sites calls its documents' pages."""
    path = urlsplit(url).path
    return any(family.page.search(path) for family in FAMILIES.values())


@lru_cache(_ANCHORS)
def is_file_url(url: str) -> bool:
    """Return whether `url` is called as a file, not as a page."""
    return bool(_FILE.search(urlsplit(url).path))


def target_of(node: LexborNode, base: str) -> str | None:
    """Return the URL to which an element leads; None for a script that names no address."""
    given = node.attributes
    href = (given.get("href") or "").strip()
    script = href if href.lower().startswith("javascript:") else ""
    if href and not script and not href.startswith("#"):
        return resolve(href, base)
    named = given.get("data-href") or given.get("data-url")
    if named and _ADDRESS.search(named.strip()):
        return resolve(named.strip(), base)
    for literal in _LITERAL.findall(f"{script} {given.get('onclick') or ''}"):
        if _ADDRESS.search(literal):
            return resolve(literal, base)
    return None
