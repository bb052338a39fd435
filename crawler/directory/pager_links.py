"""The links of a pager: where 下一页, 尾页 and the numbers lead, and the form of their URLs."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.link_targets import is_document_url, target_of
from crawler.directory.pager_words import LAST, NEXT, REST, words_of
from crawler.directory.spelt_numbers import page_in_digits
from crawler.web_url import resolve
from letters.urls import is_same_site, url_key

_BACK = re.compile(r"首页|第一页|1|[<«‹]*(?:上一?页|前一?页)")
_BACK_IN_LIST = re.compile(r"第一页|1|[<«‹]*(?:上一?页|前一?页)")
_NUMBER = re.compile(r"[\[［(（]?第?(\d{1,3})页?[\]］)）]?")
_KEY = re.compile(r"(?:cur(?:rent)?|now)?_?p(?:age|g)?_?(?:no|num|number|index)?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:\w+\.)?(?:start(?:_?(?:row|record|index))?|offset|skip)", re.IGNORECASE)
_NUMBERED_PAGE = re.compile(r"/(?:index|list|default|page)[_-]?\d{1,4}\.\w+$", re.IGNORECASE)
_PAGE_FOLDER = re.compile(r"/p(?:age)?/\d{1,5}/?$", re.IGNORECASE)
_NUMBERED = re.compile(r"[_-]\d{1,5}\.\w+$")
_ADDRESS = re.compile(r"[./?]")
# Parts of pagers that lead on; other elements than links where a script holds an address.
_LINKS = "a, area[href], link[rel=next][href], [onclick], [data-href], [data-url], option[value]"
_COUNTS = re.compile(r"\d|\?")
_ARROW = re.compile(r"[>»›→▶►]+")
_IN_PATH = re.compile(r"(?<![\d.])(\d{1,5})(?=\.\w+$)|/(\d{1,5})(?=/?$)")  # p2.html, page/2/


@dataclass(frozen=True, slots=True)
class PageUrlForm:
    """The form of the URLs of the pages after the first: a URL around a number."""

    before: str
    after: str
    second: int  # the number of the second page: 1 (index_1.html) or 2 (?page=2)

    def url(self, number: int) -> str:
        """Return the URL of page `number`; the first page is 0.

        >>> PageUrlForm("http://x.gov.cn/list_", ".html", 2).url(1)
        'http://x.gov.cn/list_2.html'
        """
        return f"{self.before}{number - 1 + self.second}{self.after}"

    def number(self, url: str) -> int | None:
        """Return the number of the page at `url`; None where it is not of this form."""
        match = re.fullmatch(rf"{re.escape(self.before)}(\d{{1,6}}){re.escape(self.after)}", url)
        return int(match[1]) + 1 - self.second if match else None


def page_key(url: str) -> str:
    """Return what makes `url` the same page of a directory: host, path and query."""
    query = sorted(parse_qsl(urlsplit(url).query))
    return f"{url_key(url)}?{query}"


@dataclass(frozen=True, slots=True)
class PagerLink:
    """A link of a pager."""

    url: str
    page: int  # to which it says it leads, from 1; 2 for 下一页 too, 0 for 尾页
    is_more: bool = False  # 更多: it leads to where the rest is, which may be another list
    is_back: bool = False  # 上一页, 1: it leads to the first page, or to what comes before it
    is_here: bool = False  # 下一页 leads to the page itself
    is_numbered: bool = False  # its words are the page's number


def read_pager_links(
    tree: LexborHTMLParser, base: str, letters: Container[str]
) -> Iterator[PagerLink]:
    """Yield where 下一页, 尾页 and the numbers of a pager lead, and where the way back does.

    What else leads to the page itself is left out, and what leads on to where the way back does:
    which page is there only its rows tell. `letters` are the keys of the page's rows: no pager
    leads there.
    """
    links: list[PagerLink] = []
    back = {page_key(base)}
    for anchor in tree.css(_LINKS):
        url = _target(anchor, base)
        if url is None or url_key(url) in letters:
            continue
        text = page_in_digits(words_of(anchor))
        if _is_bare_arrow(text, url):
            continue
        if _leads_back(text, url):
            back.add(page_key(url))
            if _is_way_back(text, url, base):
                links.append(PagerLink(url, 0, is_back=True))
        elif (link := _pager_link(anchor, text, url, base)) is not None:
            links.append(link)
    yield from _kept(links, base, back)


def _kept(links: list[PagerLink], base: str, back: set[str]) -> Iterator[PagerLink]:
    own = page_key(base)
    for link in links:
        if link.page and page_key(link.url) == own:
            yield replace(link, is_here=True)
        elif page_key(link.url) not in ({own} if link.is_back else back):
            yield link


def _pager_link(anchor: LexborNode, text: str, url: str, base: str) -> PagerLink | None:
    if (page := _page_of(text, url, base)) is not None:
        return PagerLink(url, page, is_numbered=bool(_NUMBER.fullmatch(text)))
    if not text and _is_trail(anchor, url, base):
        return PagerLink(url, 0)
    if anchor.tag == "a" and _is_rest_of_list(text, url, base):
        return PagerLink(url, 0, is_more=True)
    return None


def _is_bare_arrow(text: str, url: str) -> bool:
    """Return whether an arrow leads to a page of no number: to the next picture, or the top."""
    return bool(_ARROW.fullmatch(text)) and not _COUNTS.search(url.rpartition("/")[2])


def _is_trail(anchor: LexborNode, url: str, base: str) -> bool:
    """Return whether a link that shows nothing leads to index_33_2.html: a trail for robots."""
    path, folder = urlsplit(url).path, urlsplit(base).path.rpartition("/")[0]
    is_numbered = bool(_NUMBERED.search(path)) and path.rpartition("/")[0] == folder
    return anchor.tag == "a" and is_numbered and anchor.css_first("*:not(a)") is None


def _leads_back(text: str, url: str) -> bool:
    return bool(_BACK.fullmatch(text) or (LAST.fullmatch(text) and _is_first(url)))


def _is_way_back(text: str, url: str, base: str) -> bool:
    """Return whether a link back leads to a page of this directory; 首页 may be the site's."""
    is_home = not _BACK_IN_LIST.fullmatch(text)
    return _is_of_page(url, 1, base) if is_home else _is_below(url, base)


