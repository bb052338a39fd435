"""One page of a directory: its rows, its pager, and what it says of its own size."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from crawler.rows import Row, read_rows
from letters.urls import is_same_site, url_key

# TRS: createPage(34, 0, "index", "html") and createPageHTML(50, 0, "index", "shtml"), at times
# commented out; UCAP puts the element's id first: createPageHTML('page_div',10,1,'list','shtml')
_PAGER = re.compile(
    r"createPage(?:HTML)?\(\s*(?:[\"'][\w-]+[\"']\s*,\s*)?(?P<pages>\d+)\s*,\s*(?P<current>\d+)\s*,"
    r"\s*[\"'](?P<name>\w+)[\"']\s*,\s*[\"'](?P<ending>s?html?)[\"']"
)
_COUNT_PAGE = re.compile(r"\bcountPage\s*=\s*(\d+)")
_NUMBERED = re.compile(r"(?:^|/)index_(\d{1,6})\.s?html?$")
# What a directory says of its own size: a pager's variable, a comment of the CMS, a visible line.
_RECORDS = re.compile(
    r"(?:recordCount|totalCount|totalRecord|m_nRecordCount)[\"']?\s*[:=]\s*[\"']?(\d+)"
    r"|总记录(?:数)?\s*[：:]\s*(\d+)|共\s*(\d+)\s*条"
)
_BY_SCRIPT = re.compile(
    r"createPageHTML\(\s*[\"'][\w-]+[\"']|jpage|queryList|dataproxy|/search|ms-repeat|v-for|ng-repeat"
)


@dataclass(frozen=True, slots=True)
class Listing:
    """One row of a directory."""

    url: str  # absolute
    title: str
    listed_on: date | None


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """What one page of a directory shows; None where it does not say."""

    url: str  # as answered: a directory asked for without its last slash is answered with it
    listings: tuple[Listing, ...]
    rows: int  # rows shown, those that lead elsewhere and repeated ones included; a row is one
    pages: int | None  # how many pages the directory has
    page_name: str  # page N is <page_name>_N.<ending>, N from 1
    ending: str
    records: int | None  # how many rows the directory has
    by_script: bool  # rows are written by a script: none stand in the page


def read_directory(html: str, url: str) -> DirectoryPage:
    """Return what the page at `url` lists.

    Rows that lead to another site are counted, not listed.
    """
    tree = LexborHTMLParser(html)
    tree.strip_tags(["style", "noscript", "template"])
    rows = list(read_rows(tree, url, _base(tree, url)))
    pager = _PAGER.search(html)
    counted = [int(next(filter(None, found.groups()))) for found in _RECORDS.finditer(html)]
    return DirectoryPage(
        url=url,
        listings=_listings(rows, url),
        rows=len({(row.place, url_key(row.url)) for row in rows}),
        pages=int(pager["pages"]) if pager else _linked_pages(tree, html),
        page_name=pager["name"] if pager else "index",
        ending=pager["ending"] if pager else "html",
        records=max(counted, default=None),
        by_script=not rows and bool(_BY_SCRIPT.search(html)),
    )


def page_url(first: DirectoryPage, number: int) -> str:
    """Return the URL of page `number`, from 1, of the directory whose first page is `first`.

    >>> page_url(read_directory("", "http://x.gov.cn/tagk/"), 1)
    'http://x.gov.cn/tagk/index_1.html'
    """
    return urljoin(first.url, f"{first.page_name}_{number}.{first.ending}")


def _linked_pages(tree: LexborHTMLParser, html: str) -> int | None:
    """Return how many pages a directory has by its variable or by its links to index_N."""
    if told := _COUNT_PAGE.search(html):
        return int(told[1])
    hrefs = (anchor.attributes.get("href") or "" for anchor in tree.css("a[href*=index_]"))
    numbers = [int(found[1]) for href in hrefs if (found := _NUMBERED.search(href))]
    return max(numbers) + 1 if numbers else None


def _base(tree: LexborHTMLParser, url: str) -> str:
    """Return the URL that the page's links are relative to."""
    node = tree.css_first("base[href]")
    try:
        base = urljoin(url, (node.attributes.get("href") or "").strip()) if node else url
        return base if url_key(base) else url
    except ValueError:  # http://[ and http://a:b/ are no URLs
        return url


def _listings(rows: list[Row], url: str) -> tuple[Listing, ...]:
    """Return the rows of this site, each letter once: as it stands first, by its first title."""
    found: dict[str, Listing] = {}
    for row in rows:
        key = url_key(row.url)
        if is_same_site(row.url, url) and not (key in found and found[key].title):
            found[key] = Listing(row.url, row.title, row.listed_on)
    return tuple(found.values())
