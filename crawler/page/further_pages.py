"""The further pages of a letter that is printed on several, and the pager that leads to them."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import takewhile
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborNode

from crawler.elements import with_ancestors
from crawler.http.snapshot import Snapshot
from crawler.page.classify import classify
from crawler.page.dom import Page
from letters.printed_page import Line
from letters.text import squashed
from letters.urls import is_same_site, url_key
from letters.visit_span import VisitOutcome

_TEXTS = 1024  # of links; those of a template are on each page of a site
MOST_PAGES = 50  # of one letter

# TRS: createPageHTML(3, 0, "t20220617_107", "html"), whose page 2 is t20220617_107_1.html. UCAP
# puts an element's id first and counts from one: createPageHTML('p', 3, 1, 'content', 'html', 3).
_CALL = re.compile(
    r"createPage(?:HTML)?\(\s*(?P<id>[\"'][A-Za-z_][\w-]*[\"']\s*,\s*)?[\"']?(?P<pages>\d{1,3})[\"']?"
    r"\s*,\s*[\"']?\d{1,3}[\"']?\s*,\s*[\"'](?P<name>[\w./-]+)[\"']\s*,\s*[\"']\.?(?P<ending>\w{1,6})[\"']"
)
_CALLS_A_PAGE = re.compile(r"\w\s*\([^)]*(?:[2-9]|\d{2})")
_NEXT = re.compile(r"[下后]一?页|[>›»]{1,2}")
_PAGER_WORD = re.compile(
    r"[下后]一?页|尾页|末页|最后一?页|第?\d{1,3}页?|[\[【(（]\d{1,3}[\])）】]|[>›»]{1,2}"
)
# A line of a pager: 上一页 1 [2] 3 下一页, 共3页 当前第1页.
_PAGER_LINE = re.compile(
    r"(?:(?>[上下前后]一?页|首页|尾页|末页|最后一?页|第?\d{1,3}(?:/\d{1,3})?页?|共\d{1,3}页|当前|跳转到?"
    r"|[\[\]【】()（）|<>›»‹«.…,，:：]))++"
)
_NUMBERED = re.compile(r"[_-](\d{1,3})")
_NUMBER_KEYS = {
    *("page", "p", "pageno", "pagenum", "pageindex", "pagenumber", "currentpage", "curpage", "pn"),
}
_NUMBERED_QUERY = re.compile(
    rf"\?(?:[^\"'<>\s]*[&;])?(?:{'|'.join(_NUMBER_KEYS)})\s*=", re.IGNORECASE
)


class FurtherPageError(Exception):
    """Raised when a further page of a letter is not served as one; says which and why."""


def further_pages(first: Page, answer: Snapshot) -> tuple[list[Page], tuple[str, ...]]:
    """Return the further pages in the answer of `first`, and the URLs of those still to fetch.

    One that says what the first says is none: the server ignores the number. Raises
    FurtherPageError where one is not served, or the pagers leave one out.
    """
    pages = [_as_page(each, first) for each in answer.further]
    fetched = {each.url for each in answer.further}
    missing = {url for each in (first, *pages) for url in _pager_urls(each, first.url)} - fetched
    numbers = sorted(page_number(each.url, first.url) or 0 for each in pages)
    if numbers and not missing and numbers != [*range(min(numbers[0], 2), numbers[-1] + 1)]:
        reason = f"its pager leads to its page {numbers[-1]}, and not to all before it"
        raise FurtherPageError(reason)
    text = squashed(first.body.text()) if first.body and pages else ""
    own = [each for each in pages if each.body and squashed(each.body.text()) != text]
    return (
        sorted(own, key=lambda each: page_number(each.url, first.url) or 0),
        tuple(sorted(missing, key=lambda url: page_number(url, first.url) or 0)),
    )


def scripted_pager(page: Page) -> str | None:
    """Return in words that a body goes on by a script, which is not followed; None if not."""
    for anchor in page.body.css("a") if page.body and not page.shown_files else ():
        href = anchor.attributes.get("href") or ""
        script = href if href.lower().startswith("javascript:") else ""
        script += anchor.attributes.get("onclick") or ""
        if _NEXT.fullmatch(squashed(anchor.text())) and _CALLS_A_PAGE.search(script):
            return f"the letter goes on by a script, which is not followed: {script[:60]}"
    return None


def _as_page(answer: Snapshot, first: Page) -> Page:
    """Return an answer as a page of `first`'s letter; raise FurtherPageError if it is none."""
    verdict = classify(answer, first.configured_family)
    if verdict.page is None or verdict.outcome is not VisitOutcome.LETTER:
        raise FurtherPageError(f"its further page {answer.url}: {verdict.reason}")
    if not (verdict.page.title or "").startswith(first.title or ""):
        raise FurtherPageError(f"its further page {answer.url}: another document")
    return verdict.page


