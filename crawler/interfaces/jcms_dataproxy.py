"""jpage (大汉 jcms), which Jiangsu, Zhejiang and Shandong run: a data store, page by page.

The page calls jpage with `proxyUrl` and `ajaxParam`, which are posted; or its own data store holds
the first rows and, in `<nextgroup>`, the URL of those that follow.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.interfaces.answer_values import check_channel, count_of
from crawler.interfaces.answer_xml import DataStore, read_data_store
from crawler.interfaces.fragment import parse_fragment, rows_in
from crawler.interfaces.interface import (
    Interface,
    InterfaceRequest,
    InterfaceRows,
    Parameters,
    UnexpectedAnswerError,
)
from crawler.interfaces.page_scripts import (
    live_scripts,
    objects_after,
    own_url,
    pairs_in,
    parse_page,
    value_in,
)

_PROXY = re.compile(r"/dataproxy\.jsp", re.IGNORECASE)
_JPAGE = re.compile(r"\.jpage\(\s*\{")
_PER_PAGE, _GROUP = 15, 3  # of jpage, where a call does not say
_FORM = (("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),)


def _posted(html: str, page_url: str) -> tuple[Parameters, ...]:
    if not _PROXY.search(html):
        return ()
    tree = parse_page(html)
    script = live_scripts(tree)
    calls = objects_after(script, _JPAGE)
    return tuple(each for call in calls if (each := _of_call(call, script, page_url)))


def _of_call(call: str, script: str, page_url: str) -> Parameters | None:
    """Return what a call of jpage says; its parameters may be in a variable beside it."""
    proxy = value_in(call, "proxyUrl") or ""
    url = own_url(proxy, page_url) if _PROXY.search(proxy) else None
    values = _ajax_values(call, script)
    if url is None or not dict(values).get("unitid"):
        return None
    per_page = count_of(value_in(call, "perPage")) or _PER_PAGE
    group = count_of(value_in(call, "groupSize")) or _GROUP
    total = count_of(value_in(call, "totalRecord"))
    sign = f"jpage: {proxy}, unitid {dict(values)['unitid']}"
    sized = (("perpage", str(per_page)), *values)
    return Parameters(page_url, sign, url, sized, per_page * group, total)


def _ajax_values(call: str, script: str) -> tuple[tuple[str, str], ...]:
    for written in objects_after(call, re.compile(r"\bajaxParam\s*:\s*\{")):
        return pairs_in(written)
    name = value_in(call, "ajaxParam")
    variable = re.compile(rf"\b{re.escape(name)}\s*=\s*\{{") if name else None
    written = next(objects_after(script, variable), "") if variable else ""
    return pairs_in(written)


def _post(parameters: Parameters, number: int) -> InterfaceRequest:
    first = (number - 1) * parameters.page_size + 1
    last = first + parameters.page_size - 1
    per_page = parameters.value("perpage")
    sent = {"startrecord": str(first), "endrecord": str(last), "perpage": per_page}
    form = [pair for pair in parameters.values if pair[0] != "perpage"]
    headers = (*_FORM, parameters.referer)
    return InterfaceRequest(
        "POST", f"{parameters.url}?{urlencode(sent)}", urlencode(form), headers
    )


def _read(text: str, parameters: Parameters) -> InterfaceRows:
    store = read_data_store(text)
    _check_group(store, parameters)
    return InterfaceRows(rows_in(store.records, parameters.page_url), store.total)


def _check_group(store: DataStore, parameters: Parameters) -> None:
    """Raise UnexpectedAnswerError where the rows that follow are another unit's or column's."""
    given = dict(_group_values(store.next_group))
    for name in ("columnid", "unitid"):
        if given and (expected := parameters.value(name)):
            check_channel(expected, [given.get(name)], name)


def _group_values(link: str | None) -> list[tuple[str, str]]:
    url = _href(link) if link else None
    return parse_qsl(urlsplit(url).query, keep_blank_values=True) if url else []


def _href(link: str) -> str | None:
    anchor = parse_fragment(link).css_first("a[href]")
    return anchor.attributes.get("href") if anchor is not None else link.strip() or None


def _grouped(html: str, page_url: str) -> tuple[Parameters, ...]:
    if not _PROXY.search(html) or "<nextgroup" not in html.lower():
        return ()
    tree = parse_page(html)
    script = live_scripts(tree)
    groups = _groups(tree, page_url)
    totals = ((each, _total_of(each.value("unitid"), script)) for each in groups)
    return tuple(replace(each, total=each.total or total) for each, total in totals)


def _total_of(unit: str, script: str) -> int | None:
    """Return how many rows the call of jpage for a unit says there are."""
    call = re.compile(rf"#{re.escape(unit)}[\"']\s*\)\s*\.jpage\(\s*\{{")
    return count_of(value_in(next(objects_after(script, call), ""), "totalRecord"))


def _groups(tree: LexborHTMLParser, page_url: str) -> Iterator[Parameters]:
    for script in tree.css("script"):
        if "xml" not in (script.attributes.get("type") or ""):
            continue
        text = script.text()
        try:
            store = read_data_store(text)
            href = _href(store.next_group) if store.next_group else None
        except UnexpectedAnswerError:
            continue
        url = own_url(href, page_url) if href else None
        if url is not None and _PROXY.search(url):
            parts = urlsplit(url)
            values = tuple(parse_qsl(parts.query, keep_blank_values=True))
            bare = urlunsplit(parts._replace(query=""))
            sign = f"nextgroup: unitid {dict(values).get('unitid', '')}"
            size = max(len(store.records), 1)
            yield Parameters(page_url, sign, bare, values, size, store.total, text)


def _get(parameters: Parameters, number: int) -> InterfaceRequest:
    """Return the request for a group: the page holds the first and names the second."""
    follows = count_of(parameters.value("page")) or 0
    sent = [
        (name, str(follows + number - 2)) if name == "page" else (name, value)
        for name, value in parameters.values
    ]
    url = f"{parameters.url}?{urlencode(sent)}"
    return InterfaceRequest("GET", url, headers=(parameters.referer,))


JCMS_POSTED = Interface(
    "jcms-dataproxy", ("dataproxy.jsp",), _posted, _post, _read, is_by_record=True
)
JCMS_GROUPS = Interface("jcms-nextgroup", ("<nextgroup",), _grouped, _get, _read, first_request=2)
