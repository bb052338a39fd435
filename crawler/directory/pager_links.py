"""The links of a pager: where 下一页, 尾页 and the numbers lead, and how the pages are called."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.rows import is_page
from crawler.directory.signs_of_more import LAST, NEXT
from crawler.web_url import resolve
from letters.text import squashed
from letters.urls import is_same_site, url_key

_BACK = re.compile(r"首页|第一页|1|[<«‹]*(?:上一?页|前一?页)")
_NUMBER = re.compile(r"[\[［(（]?第?(\d{1,3})页?[\]］)）]?")
_KEY = re.compile(r"(?:cur(?:rent)?|now)?_?p(?:age|g)?_?(?:no|num|number|index)?", re.IGNORECASE)
_NAMED_NEXT = re.compile(r"(?:^|[\s/_-])next(?:$|[\s._-])")
_NUMBERED_PAGE = re.compile(r"/(?:index|list|default|page)[_-]?\d{1,4}\.\w+$", re.IGNORECASE)
_ALL_OF_IT = re.compile(r"(?:查看)?(?:更多|全部).{0,4}|more[>»…]*", re.IGNORECASE)
_COUNTS = re.compile(r"\d|\?")
_ARROW = re.compile(r"[>»›→]+")
_IN_PATH = re.compile(r"(?:^|[/_-])(\d{1,5})(?=\.\w+$)")


@dataclass(frozen=True, slots=True)
class LinkForm:
    """How the pages after the first are called: a URL around a number."""

    before: str
    after: str
    second: int  # the number of the second page: 1 (index_1.html) or 2 (?page=2)

    def url(self, number: int) -> str:
        """Return the URL of page `number`; the first page is 0.

        >>> Form("http://x.gov.cn/list_", ".html", 2).url(1)
        'http://x.gov.cn/list_2.html'
        """
        return f"{self.before}{number - 1 + self.second}{self.after}"

    def number(self, url: str) -> int | None:
        """Return which page `url` is; None where it is not called so."""
        called = re.fullmatch(rf"{re.escape(self.before)}(\d{{1,6}}){re.escape(self.after)}", url)
        return int(called[1]) + 1 - self.second if called else None


def page_key(url: str) -> str:
    """Return what makes `url` the same page of a directory: host, path and query."""
    asked = sorted(parse_qsl(urlsplit(url).query))
    return f"{url_key(url)}?{asked}"


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a pager: the URL, and which page it says it leads to; 0 is 尾页, 2 also 下一页."""

    url: str
    says: int


def read_links(tree: LexborHTMLParser, base: str) -> Iterator[Link]:
    """Yield where 下一页, 尾页 and the numbers of a pager lead, the way back left out."""
    found, back = [], {page_key(base)}
    for anchor in tree.css("a[href], link[rel=next][href]"):
        text = _text(anchor)
        number = _NUMBER.fullmatch(text)
        turns = number or NEXT.fullmatch(text) or LAST.fullmatch(text) or _BACK.fullmatch(text)
        url = _target(anchor, base)
        if url is None or (_ARROW.fullmatch(text) and not _COUNTS.search(url.rpartition("/")[2])):
            continue
        if not turns:
            if _is_numbered_page(url, base) or _is_more_of_it(text, url, base):
                found.append(Link(url, 0))
            continue
        if _BACK.fullmatch(text) or (LAST.fullmatch(text) and _is_first(url)):
            back.add(page_key(url))
        elif number is None:
            found.append(Link(url, 0 if LAST.fullmatch(text) else 2))
        elif _is_of_page(url, int(number[1]), base):
            found.append(Link(url, int(number[1])))
    yield from (link for link in found if page_key(link.url) not in back)


def _text(anchor: LexborNode) -> str:
    """Return what a link says: in words, by its title or picture, or by what it is called."""
    picture, given = anchor.css_first("img"), anchor.attributes
    shown = picture.attributes if picture is not None else {}
    said = anchor.text(), given.get("title"), given.get("aria-label"), shown.get("alt")
    words = (squashed(each or "") for each in said)
    named = f"{given.get('class') or ''} {shown.get('src') or ''}"
    is_next = anchor.tag == "link" or _NAMED_NEXT.search(named)
    return next(filter(None, words), "下一页" if is_next else "")


def _target(anchor: LexborNode, base: str) -> str | None:
    """Return where an anchor of a pager leads; None for a script, another site or a letter."""
    href = (anchor.attributes.get("href") or "").strip()
    url = resolve(href, base) if href and not href.startswith("#") else None
    if url is None or not is_same_site(url, base):
        return None
    return None if is_page(url) else url


def _is_more_of_it(text: str, url: str, base: str) -> bool:
    """Return whether 更多 leads on in this directory's own folder: what is here is the newest."""
    return bool(_ALL_OF_IT.fullmatch(text)) and _is_below(url, base)


def _is_numbered_page(url: str, base: str) -> bool:
    """Return whether a link without a pager's words leads to index_1.html in this folder."""
    path = urlsplit(url).path
    return path.rpartition("/")[0] == urlsplit(base).path.rpartition("/")[0] and bool(
        _NUMBERED_PAGE.search(path)
    )


def _is_first(url: str) -> bool:
    """Tell whether a query asks for the first page: the last one of a directory of one page."""
    place = _place(url)
    return bool(place and "?" in url[: place[0]] and int(url[slice(*place)]) <= 1)


def _is_of_page(url: str, number: int, base: str) -> bool:
    """Tell whether a number's link names that page, in the directory's own folder."""
    place = _place(url)
    names_it = place and int(url[slice(*place)]) in {number, number - 1}
    return bool(names_it and _is_below(url, base))


def _is_below(url: str, base: str) -> bool:
    """Return whether `url` lies in the folder of the page `base`, or below it."""
    return urlsplit(url).path.startswith(urlsplit(urljoin(base, ".")).path)


def linked_form(links: tuple[Link, ...]) -> LinkForm | None:
    """Return how the pages are called to which the links of a first page lead."""
    for link in links:
        place = _place(link.url)
        if link.says and place:
            second = int(link.url[slice(*place)]) - link.says + 2
            if second in {1, 2}:
                return LinkForm(link.url[: place[0]], link.url[place[1] :], second)
    return None


def _place(url: str) -> tuple[int, int] | None:
    """Return where the number of a page stands in its URL.

    >>> "http://x.gov.cn/col/col12/index.html?uid=7&pageNum=2"[slice(*_place(
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
    found = _IN_PATH.search(path)
    return found.span(1) if found else None
