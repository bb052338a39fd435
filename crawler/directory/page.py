"""One page of a directory: its rows, its pager, and what it says of its own size."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.directory.page_counts import Sign
from crawler.directory.pager import Pager, read_pager, without_remarks
from crawler.directory.pager_links import LinkForm
from crawler.directory.rows import AnchorRow, read_rows
from crawler.directory.signs_of_more import read_signs
from crawler.directory.totals import around_rows, read_size
from crawler.directory.unreadable_rows import UnreadableRow, unreadable_rows
from crawler.web_url import resolve
from letters.urls import is_same_site, url_key

_BY_SCRIPT = re.compile(
    r"createPageHTML\(\s*[\"'][\w-]+[\"']|jpage|queryList|dataproxy|/search|ms-repeat|v-for|ng-repeat"
)

_NAMED = re.compile(r"[\w-]{4,}\.s?html?\b")  # a file's name, as scripts write rows
_DATED = re.compile(r"/\d{4}[^/]*/")


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
    foreign: frozenset[str]  # keys of the rows that lead to another site
    scripted: frozenset[str]  # names of pages that its scripts hold
    unread: tuple[UnreadableRow, ...]  # what may be a row and leads to no letter of this site
    pager: Pager
    records: int | None  # how many rows the directory has
    by_script: bool  # rows are written by a script: none stand in the page
    signs: tuple[Sign, ...]  # of more pages than this one

    @property
    def rows(self) -> int:
        """How many documents the page lists, those of other sites included."""
        return len(self.listings) + len(self.foreign)

    @property
    def pages(self) -> int | None:
        """How many pages the directory says it has."""
        return self.pager.pages


def read_directory(html: str, url: str) -> DirectoryPage:
    """Return what the page at `url` lists.

    Rows that lead to another site are counted, not listed.
    """
    tree = LexborHTMLParser(html)
    tree.strip_tags(["style", "template"])
    scripts = [script.text() for script in tree.css("script")]
    tree.strip_tags(["script"])
    live = without_remarks("\n".join(scripts))
    islands = "\n".join([live, *(each.text() for each in tree.css("textarea"))])
    base = _base(tree, url)
    rows = list(read_rows(tree, url, base))
    around = around_rows(row.anchor for row in rows)
    records, said = read_size(tree, html, scripts, around)
    pager = read_pager(tree, html, scripts, base, said)
    return DirectoryPage(
        url=url,
        listings=_listings(rows, url),
        foreign=frozenset(url_key(row.url) for row in rows if not is_same_site(row.url, url)),
        scripted=frozenset(_NAMED.findall(islands)),
        unread=tuple(unreadable_rows(tree, rows, url, base)),
        pager=pager,
        records=records if pager.records is None else pager.records,
        by_script=not rows and bool(_BY_SCRIPT.search(html)),
        signs=read_signs(tree, html, live, around, base),
    )


def channel_of(url: str) -> str:
    """Return the part of a page's path before its date, or its first folder where it has none.

    >>> channel_of("http://x.gov.cn/zwgk/tagk/202206/t20220617_1.html")
    '/zwgk/tagk'
    """
    dated = _DATED.search(path := urlsplit(url).path)
    return path[: dated.start()] if dated else path[: path.find("/", 1)]


def page_url(first: DirectoryPage, number: int) -> str:
    """Return the URL of page `number`, from 1, of the directory whose first page is `first`.

    >>> page_url(read_directory("", "http://x.gov.cn/tagk/"), 1)
    'http://x.gov.cn/tagk/index_1.html'
    """
    form = first.pager.form or LinkForm(urljoin(first.url, "index_"), ".html", 1)
    return form.url(number)


def _base(tree: LexborHTMLParser, url: str) -> str:
    """Return the URL that the page's links are relative to."""
    node = tree.css_first("base[href]")
    href = node.attributes.get("href") if node else None
    return (href and resolve(href, url)) or url


def _listings(rows: list[AnchorRow], url: str) -> tuple[Listing, ...]:
    """Return the rows of this site, each letter once: as it stands first, by its first title."""
    found: dict[str, Listing] = {}
    for row in rows:
        key = url_key(row.url)
        if is_same_site(row.url, url) and not (key in found and found[key].title):
            found[key] = Listing(row.url, row.title, row.listed_on)
    return tuple(found.values())
