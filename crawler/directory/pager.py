"""The pager of a directory's page: how many pages there are, and where the others are."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.directory.pager_links import PageUrlForm, form_of_links, read_pager_links
from letters.urls import is_same_site

# TRS: createPage(34, 0, "index", "html") and createPageHTML(50, 0, "index", "shtml"), at times
# commented out. UCAP puts the element's id first and counts from one; its last number is that
# of the rows: createPageHTML('page_div',10, 1,'list','shtml',189), whose page 2 is list_2.shtml
_CALL = re.compile(
    r"createPage(?:HTML)?\(\s*(?P<id>[\"'][A-Za-z_][\w-]*[\"']\s*,\s*)?"
    r"[\"']?(?P<pages>\d{1,9})[\"']?\s*,\s*[\"']?(?P<current>\d{1,9})[\"']?\s*,"
    r"\s*[\"'](?P<name>[\w./-]+)[\"']\s*,\s*[\"']\.?(?P<ending>s?html?)[\"']"
    r"(?:\s*,\s*[\"']?(?P<rows>\d{1,9})[\"']?\s*\))?"
)
_DIGIT = re.compile(r"\d")
_COUNT_VARIABLE = re.compile(r"\bcountPage\s*=\s*[\"']?(\d{1,9})")
# Not the // of a URL, and not a URL's without a scheme; <!-- begins a comment of a script too.
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|(?:(?<![:\"'])//|<!--)[^\n]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pager:
    """What a page's pager says; None where it does not say."""

    total_pages: int | None = None
    current: int | None = None  # which page it says it is on; the first is 0
    form: PageUrlForm | None = None  # as far as the first page of a directory shows it
    urls: tuple[str, ...] = ()  # to which 下一页, 尾页, the numbers and 更多 lead
    next_urls: tuple[str, ...] = ()  # of these all but 更多: they are pages of this list
    total_rows: int | None = None
    back_urls: tuple[str, ...] = ()  # to which 上一页 and 1 lead, where that is another URL
    numbered_urls: frozenset[str] = frozenset()  # of next_urls: to which numbers lead
    turns_in_place: bool = False  # 下一页 leads to its own URL of no number: the site counts


def read_pager(
    tree: LexborHTMLParser,
    html: str,
    scripts: Sequence[str],
    base: str,
    in_words: int | None,
    letters: Container[str],
) -> Pager:
    """Return the pager of a page whose links are relative to `base`.

    `in_words` is how many pages it says in words, `letters` are the keys of its rows. What is live
    goes before what is in a comment: templates keep their old pagers there.
    """
    live = without_comments("\n".join(scripts))
    every = tuple(dict.fromkeys(read_pager_links(tree, base, letters)))
    links = tuple(link for link in every if not (link.is_back or link.is_here))
    pager = _pager_of_call(live, live, base, in_words)
    if pager is None and _COUNT_VARIABLE.search(live):
        pager = _pager_of_call(live, html, base, in_words)
        pager = pager or _pager_of_variable(live, base, in_words)
    if pager is None and not links:
        pager = _pager_of_call(html, html, base, None) or _pager_of_variable(html, base, None)
        pager = replace(pager, total_pages=in_words) if pager and in_words else pager
    pager = pager or Pager(in_words, None, form_of_links(links))
    following = tuple(link.url for link in links if not link.is_more)
    return replace(
        pager,
        urls=tuple(link.url for link in links),
        next_urls=following,
        numbered_urls=frozenset(link.url for link in links if link.is_numbered),
        back_urls=tuple(link.url for link in every if link.is_back),
        turns_in_place=any(link.is_here for link in every) and _is_unnumbered(base),
    )


def _is_unnumbered(url: str) -> bool:
    """Return whether a URL has no query, and no number in its last part."""
    parts = urlsplit(url)
    return not parts.query and not _DIGIT.search(parts.path.rstrip("/").rpartition("/")[2])


def without_comments(script: str) -> str:
    """Return a script without its comments: templates keep their old pagers there."""
    return _COMMENT.sub("", script)


def _pager_of_call(live: str, text: str, base: str, in_words: int | None) -> Pager | None:
    """Return the pager of the call in `text`; `live` may count its pages by a variable."""
    calls = list(_CALL.finditer(text))
    call = max(calls, key=lambda each: int(each["pages"]), default=None)
    if call is None or not is_same_site(urljoin(base, call["name"]), base):
        return None
    count = _COUNT_VARIABLE.search(live)
    # A call that is not live has the names; how many pages there are is what is live.
    counts = [int(call["pages"])] if live == text or count is None else []
    counts += [int(count[1])] if count else []
    first = 1 if call["id"] else 0
    form = PageUrlForm(f"{urljoin(base, call['name'])}_", f".{call['ending']}", first + 1)
    rows = int(call["rows"]) if call["id"] and call["rows"] else None
    return Pager(
        max([*counts, in_words or 0]), int(call["current"]) - first, form, total_rows=rows
    )


def _pager_of_variable(text: str, base: str, in_words: int | None) -> Pager | None:
    count = _COUNT_VARIABLE.search(text)
    if count is None:
        return None
    form = PageUrlForm(urljoin(base, "index_"), ".html", 1)
    return Pager(max(int(count[1]), in_words or 0), None, form)
