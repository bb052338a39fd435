"""One page of a directory: its rows, its pager, and what it says of its own size."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.sites import FAMILIES
from letters.dates import read_date
from letters.text import canonical
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
_ROW_TAGS = {"li", "tr", "dd", "dt", "div", "p"}
_ROW_LEVELS = 4  # elements between an anchor and the row that holds it


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
    rows: int  # rows shown, those that lead elsewhere and repeated ones included
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
    rows = list(_rows(tree, url))
    listings = {url_key(each.url): each for each in reversed(rows) if is_same_site(each.url, url)}
    pager = _PAGER.search(html)
    counted = [int(next(filter(None, found.groups()))) for found in _RECORDS.finditer(html)]
    return DirectoryPage(
        url=url,
        listings=tuple(reversed(listings.values())),
        rows=len(rows),
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


def _rows(tree: LexborHTMLParser, url: str) -> Iterator[Listing]:
    """Yield the directory's own rows.

    They lead to pages below the directory, or stand in one list with rows that do:
    what else a page links to (news, related documents) is left out.
    """
    found = list(_letters(tree, url))
    below = urlsplit(urljoin(url, ".")).path
    own = [anchor for anchor, target in found if urlsplit(target).path.startswith(below)]
    lists = {_list_of(anchor) for anchor in own}
    for anchor, target in found:
        if (not own or _list_of(anchor) in lists) and not _is_nested(anchor):
            yield Listing(target, _title(anchor), _date(anchor))


def _letters(tree: LexborHTMLParser, url: str) -> Iterator[tuple[LexborNode, str]]:
    patterns = [family.page for family in FAMILIES.values()]
    for anchor in tree.css("a[href]"):
        try:
            target = urljoin(url, (anchor.attributes.get("href") or "").strip())
            path = urlsplit(target).path
        except ValueError:  # http://[ is no URL
            continue
        if any(pattern.search(path) for pattern in patterns):
            yield anchor, target


def _list_of(anchor: LexborNode) -> int:
    """Return what tells the list that holds a row: the element around the row's own element."""
    row = _row_of(anchor)
    return row.parent.mem_id if row is not None and row.parent else anchor.mem_id


def _row_of(anchor: LexborNode) -> LexborNode | None:
    node = anchor.parent
    for _ in range(_ROW_LEVELS):
        if node is None or node.tag in {"ul", "ol", "table", "tbody", "body"}:
            return None
        if node.tag in {"li", "tr", "dd"}:
            return node
        node = node.parent
    return None


def _is_nested(anchor: LexborNode) -> bool:
    """Tell whether an anchor stands in a list inside a row: the 相关解读 of that row."""
    row = _row_of(anchor)
    outer = row.parent.parent if row is not None and row.parent else None
    while outer is not None:
        if outer.tag in {"li", "tr"}:
            return outer.css_first("a[href]") is not None
        outer = outer.parent
    return False


def _title(anchor: LexborNode) -> str:
    whole = canonical(anchor.attributes.get("title") or "")
    if whole:
        return whole
    paragraph = anchor.css_first("p, .tit, .title")
    if paragraph and (text := canonical(paragraph.text())):
        return text
    dates = {span.mem_id for span in anchor.css("span, em, i") if read_date(span.text())}
    return canonical(
        "".join(
            child.text() or ""
            for child in anchor.iter(include_text=True)
            if child.mem_id not in dates
        )
    )


def _date(anchor: LexborNode) -> date | None:
    """Return the date in the anchor, or the nearest one in its row."""
    node: LexborNode | None = anchor
    for _ in range(_ROW_LEVELS):
        if node is None or node.tag in {"ul", "ol", "tbody", "table", "body"}:
            return None
        for part in (*node.css("span, em, i, td, .time, .date"), node):
            if part.css_first("a") is None and (found := read_date(part.text())):
                return found
        node = node.parent
    return None
