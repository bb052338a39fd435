"""gkmlpt (政府信息公开平台), which all of Guangdong runs: a column's articles as JSON, 100 a page.

The page is an application, the same for all columns: its URL names the column behind `#`, the page
the site's number (SID). `total` counts what is listed, `post_count` what the column ever had.
"""

import re
from urllib.parse import urlsplit

from crawler.interfaces.answer_values import (
    check_channel,
    count_of,
    date_of,
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
from crawler.interfaces.page_scripts import own_url

_SID = re.compile(r"\bSID[\"']?\s*[:=]\s*[\"']?(\d{1,12})\b", re.IGNORECASE)
_COLUMN = re.compile(
    r"\b(?:column|category|classify|cate)(?:_?id)?[\"']?\s*[:=]\s*[\"']?(\d{1,9})\b", re.IGNORECASE
)
_PAGE_SIZE = 100


def _candidates(html: str, page_url: str) -> tuple[Parameters, ...]:
    parts = urlsplit(page_url)
    folder, is_platform, _ = parts.path.partition("/gkmlpt")
    sid = _SID.search(html)
    if not is_platform or sid is None:
        return ()
    column = re.match(r"/?(\d{1,9})\b", parts.fragment) or _COLUMN.search(html)
    url = own_url(f"{folder}/gkmlpt/api/all/{column[1]}", page_url) if column else None
    if column is None or url is None:
        return ()
    values = (("column", column[1]), ("sid", sid[1]))
    sign = f"gkmlpt: column {column[1]}, SID {sid[1]}"
    return (Parameters(page_url, sign, url, values, _PAGE_SIZE),)


def _request(parameters: Parameters, number: int) -> InterfaceRequest:
    url = f"{parameters.url}?page={number}&sid={parameters.value('sid')}"
    return InterfaceRequest("GET", url, headers=(parameters.referer,))


def _read(text: str, parameters: Parameters) -> InterfaceRows:
    answer = read_json(text, "a column")
    refuse_error(answer)
    column = object_of(answer.get("classify"))
    check_channel(parameters.value("column"), [column.get("id")], "column")
    rows = (
        InterfaceRow(
            title=text_of(each.get("title")),
            url=link_of(each.get("url") or each.get("post_url"), parameters.page_url),
            listed_on=date_of(
                each.get("date"), each.get("display_publish_time"), each.get("create_time")
            ),
            is_elsewhere=text_of(each.get("type")) == "url",
        )
        for each in objects_of(answer.get("articles"), "articles")
    )
    return InterfaceRows(
        tuple(rows),
        total=count_of(answer.get("total")),
        other_total=count_of(column.get("post_count")),
    )


GKMLPT = Interface("gkmlpt", ("gkmlpt",), _candidates, _request, _read)
