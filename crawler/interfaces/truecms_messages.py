"""TrueCMS, which Nantong and Lianyungang run: a data store within JSON, at times in a callback.

The page holds the first rows in `#initData` and calls jpage with `proxyUrl` and the column's id.
A request for more rows than some pages hold is answered with none.
"""

import re
from urllib.parse import urlencode

from crawler.interfaces.answer_values import check_channel, count_of, read_json, refuse_error
from crawler.interfaces.answer_xml import read_data_store
from crawler.interfaces.fragment import rows_in
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
    parse_page,
    value_in,
)

_PROXY = re.compile(r"/messageController/getMessage\.do", re.IGNORECASE)
_JPAGE = re.compile(r"\.jpage\(\s*\{")
_ADDRESS = re.compile(r"[\"'`]([\w/.:-]{0,200}/messageController/getMessage\.do)", re.IGNORECASE)
# A column's id holds a digit; what holds none is the name of a variable.
_COLUMN = re.compile(
    r"\bcolumnId[\"']?\s*[:=]\s*[\"']?(?=[\w-]{0,63}\d)([\w-]{1,64})", re.IGNORECASE
)
_PER_PAGE, _GROUP = 10, 3  # where a call does not say
_LARGEST = 60  # rows that are asked for at once


def _candidates(html: str, page_url: str) -> tuple[Parameters, ...]:
    if not _PROXY.search(html):
        return ()
    script = live_scripts(parse_page(html))
    calls = objects_after(script, _JPAGE)
    called = tuple(each for call in calls if (each := _of_call(call, page_url)))
    return called or _of_script(script, page_url)


def _of_script(script: str, page_url: str) -> tuple[Parameters, ...]:
    """Return the list of a page that calls no jpage: the one column that its script names."""
    named = _ADDRESS.search(script)
    columns = {match[1] for match in _COLUMN.finditer(script)}
    url = own_url(named[1], page_url) if named else None
    if url is None or len(columns) != 1:
        return ()
    (column,) = columns
    per_page = min(count_of(value_in(script, "perpage")) or _PER_PAGE, _LARGEST)
    return (_parameters(script, column, url, page_url, (per_page, per_page)),)


def _of_call(call: str, page_url: str) -> Parameters | None:
    proxy, column = value_in(call, "proxyUrl") or "", value_in(call, "columnId")
    url = own_url(proxy, page_url) if _PROXY.search(proxy) else None
    if url is None or not column:
        return None
    per_page = min(count_of(value_in(call, "perPage")) or _PER_PAGE, _LARGEST)
    group = count_of(value_in(call, "groupSize")) or _GROUP
    size = per_page * max(min(group, _LARGEST // per_page), 1)
    return _parameters(call, column, url, page_url, (per_page, size))


def _parameters(
    call: str, column: str, url: str, page_url: str, sizes: tuple[int, int]
) -> Parameters:
    """Return the parameters of a call; `sizes` are rows of a page, and asked for at once."""
    per_page, size = sizes
    callback = (value_in(call, "dataType") or "").lower() == "jsonp"
    values = [("perpage", str(per_page)), ("contentTemplate", ""), ("columnId", column)]
    values += [("callback", "jpage")] if callback else []
    total = count_of(value_in(call, "totalRecord"))
    return Parameters(page_url, f"getMessage.do: {column}", url, tuple(values), size, total)


def _request(parameters: Parameters, number: int) -> InterfaceRequest:
    first = (number - 1) * parameters.page_size + 1
    last = first + parameters.page_size - 1
    sent = (("startrecord", str(first)), ("endrecord", str(last)), *parameters.values)
    headers = (parameters.referer, ("X-Requested-With", "XMLHttpRequest"))
    return InterfaceRequest("GET", f"{parameters.url}?{urlencode(sent)}", headers=headers)


def _read(text: str, parameters: Parameters) -> InterfaceRows:
    answer = read_json(text, "a data store")
    refuse_error(answer)
    check_channel(parameters.value("columnId"), [answer.get("columnId")], "column")
    result = answer.get("result")
    if not isinstance(result, str):
        raise UnexpectedAnswerError("result", text)
    if not result.strip():  # what it answers where it has no row
        return InterfaceRows((), None)
    store = read_data_store(result)
    return InterfaceRows(rows_in(store.records, parameters.page_url), store.total)


TRUECMS = Interface("truecms", ("getmessage.do",), _candidates, _request, _read, is_by_record=True)
