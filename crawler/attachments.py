"""Files that a letter's page offers, in its body and in its scripts."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.counters import without_counter
from crawler.page import Page
from letters.letter import Attachment
from letters.text import canonical

_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|zip|rar|7z|ofd|txt|csv)(?:[?#]|$)", re.IGNORECASE
)
# TRS names uploaded files P0… or W0… and a date. Anywhere on a page those that lie beside it
# are its own; those of other folders belong to the documents that a sidebar offers.
_UPLOADED = re.compile(r"(?:^|/)[PW]0\d{10,}[^/]*$")
_UPLOAD = re.compile(r"[PW]0\d{10}")
# *.cq.gov.cn writes its list of files by script; the anchors stand only in this string.
_SCRIPTED = re.compile(r"""hasFJ\s*\+?=\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")""")


def find_attachments(page: Page) -> tuple[Attachment, ...]:
    """Return the files of a letter's page, each once, in reading order."""
    inside = page.body.css("a[href]") if page.body else []
    anywhere = page.tree.css("a[href]") if _UPLOAD.search(page.html) else []
    around = (each for each in anywhere if _lies_beside(page.url, _href(each)))
    found: dict[str, Attachment] = {}
    for anchor in (*inside, *around, *_scripted(page.html)):
        if (href := _href(anchor)) and _FILE.search(href) and (url := _absolute(page.url, href)):
            told = (anchor.text(), anchor.attributes.get("title") or "")
            name = next(filter(None, (without_counter(canonical(each)) for each in told)), "")
            found.setdefault(url, Attachment(name or unquote(url.rsplit("/", 1)[-1]), url))
    return tuple(found.values())


def _lies_beside(url: str, href: str) -> bool:
    there = _absolute(url, href) if _UPLOADED.search(href) else None
    return there is not None and there.rpartition("/")[0] == url.rpartition("/")[0]


def _scripted(html: str) -> Iterator[LexborNode]:
    for found in _SCRIPTED.finditer(html) if "hasFJ" in html else ():
        told = re.sub(r"\\(.)", r"\1", found[1] or found[2] or "")
        yield from LexborHTMLParser(told).css("a[href]")


def _href(anchor: LexborNode) -> str:
    return (anchor.attributes.get("href") or "").strip()


def _absolute(base: str, href: str) -> str | None:
    try:
        return urljoin(base, href)
    except ValueError:  # http://[ is no URL
        return None
