"""ylcms, which Zhangzhou and its counties run: further pages under a URL of their own.

The first page has rows and no link to the second; its meta tag `siteIdMeta` is the number under
which /cms/sitemanage/index.shtml?siteId=…&page=N has them all.
"""

import re
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser

from crawler.interfaces.answer_values import check_channel
from crawler.interfaces.fragment import rows_of_items
from crawler.interfaces.interface import (
    Interface,
    InterfaceRequest,
    InterfaceRows,
    Parameters,
    UnexpectedAnswerError,
)
from crawler.interfaces.page_scripts import own_url, parse_page
from letters.text import squashed

_PAGES = re.compile(r"共(?:有|计)?(\d{1,6})页|(?<!\d)\d{1,6}/(\d{1,6})页")
_ROWS = re.compile(r"共(?:有|计)?(\d{1,9})[条篇]")
_PAGE_SIZE = 20


def _candidates(html: str, page_url: str) -> tuple[Parameters, ...]:
    if "siteIdMeta" not in html:
        return ()
    tree = parse_page(html)
    url = own_url("/cms/sitemanage/index.shtml", page_url)
    site = _site_of(tree)
    if not site or url is None or tree.css_first("#resources") is None:
        return ()
    size = len(tree.css("#resources > li")) or _PAGE_SIZE
    sign = f"siteIdMeta {site}, ul#resources"
    return (Parameters(page_url, sign, url, (("siteId", site),), size),)


def _site_of(tree: LexborHTMLParser) -> str:
    meta = tree.css_first("meta[name=siteIdMeta]")
    return (meta.attributes.get("content") or "").strip() if meta is not None else ""


def _request(parameters: Parameters, number: int) -> InterfaceRequest:
    sent = urlencode((*parameters.values, ("page", str(number))))
    headers = (parameters.referer,)
    return InterfaceRequest("GET", f"{parameters.url}?{sent}", headers=headers)


def _read(text: str, parameters: Parameters) -> InterfaceRows:
    tree = parse_page(text)
    rows = tree.css_first("#resources")
    if rows is None:
        raise UnexpectedAnswerError("a page with ul#resources", text)
    check_channel(parameters.value("siteId"), [_site_of(tree)], "site")
    tree.strip_tags(["script", "style"])
    words = squashed(tree.body.text()) if tree.body is not None else ""
    total, pages = _ROWS.search(words), _PAGES.search(words)
    return InterfaceRows(
        rows_of_items(tree.css("#resources > li"), parameters.page_url),
        total=int(total[1]) if total else None,
        pages=int(pages[1] or pages[2]) if pages else None,
    )


ZHANGZHOU = Interface("zhangzhou", ("siteidmeta",), _candidates, _request, _read)
