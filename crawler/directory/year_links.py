"""Links to the other years of a directory: 2023年, 2022 beside the list of this year."""

import re
from collections.abc import Container, Iterable
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.directory.link_targets import is_document_url, target_of
from crawler.directory.pager_links import page_key
from letters.addresses import DirectoryRow
from letters.text import squashed
from letters.urls import is_same_site, url_key

_YEAR = re.compile(
    r"[\[［(（]?((?:19|20)\d\d)年?度?(?:提案|建议|议案|答复|复函|办理|公开)*[\]］)）]?"
)


def year_of(words: str) -> int | None:
    """Return the year that a link's words are, or None.

    >>> year_of("2023年提案答复"), year_of("第2023号")
    (2023, None)
    """
    year = _YEAR.fullmatch(words)
    return int(year[1]) if year else None


def year_links(
    tree: LexborHTMLParser, base: str, letters: Container[str]
) -> tuple[tuple[int, str], ...]:
    """Return each year to which a link leads, with its URL, once.

    It leads to this very page with another query, or below its folder; `letters` are the keys
    of the page's rows.
    """
    own = page_key(base)
    links: dict[str, int] = {}
    for anchor in tree.css("a[href]"):
        year = year_of(squashed(anchor.text()))
        url = target_of(anchor, base) if year else None
        if year is None or url is None or url_key(url) in letters or page_key(url) == own:
            continue
        if is_same_site(url, base) and not is_document_url(url) and _is_of_list(url, base):
            links.setdefault(url, year)
    return tuple((year, url) for url, year in links.items())


def unlisted_years(
    links: Iterable[tuple[int, str]], rows: Iterable[DirectoryRow]
) -> tuple[str, ...]:
    """Return the URLs of the years of which no row is listed: a list may hold them all."""
    listed = {row.listed_on.year for row in rows if row.listed_on is not None}
    return tuple(url for year, url in links if year not in listed)


def _is_of_list(url: str, base: str) -> bool:
    path, own = urlsplit(url).path, urlsplit(base).path
    folder = urlsplit(urljoin(base, ".")).path
    return path == own or (folder != "/" and path.startswith(folder))
