"""fjdzapp (福建), which Fujian's bodies run on TRS WCM: a channel's documents as JSON, by POST.

The page has the first rows and some static pages; its scripts name the search (`channelid`, which
may be a variable of the site) and the channel (`classsql`, such as chnlid=625).
"""

import re
from urllib.parse import urlencode

from crawler.interfaces.answer_values import (
    check_channel,
    count_of,
    date_of,
    first_count,
    link_of,
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

_URL = re.compile(r"[\"']((?:https?://[\w.:-]+)?/[\w/-]*fjdzapp/search)[\"']")
_CHANNEL = re.compile(r"\s*chnlid\s*=\s*[\"']?(\d{1,9})")
_PAGE_SIZE = 75  # what the sites' own scripts ask for


def _candidates(html: str, page_url: str) -> tuple[Parameters, ...]:
    if "fjdzapp/search" not in html:
        return ()
    script = live_scripts(parse_page(html))
    named = _URL.search(script)
    url = own_url(named[1], page_url) if named else None
    search, channel = _value(script, "channelid"), _value(script, "classsql")
    if url is None or not search.isdecimal() or not _CHANNEL.match(channel):
        return ()
    order = _value(script, "sortfield") or "-docorderpri,-docreltime"
    values = (
        *(("channelid", search), ("sortfield", order), ("classsql", channel)),
        *(("classcol", "publishyear"), ("classnum", "100"), ("classsort", "0")),
        ("cache", "true"),
    )
    sign = f"fjdzapp/search: channelid {search}, {channel}"
    total = count_of(value_in(script, "recordCount"))
    return (Parameters(page_url, sign, url, values, _PAGE_SIZE, total),)


def _value(script: str, name: str) -> str:
    """Return the value of a name; where that is a variable of an object, the variable's."""
    value = value_in(script, name) or ""
    if re.fullmatch(r"[A-Za-z_]\w*\.\w+", value):
        own = value.rpartition(".")[2]
        values = (each for each in _values_of(script, own) if each != value and "." not in each)
        return next(values, "")
    return value


def _values_of(script: str, name: str) -> list[str]:
    """Return all values that a script gives a name: an object's variable may be set anywhere."""
    places = (match.start() for match in re.finditer(rf"\b{re.escape(name)}\b", script))
    return [value for place in places if (value := value_in(script[place : place + 300], name))]


def _request(parameters: Parameters, number: int) -> InterfaceRequest:
    form = (*parameters.values, ("page", str(number)), ("prepage", str(parameters.page_size)))
    headers = (
        ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
        parameters.referer,
        ("X-Requested-With", "XMLHttpRequest"),
    )
    return InterfaceRequest("POST", parameters.url, urlencode(form), headers)


def _read(text: str, parameters: Parameters) -> InterfaceRows:
    answer = read_json(text, "a search")
    refuse_error(answer)
    documents = objects_of(answer.get("data", answer.get("docs")), "data")
    if channel := _CHANNEL.match(parameters.value("classsql")):
        check_channel(channel[1], [each.get("chnlid") for each in documents], "channel")
    rows = (
        InterfaceRow(
            title=text_of(each.get("doctitle")),
            url=link_of(each.get("docpuburl") or each.get("chnldocurl"), parameters.page_url),
            listed_on=date_of(each.get("docreltime"), each.get("docpubtime")),
        )
        for each in documents
    )
    total = first_count(answer.get("recordCount"), answer.get("count"), answer.get("total"))
    return InterfaceRows(tuple(rows), total, count_of(answer.get("pageCount")))


FUJIAN = Interface("fujian", ("fjdzapp/search",), _candidates, _request, _read)
