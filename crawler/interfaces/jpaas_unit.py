"""jpaas (大汉 publish server), which miit, mohurd, samr, Huzhou and Zhoushan run.

A script element of the page names the part of the page that it fills: url="…/page/build/unit"
queryData="{'webId':…,'tplSetId':…,'tagId':…,'pageId':…}". The answer is JSON with its HTML.
"""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from selectolax.lexbor import LexborHTMLParser

from crawler.interfaces.answer_values import (
    count_of,
    object_of,
    read_json,
    refuse_error,
)
from crawler.interfaces.fragment import parse_fragment, rows_in
from crawler.interfaces.interface import (
    Interface,
    InterfaceRequest,
    InterfaceRows,
    Parameters,
    UnexpectedAnswerError,
)
from crawler.interfaces.page_scripts import own_url, pairs_in, parse_page

_UNIT = re.compile(r"/front/page/build/unit\b")
_SENT = ("parseType", "webId", "tplSetId", "pageType", "tagId", "editType", "pageId")
_PAGE_SIZE = 15
# Parts of a page that are no list, by the names that their templates give them.
_NO_LIST = re.compile(
    r"导航|菜单|位置|栏目名|[头尾底]部|页[头脚尾]|轮播|友情|banner|nav|menu|head|foot",
    re.IGNORECASE,
)


def _candidates(html: str, page_url: str) -> tuple[Parameters, ...]:
    if "queryData" not in html and "querydata" not in html:
        return ()
    tree = parse_page(html)
    size = _counts(tree)[1] or _PAGE_SIZE
    return tuple(_units(tree, page_url, size))


def _units(tree: LexborHTMLParser, page_url: str, size: int) -> Iterator[Parameters]:
    for script in tree.css("script"):
        given = {name.lower(): value or "" for name, value in script.attributes.items()}
        values = dict(pairs_in(given.get("querydata", "")))
        url = own_url(given.get("url", ""), page_url) if given.get("url") else None
        if url is None or not _UNIT.search(url) or not values.get("pageId"):
            continue
        if not _NO_LIST.search(values.get("tagId", "")):
            sent = tuple((name, values[name]) for name in _SENT if name in values)
            sign = f"build/unit: pageId {values['pageId']}, tagId {values.get('tagId', '')}"
            yield Parameters(page_url, sign, url, sent, size)


def _request(parameters: Parameters, number: int) -> InterfaceRequest:
    page = {"pageNo": number, "pageSize": parameters.page_size}
    sent = (*parameters.values, ("paramJson", json.dumps(page, separators=(",", ":"))))
    url = f"{parameters.url}?{urlencode(sent, quote_via=quote)}"
    return InterfaceRequest("GET", url, headers=(parameters.referer,))


def _read(text: str, parameters: Parameters) -> InterfaceRows:
    answer = read_json(text, "a part of a page")
    refuse_error(answer)
    html = object_of(answer.get("data")).get("html")
    if not isinstance(html, str):
        raise UnexpectedAnswerError("data.html", text)
    tree = parse_fragment(html)
    total, size = _counts(tree)
    pages = -(-total // size) if total is not None and size else None
    return InterfaceRows(rows_in([html], parameters.page_url), total, pages)


def _counts(tree: LexborHTMLParser) -> tuple[int | None, int | None]:
    """Return how many rows there are, and how many a page has, by the pager's attributes."""
    for node in tree.css("[count], [querydata]"):
        given = {name.lower(): value or "" for name, value in node.attributes.items()}
        given |= {name.lower(): value for name, value in pairs_in(given.get("querydata", ""))}
        if (total := count_of(given.get("count"))) is not None and "rows" in given:
            return total, count_of(given["rows"]) or None
    return None, None


JPAAS = Interface("jpaas", ("/page/build/unit",), _candidates, _request, _read)