def _page_of(text: str, url: str, base: str) -> int | None:
    """Return which page a link says it leads to, as PagerLink has it; None for no pager's link."""
    if number := _NUMBER.fullmatch(text):
        return int(number[1]) if _is_of_page(url, int(number[1]), base) else None
    if LAST.fullmatch(text):
        return 0
    if NEXT.fullmatch(text):
        return 2
    return 0 if _is_numbered_page(url, base) else None


def _target(anchor: LexborNode, base: str) -> str | None:
    """Return where a part of a pager leads; None for a script, another site or a letter."""
    given = anchor.attributes
    if anchor.tag == "link":
        url = resolve(given.get("href") or "", base)
    elif anchor.tag == "option":
        value = (given.get("value") or "").strip()
        url = resolve(value, base) if _ADDRESS.search(value) else None
    else:
        url = target_of(anchor, base)
    if url is None or not is_same_site(url, base) or is_document_url(url):
        return None
    return url


def _is_rest_of_list(text: str, url: str, base: str) -> bool:
    """Return whether 更多 leads on in this directory's own folder: this page has the newest."""
    return bool(REST.fullmatch(text)) and _is_below(url, base)


def _is_numbered_page(url: str, base: str) -> bool:
    """Return whether a link without a pager's words leads to index_1.html, page/2/ or ?page=2."""
    path, own = urlsplit(url).path, urlsplit(base).path
    if path.rpartition("/")[0] == own.rpartition("/")[0] and _NUMBERED_PAGE.search(path):
        return True
    span = _number_span(url)
    if span is None or int(url[slice(*span)]) <= 1:
        return False
    if "?" in url[: span[0]]:
        return path == own
    first = _PAGE_FOLDER.sub("/", own).rpartition("/")[0]
    return _PAGE_FOLDER.sub("", path) == first and bool(_PAGE_FOLDER.search(path))


def _is_first(url: str) -> bool:
    """Return whether a query asks for the first page: the last one of a directory of one page."""
    span = _number_span(url)
    return bool(span and "?" in url[: span[0]] and int(url[slice(*span)]) <= 1)


def _is_of_page(url: str, number: int, base: str) -> bool:
    """Return whether a number's link names that page, in the directory's own folder."""
    span = _number_span(url)
    names_page = span and int(url[slice(*span)]) in {number, number - 1}
    return bool(names_page or _is_offset(url, number)) and _is_below(url, base)


def _is_offset(url: str, number: int) -> bool:
    """Return whether a query begins at a row where that page may begin: ?start=30 of page 3."""
    given = dict(parse_qsl(urlsplit(url).query))
    starts = [given[key] for key in given if _OFFSET.fullmatch(key) and given[key].isdecimal()]
    return number > 1 and any(int(start) and int(start) % (number - 1) == 0 for start in starts)


def _is_below(url: str, base: str) -> bool:
    """Return whether `url` lies in the folder of the page `base`, or below it."""
    return urlsplit(url).path.startswith(urlsplit(urljoin(base, ".")).path)


def form_of_links(links: tuple[PagerLink, ...]) -> PageUrlForm | None:
    """Return the form of the URLs to which the links of a first page lead, or None."""
    for link in links:
        span = _number_span(link.url)
        if link.page and span:
            second = int(link.url[slice(*span)]) - link.page + 2
            if second in {1, 2}:
                return PageUrlForm(link.url[: span[0]], link.url[span[1] :], second)
    return None


def _number_span(url: str) -> tuple[int, int] | None:
    """Return where the number of a page is in its URL.

    >>> "http://x.gov.cn/col/col12/index.html?uid=7&pageNum=2"[slice(*_number_span(
    ...     "http://x.gov.cn/col/col12/index.html?uid=7&pageNum=2"))]
    '2'
    """
    path, _, query = url.partition("?")
    at = len(path) + 1
    for pair in query.split("&"):
        key, _, value = pair.partition("=")
        if re.fullmatch(r"\d{1,6}", value) and _KEY.fullmatch(key):
            return at + len(key) + 1, at + len(pair)
        at += len(pair) + 1
    number = _IN_PATH.search(path)
    return number.span(number.lastindex or 0) if number else None
