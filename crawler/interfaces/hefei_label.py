"""Label 8888 (合肥龙讯), which Hefei and most of Anhui run: a catalogue's documents as JSON.

The page names the label's URL, and its parameters in a query, in an object of a script, in its
own URL (/public/column/<organ>?catId=…) or in a meta tag (SiteId).
"""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.interfaces.answer_values import (
    check_channel,
    count_of,
    date_of,
    first_count,
    link_of,
    object_of,
    objects_of,
    read_json,
    refuse_error,
    text_of,
)
from crawler.interfaces.interface import (
    Interface,
    InterfaceRequest,
    InterfaceRow,
    InterfaceRows,
    Parameters,
)
from crawler.interfaces.page_scripts import live_scripts, own_url, parse_page, value_in

_URL = re.compile(r"[\"'`](?P<path>[\w/.:-]{0,200}/site/label/8888)(?P<query>\?[^\"'\s<>]*)?")
# What joins two parts of a URL in a script: '…&pageIndex=' + page + '&catId=…'.
_JOINED = re.compile(r"[\"']\s*\+\s*[\w.$]{1,40}\s*\+\s*[\"']")
_ORGAN = re.compile(r"/public/column/(\d+)")
_PAGE_SIZE = 15


def _candidates(html: str, page_url: str) -> tuple[Parameters, ...]:
    if "/site/label/8888" not in html or "publicInfoList" not in html:
        return ()
    tree = parse_page(html)
    script = _JOINED.sub("", live_scripts(tree))
    of_page = {**_in_script(script), **_of_page(tree, page_url)}
    made = (_of_call(match, of_page, page_url) for match in _URL.finditer(script))
    lists = {each.sign: each for each in made if each is not None}
    return tuple(lists.values())


def _of_call(call: re.Match[str], of_page: Mapping[str, str], page_url: str) -> Parameters | None:
    """Return the list that a call of the label fills; what it does not say the page does."""
    url = own_url(call["path"], page_url)
    query = dict(parse_qsl((call["query"] or "").lstrip("?").replace("&amp;", "&")))
    given = {**of_page, **query}
    if url is None or not all(given.get(name) for name in ("siteId", "organId", "catId")):
        return None
    size = count_of(given.get("pageSize")) or _PAGE_SIZE
    values = tuple((name, given[name]) for name in ("siteId", "organId", "catId"))
    sign = f"label 8888: organId {given['organId']}, catId {given['catId']}"
    kind = (("type", given.get("type") or "4"),)
    return Parameters(page_url, sign, url, (*values, *kind), size)


def _in_script(script: str) -> dict[str, str]:
    names = ("siteId", "organId", "catId", "pageSize", "type")
    values = {name: value_in(script, name) or "" for name in names}
    return {name: value for name, value in values.items() if value.isdecimal()}


def _of_page(tree: LexborHTMLParser, page_url: str) -> dict[str, str]:
    """Return what the page's own URL and its meta tags say."""
    parts = urlsplit(page_url)
    query = dict(parse_qsl(parts.query))
    organ = _ORGAN.search(parts.path)
    meta = tree.css_first("meta[name=SiteId], meta[name=siteId], meta[name=siteid]")
    site = meta.attributes.get("content") if meta is not None else None
    found = {
        "siteId": site,
        "organId": organ[1] if organ else None,
        "catId": query.get("catId"),
        "type": query.get("type"),
    }
    return {name: value for name, value in found.items() if value}


def _request(parameters: Parameters, number: int) -> InterfaceRequest:
    sent = (
        *(("labelName", "publicInfoList"), ("siteId", parameters.value("siteId"))),
        *(("organId", parameters.value("organId")), ("pageSize", str(parameters.page_size))),
        *(("pageIndex", str(number)), ("isDate", "true"), ("dateFormat", "yyyy-MM-dd")),
        *(("type", parameters.value("type")), ("action", "list"), ("isJson", "true")),
        ("catId", parameters.value("catId")),
    )
    headers = (parameters.referer,)
    return InterfaceRequest("GET", f"{parameters.url}?{urlencode(sent)}", headers=headers)


def _read(text: str, parameters: Parameters) -> InterfaceRows:
    answer = read_json(text, "a catalogue")
    refuse_error(answer)
    inner = object_of(answer.get("data"))  # some sites put the page of rows one level deeper
    documents = objects_of(inner.get("data") if inner else answer.get("data"), "data")
    catalogues = [each.get("catId") for each in documents]
    check_channel(parameters.value("catId"), catalogues, "catalogue")
    rows = (
        InterfaceRow(
            title=text_of(each.get("title")),
            url=link_of(each.get("link"), parameters.page_url),
            listed_on=date_of(each.get("publishDate"), each.get("createDate")),
        )
        for each in documents
    )
    counts = {**answer, **inner}
    total = first_count(counts.get("total"), counts.get("totalCount"))
    return InterfaceRows(tuple(rows), total, count_of(counts.get("pageCount")))


HEFEI = Interface("hefei", ("/site/label/8888",), _candidates, _request, _read)
