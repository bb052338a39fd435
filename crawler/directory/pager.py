"""The pager of a directory's page: how many pages there are, and where the others stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from crawler.directory.pager_links import LinkForm, linked_form, read_links
from letters.urls import is_same_site

# TRS: createPage(34, 0, "index", "html") and createPageHTML(50, 0, "index", "shtml"), at times
# commented out. UCAP puts the element's id first and counts from one; its last number is that
# of the rows: createPageHTML('page_div',10, 1,'list','shtml',189), whose page 2 is list_2.shtml
_CALL = re.compile(
    r"createPage(?:HTML)?\(\s*(?P<id>[\"'][A-Za-z_][\w-]*[\"']\s*,\s*)?"
    r"[\"']?(?P<pages>\d{1,9})[\"']?\s*,\s*[\"']?(?P<current>\d{1,9})[\"']?\s*,"
    r"\s*[\"'](?P<name>[\w./-]+)[\"']\s*,\s*[\"']\.?(?P<ending>s?html?)[\"']"
    r"(?:\s*,\s*[\"']?(?P<records>\d{1,9})[\"']?\s*\))?"
)
_COUNT = re.compile(r"\bcountPage\s*=\s*[\"']?(\d{1,9})")
# Not the // of a URL, and not a URL's without a scheme; <!-- begins a comment of a script too.
_REMARK = re.compile(r"/\*.*?(?:\*/|\Z)|(?:(?<![:\"'])//|<!--)[^\n]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pager:
    """What a page's pager says; None where it does not say."""

    pages: int | None = None
    current: int | None = None  # which page it says it stands on; the first is 0
    form: LinkForm | None = None  # as far as the first page of a directory tells
    links: tuple[str, ...] = ()  # where 下一页, 尾页 and the numbers lead
    records: int | None = None  # how many rows the directory has


def read_pager(
    tree: LexborHTMLParser, html: str, scripts: Sequence[str], base: str, said: int | None
) -> Pager:
    """Return the pager of a page whose links are relative to `base`.

    `said` is how many pages it says in words. What is live goes before what stands in a
    comment: templates keep their old pagers there.
    """
    live = without_remarks("\n".join(scripts))
    links = tuple(dict.fromkeys(read_links(tree, base)))
    form = linked_form(links)
    pager = _called(live, live, base, said)
    if pager is None and _COUNT.search(live):
        pager = _called(live, html, base, said) or _counted(live, base, said)
    if pager is None and not links:
        pager = _called(html, html, base, None) or _counted(html, base, None)
        pager = replace(pager, pages=said) if pager and said else pager
    leads = tuple(link.url for link in links)
    if pager:
        return Pager(pager.pages, pager.current, pager.form, leads, pager.records)
    return Pager(said, None, form, leads)


def without_remarks(script: str) -> str:
    """Return a script without its remarks: templates keep their old pagers there."""
    return _REMARK.sub("", script)


def _called(live: str, text: str, base: str, said: int | None) -> Pager | None:
    """Return the pager of the call in `text`; `live` may count its pages by a variable."""
    calls = list(_CALL.finditer(text))
    call = max(calls, key=lambda each: int(each["pages"]), default=None)
    if call is None or not is_same_site(urljoin(base, call["name"]), base):
        return None
    count = _COUNT.search(live)
    # A call that is not live tells the names; how many pages there are is what is live.
    told = [int(call["pages"])] if live == text or count is None else []
    told += [int(count[1])] if count else []
    first = 1 if call["id"] else 0
    form = LinkForm(f"{urljoin(base, call['name'])}_", f".{call['ending']}", first + 1)
    records = int(call["records"]) if call["id"] and call["records"] else None
    return Pager(max([*told, said or 0]), int(call["current"]) - first, form, (), records)


def _counted(text: str, base: str, said: int | None) -> Pager | None:
    count = _COUNT.search(text)
    if count is None:
        return None
    form = LinkForm(urljoin(base, "index_"), ".html", 1)
    return Pager(max(int(count[1]), said or 0), None, form)