def page_number(url: str, first: str) -> int | None:
    """Return the number of a further page of the letter at `first`; None for another document.

    >>> page_number("http://x.gov.cn/t20220617_107_2.html", "http://x.gov.cn/t20220617_107.html")
    2
    >>> page_number("http://x.gov.cn/t20220617_108.html", "http://x.gov.cn/t20220617_107.html")
    >>> page_number("http://x.gov.cn/show.jsp?id=7&page=3", "http://x.gov.cn/show.jsp?id=7")
    3
    """
    parts, first_parts = urlsplit(url), urlsplit(first)
    if not is_same_site(url, first):
        return None
    if parts.path == first_parts.path:
        return _number_in_query(parts.query, first_parts.query)
    stem, ending = _stem_and_ending(first_parts.path)
    if stem.endswith("/") or not (parts.path.startswith(stem) and parts.path.endswith(ending)):
        return None
    numbered = _NUMBERED.fullmatch(parts.path.removeprefix(stem).removesuffix(ending))
    return int(numbered[1]) if numbered and int(numbered[1]) > 0 else None


def without_pager(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines of a page but for those that say what a pager says: 共3页 当前第1页."""
    for line in lines:
        if "页" not in line.text or not _PAGER_LINE.fullmatch(squashed(line.text)):
            yield line


def remove_pager(page: Page, first: str) -> None:
    """Remove the links to other pages of a letter from its body, with what is around them."""
    body = page.body
    for anchor in body.css("a[href]") if body else ():
        url = _leads_to(anchor, page.url)
        is_its_own = url and (page_number(url, first) or url_key(url) == url_key(first))
        if body and is_its_own and _is_pager(anchor):
            within = takewhile(lambda each: each.mem_id != body.mem_id, with_ancestors(anchor))
            *_, largest = takewhile(_is_pager, within)
            largest.decompose()


def _is_pager(node: LexborNode) -> bool:
    return bool(_PAGER_LINE.fullmatch(squashed(node.text())))


def _pager_urls(page: Page, first: str) -> Iterator[str]:
    """Yield the URLs of further pages to which a page's pager leads."""
    yield from _urls_of_calls(page.html, first)
    yield from _urls_of_links(page, first)


def _urls_of_calls(html: str, first: str) -> Iterator[str]:
    stem = _stem_and_ending(urlsplit(first).path)[0].rpartition("/")[2]
    for call in _CALL.finditer(html):
        if stem and call["name"].rpartition("/")[2] == stem:
            from_one = 1 if call["id"] else 0
            for number in range(1 + from_one, int(call["pages"]) + from_one):
                yield urljoin(first, f"{stem}_{number}.{call['ending']}")


def _stem_and_ending(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    return f"{folder}/{stem if dot else name}", dot + ending if dot else ""


def _urls_of_links(page: Page, first: str) -> Iterator[str]:
    for anchor in page.tree.css("a[href]") if _may_be_numbered(page.html, first) else ():
        if _is_pager_word(anchor.text()):
            url = _leads_to(anchor, page.url)
            if url and page_number(url, first):
                yield url


def _may_be_numbered(html: str, first: str) -> bool:
    """Return whether a page holds anything that `page_number` may read: most hold nothing."""
    stem = _stem_and_ending(urlsplit(first).path)[0].rpartition("/")[2]
    after = html.split(stem)[1:] if stem else ()
    return any(map(_NUMBERED.match, after)) or bool(_NUMBERED_QUERY.search(html))


@lru_cache(_TEXTS)
def _is_pager_word(text: str) -> bool:
    return bool(_PAGER_WORD.fullmatch(squashed(text)))


def _leads_to(anchor: LexborNode, base: str) -> str | None:
    """Return the address of another page; None for a place within this one."""
    href = (anchor.attributes.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        return urldefrag(urljoin(base, href)).url
    except ValueError:  # http://[ is no URL
        return None


def _number_in_query(query: str, first_query: str) -> int | None:
    """Return the number of a page whose query alone differs from the first's; None for that."""
    pairs = parse_qsl(query)
    numbers = [value for name, value in pairs if name.lower() in _NUMBER_KEYS]
    is_same = _unnumbered(pairs) == _unnumbered(parse_qsl(first_query))
    if not is_same or len(numbers) != 1 or not re.fullmatch(r"\d{1,3}", numbers[0]):
        return None
    return int(numbers[0]) if int(numbers[0]) > 1 else None


def _unnumbered(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for pair in pairs if pair[0].lower() not in _NUMBER_KEYS]
