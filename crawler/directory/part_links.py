"""Links to other parts of a directory: 2023年, 6月, 六届二次会议 beside the list of this one."""

from collections.abc import Container, Iterable
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.directory.directory_parts import Part, listed_parts, part_of, unlisted_of
from crawler.directory.link_targets import is_document_url, target_of
from crawler.directory.pager_links import page_key
from letters.addresses import DirectoryRow
from letters.text import squashed
from letters.urls import is_same_site, url_key


def part_links(
    tree: LexborHTMLParser, base: str, letters: Container[str]
) -> tuple[tuple[Part, str], ...]:
    """Return each part to which a link leads, with its URL, once.

    It leads to this very page with another query, or below its folder; `letters` are the keys
    of the page's rows.
    """
    own = page_key(base)
    links: dict[str, Part] = {}
    for anchor in tree.css("a[href]"):
        part = part_of(squashed(anchor.text()))
        url = target_of(anchor, base) if part else None
        if part is None or url is None or url_key(url) in letters or page_key(url) == own:
            continue
        if is_same_site(url, base) and not is_document_url(url) and is_of_list(url, base):
            links.setdefault(url, part)
    return tuple((part, url) for url, part in links.items())


def unlisted_parts(
    links: Iterable[tuple[Part, str]], rows: Iterable[DirectoryRow]
) -> tuple[tuple[Part, str], ...]:
    """Return the parts of which no row is listed, with their URLs: a list may hold them all."""
    links = tuple(links)
    unlisted = unlisted_of((part for part, _ in links), listed_parts(rows))
    return tuple((part, url) for part, url in links if part in unlisted)


def is_of_list(url: str, base: str) -> bool:
    """Return whether a link leads to a directory's own page, or below its folder."""
    path, own = urlsplit(url).path, urlsplit(base).path
    folder = urlsplit(urljoin(base, ".")).path
    return path == own or (folder != "/" and path.startswith(folder))
