"""What a URL says by itself: which page it is, and when it was made."""

import re
from datetime import date
from urllib.parse import urlsplit

# TRS WCM names a page t20220526_10749853.html: the day the document was made, and its id.
PAGE = re.compile(r"(?:^|/)t(?P<date>\d{8})_(?P<docid>\d+)(?:_wap)?\.s?html?$", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|aspx?)$", re.IGNORECASE)
# Hanweb jcms: /art/2016/11/22/art_1621004_30332664.html
_JCMS = re.compile(r"/art/(\d{4})/(\d{1,2})/(\d{1,2})/art_")


def url_key(url: str) -> str:
    """Return what makes `url` the same page: host and path.

    Scheme, query, fragment, index page and the `_wap` of the mobile twin are removed.

    >>> url_key("https://fzggw.cq.gov.cn/a/202205/t20220526_107_wap.html?from=wx")
    'fzggw.cq.gov.cn/a/202205/t20220526_107.html'
    """
    parts = urlsplit(url)
    path = _INDEX.sub("/", parts.path or "/")
    path = re.sub(r"_wap(?=\.s?html?$)", "", path, flags=re.IGNORECASE)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, default) else f":{parts.port}"
    return f"{parts.hostname or ''}{port}{path}"


def document_id(url: str) -> str | None:
    """Return the id that TRS WCM gives a document, which its URL holds, or None.

    >>> document_id("https://fzggw.cq.gov.cn/a/202205/t20220526_107_wap.html")
    '107'
    """
    found = PAGE.search(urlsplit(url).path)
    return found["docid"] if found else None


def is_same_site(url: str, other: str) -> bool:
    """Tell whether two URLs are of one site: the same host, at the same port or both at a default.

    >>> is_same_site("http://fzggw.cq.gov.cn/a", "https://fzggw.cq.gov.cn/b")
    True
    >>> is_same_site("http://127.0.0.1:8000/", "http://127.0.0.1:9000/")
    False
    """
    return _site(url) == _site(other)


def _site(url: str) -> tuple[str | None, int]:
    parts = urlsplit(url)
    return parts.hostname, parts.port if parts.port not in (None, 443) else 80


def url_dated_on(url: str) -> date | None:
    """Return the date that stands in a page's URL, or None.

    >>> url_dated_on("https://fzggw.cq.gov.cn/a/202205/t20220526_10749853.html")
    datetime.date(2022, 5, 26)
    """
    path = urlsplit(url).path
    if found := PAGE.search(path):
        digits = found["date"]
        parts = digits[:4], digits[4:6], digits[6:]
    elif jcms := _JCMS.search(path):
        parts = jcms[1], jcms[2], jcms[3]
    else:
        return None
    try:
        return date(*map(int, parts))
    except ValueError:  # 20221345 is an id, not a day
        return None


# What a server writes into the address of a file for one visitor or one moment.
_OF_VISIT = re.compile(
    r"(?:j?session_?id|sid|token|access_?token|sign(?:ature)?|expires?|timestamp|time|ts|nonce|ran?d(?:om)?|[tr_])",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\.(?!jsp|do|action|aspx?|php)[a-z\d]{2,5}$", re.IGNORECASE)


def file_key(url: str) -> str:
    """Return what makes `url` the same file: all but its session, token and moment.

    >>> file_key("http://x.gov.cn/down.jsp;jsessionid=0A1B?i_ID=7&token=f3&t=1764")
    'http://x.gov.cn/down.jsp?i_ID=7'
    """
    path, _, query = url.partition("#")[0].partition("?")
    path = re.sub(r";jsessionid=[^/;]*", "", path, flags=re.IGNORECASE)
    kept = [pair for pair in query.split("&") if not _OF_VISIT.fullmatch(pair.partition("=")[0])]
    if not any(kept) and not _EXTENSION.search(path):  # then it is all that names the file
        return f"{path}?{query}"
    return f"{path}?{'&'.join(kept)}" if any(kept) else path
