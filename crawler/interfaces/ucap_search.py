"""UCAP (开普) search, which Gansu, Heilongjiang, csrc and nhc run: a channel's documents as JSON.

The page names the URL with the channel's 32 digits, `/common/search/<channel>?_isAgg=true&…`,
or puts it together with a variable that holds them.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

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
from crawler.interfaces.page_scripts import own_url, value_in

_SEARCH = r"[\"'`](?P<path>[\w/.:-]{0,200}/(?:common/)?search(?:List)?/)"
_WHOLE = re.compile(rf"{_SEARCH}(?P<channel>[0-9a-f]{{32}})(?P<query>\?[\w=&;%.-]*)?")
_JOINED = re.compile(rf"{_SEARCH}(?:[\"']\s*\+|\$\{{)\s*(?P<variable>[A-Za-z_$][\w$]{{0,40}})?")
_DIGITS = re.compile(r"[0-9a-f]{32}")
_CHANNEL = re.compile(
    r"channel_?id[\"']?\s*(?:[:=]|value=|content=)\s*[\"']?(?P<channel>[0-9a-f]{32})\b"
    r"|id=[\"']channel_?id[\"'][^>]{0,80}value=[\"'](?P<input>[0-9a-f]{32})[\"']",
    re.IGNORECASE,
)
_PAGE_SIZE = "20"
_SENT = (
    *(("_isAgg", "true"), ("_isJson", "true"), ("_pageSize", _PAGE_SIZE)),
    *(("_template", "index"), ("_rangeTimeGte", ""), ("_channelName", "")),
)


def _candidates(html: str, page_url: str) -> tuple[Parameters, ...]:
    html = re.sub(r"<!--.*?(?:-->|\Z)", "", html, flags=re.DOTALL)
    found = dict.fromkeys([*_whole(html), *_joined(html)])
    made = (_parameters(path, query, channel, page_url) for path, channel, query in found)
    return tuple(each for each in made if each is not None)


def _whole(html: str) -> Iterator[tuple[str, str, str]]:
    for match in _WHOLE.finditer(html):
        yield match["path"], match["channel"], match["query"] or ""


def _joined(html: str) -> Iterator[tuple[str, str, str]]:
    if joined := _JOINED.search(html):
        given = value_in(html, joined["variable"]) if joined["variable"] else None
        if given and _DIGITS.fullmatch(given):
            yield joined["path"], given, ""
        for match in _CHANNEL.finditer(html):
            yield joined["path"], match["channel"] or match["input"], ""


def _parameters(path: str, query: str, channel: str, page_url: str) -> Parameters | None:
    url = own_url(f"{path}{channel}", page_url)
    if url is None:
        return None
    written = parse_qsl(query.lstrip("?").replace("&amp;", "&"), keep_blank_values=True)
    given = dict(written) if "_isJson" in dict(written) else {}
    values = {**dict(_SENT), **given, "_isJson": "true"}
    values.pop("page", None)
    size = count_of(values["_pageSize"]) or int(_PAGE_SIZE)
    return Parameters(page_url, f"{path}{channel}", url, tuple(values.items()), size)


def _request(parameters: Parameters, number: int) -> InterfaceRequest:
    sent = (*parameters.values, ("page", str(number)))
    url = f"{parameters.url}?{urlencode(sent)}"
    return InterfaceRequest("GET", url, headers=(parameters.referer,))


def _read(text: str, parameters: Parameters) -> InterfaceRows:
    answer = read_json(text, "a search")
    refuse_error(answer)
    found = object_of(answer.get("data", answer))
    results = objects_of(found.get("results"), "data.results")
    channel = urlsplit(parameters.url).path.rpartition("/")[2]
    check_channel(channel, [found.get("channelId")], "channel")
    rows = (
        InterfaceRow(
            title=text_of(each.get("title")),
            url=link_of(each.get("url"), parameters.page_url),
            listed_on=date_of(
                each.get("publishedTimeStr"), each.get("publishedTime"), each.get("publishTime")
            ),
        )
        for each in results
    )
    total = first_count(found.get("total"), found.get("totalCount"))
    return InterfaceRows(tuple(rows), total)


UCAP_SEARCH = Interface(
    "ucap-search", ("/common/search/", "/searchlist/", "_isjson="), _candidates, _request, _read
)
