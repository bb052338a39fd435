"""What a URL says by itself: which page or file it is of, which site, which day."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

# TRS WCM names a page t20220526_10749853.html: the day the document was made, and its id.
TRS_PAGE = re.compile(r"(?:^|/)t(?P<date>\d{8})_(?P<docid>\d+)(?:_wap)?\.s?html?$", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|aspx?)$", re.IGNORECASE)
_STATIC = re.compile(r"\.[sj]?html?$", re.IGNORECASE)  # a file, not made for each request
_STATIC_PAGE = re.compile(r"\.s?html?$", re.IGNORECASE)
_SESSION = re.compile(r";[^/;=]*(?:session|sid)[^/;=]*=[^/;]*", re.IGNORECASE)
# Pages of the families whose names say it all; of another static page a query may name which.
_NAMED_PAGE = re.compile(
    r"(?:^|/)(?:t\d{8}_\d+|art_\d+_\d+|content(?:_\d+)?)\.s?html?$", re.IGNORECASE
)
_NAMING = re.compile(r"\w*(?:id|no|num|key|code|bh|xh)", re.IGNORECASE)  # detail.html?id=7
_NOT_NAMING = re.compile(
    r".*session.*|sid|utm_.*|spm|from|isappinstalled|_|timestamp|rnd|rand(?:om)?|nonce",
    re.IGNORECASE,
)
# What a script adds to be answered anew: a fraction by whatever name, milliseconds by such a name.
_FRACTION = re.compile(r"0?\.\d{3,}")
_MOMENT = re.compile(r"_?(?:[trvd]|ts|tm|time|stamp)=1[4-9]\d{8}(?:\d{3})?", re.IGNORECASE)
_DEFAULT_PORT = 80  # and 443, which is the same server
_LINKS = 4096  # of a page, each of which is asked for its key and its site several times
_DOUBLED = re.compile(r"/{2,}")
_WAP = re.compile(r"(?:_wap)+(?=\.s?html?$)", re.IGNORECASE)
# Without % ? # and / of what is escaped: unescaped they would part a URL otherwise.
_ESCAPED = re.compile(r"(?:%(?!2[3F5]|3F)[0-9A-F]{2})+", re.IGNORECASE)
_LONE_PERCENT = re.compile(r"%(?![0-9A-F]{2})", re.IGNORECASE)  # a character, no escape
_PLAIN = re.compile(r"[\w./-]*", re.ASCII)
_UNESCAPED = "%/:@!$&'()*+,;=~"
# Hanweb jcms: /art/2016/11/22/art_1621004_30332664.html
_JCMS = re.compile(r"/art/(\d{4})/(\d{1,2})/(\d{1,2})/art_")
# /c/2022-06-17/7.shtml, /2022/06-17/7.html, /2022/06/17/7.html, /20220617/7.html
_DAY_FOLDER = re.compile(r"/((?:19|20)\d\d)(?:-(\d\d)-|/(\d\d)[-/]|(\d\d))(\d\d)/")


@lru_cache(_LINKS)
def url_key(url: str) -> str:
    """Return what makes `url` the same page: host, path, and the query of a page made on demand.

    What names no document is removed: scheme, `www.`, default port, fragment, index page, the
    `_wap` of the mobile twin, session ids, doubled slashes, invisible characters, and the way
    in which characters are escaped. A static page (.html) is the same whatever its query, but
    for a number or id in it where its name is of no known form.
    Raises ValueError for what is no URL.

    >>> url_key("https://fzggw.cq.gov.cn/a/202205/t20220526_107_wap.html?from=wx")
    'fzggw.cq.gov.cn/a/202205/t20220526_107.html'
    >>> url_key("http://www.x.gov.cn/show.jsp;jsessionid=7F?id=3&_=1654")
    'x.gov.cn/show.jsp?id=3'
    >>> url_key("http://x.gov.cn/detail.html?id=3&v=2")
    'x.gov.cn/detail.html?id=3'
    >>> url_key("http://[::1]:8000/a/index.html")
    '[::1]:8000/a/'
    """
    parts = urlsplit(url)
    path = _DOUBLED.sub("/", _without_session(parts.path or "/"))
    path = _INDEX.sub("/", _WAP.sub("", path))
    query = _naming_part(parts.query, path) if parts.query else ""
    host, port = _host(parts.hostname), parts.port
    default = {"http": 80, "https": 443}.get(parts.scheme)
    shown = f"[{host}]" if ":" in host else host
    return f"{shown}{'' if port in (None, default) else f':{port}'}{path}{query}"


def _host(name: str | None) -> str:
    """Return a host's name without the `www.` under which the same server answers too."""
    return (name or "").rstrip(".").removeprefix("www.")


def _in_ascii(name: str) -> str:
    """Return a host's name as it is requested: one in Chinese characters as xn--… (RFC 3490)."""
    try:
        return name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:  # no host can have that name
        return name


def _without_session(path: str) -> str:
    """Return a path without session ids and invisible characters, the others escaped in one way.

    Escapes that are no UTF-8 stay, and so does what would mean something else unescaped.
    """
    if _PLAIN.fullmatch(path):
        return path
    # Before and after: what is on both sides of an invisible character must form no escape.
    escaped = _LONE_PERCENT.sub("%25", _visible(path))
    plain = _visible(_ESCAPED.sub(_unescaped, escaped))
    return quote(_SESSION.sub("", plain).strip(), safe=_UNESCAPED)


def _visible(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cf"})


def _unescaped(run: re.Match[str]) -> str:
    try:
        return unquote_to_bytes(run[0]).decode("utf-8")
    except UnicodeDecodeError:
        return run[0].upper()


def _naming_part(query: str, path: str) -> str:
    """Return the part of a query that names a document, its pairs in order of their names."""
    if _NAMED_PAGE.search(path):
        return ""
    pairs = sorted(each for each in parse_qsl(query, True) if _may_name(*each))
    if _STATIC.search(path):
        pairs = [each for each in pairs if _NAMING.fullmatch(each[0])]
    return f"?{urlencode(pairs)}" if pairs else ""


def _may_name(key: str, value: str) -> bool:
    is_of_visit = _NOT_NAMING.fullmatch(key) or _FRACTION.fullmatch(value)
    return not (is_of_visit or _MOMENT.fullmatch(f"{key}={value}"))


def document_id(url: str) -> str | None:
    """Return the id that TRS WCM gives a document, which its URL holds, or None.

    >>> document_id("https://fzggw.cq.gov.cn/a/202205/t20220526_107_wap.html")
    '107'
    """
    page = TRS_PAGE.search(urlsplit(url).path)
    return page["docid"] if page else None


def is_page_of_file(url: str) -> bool:
    """Return whether a file at `url` is a page (HTML), by the end of its path.

    >>> is_page_of_file("http://x.gov.cn/a/P02022.htm"), is_page_of_file("http://x.gov.cn/a.jsp")
    (True, False)
    """
    return bool(_STATIC_PAGE.search(urlsplit(url).path))


def is_web_address(url: str) -> bool:
    """Return whether `url` names what can be a host, and by http or https.

    >>> is_web_address("http://[::1]:8000/"), is_web_address("http://fzggw.cq.gov.cn:99999/")
    (True, False)
    >>> is_web_address("http://例子.中国/"), is_web_address("http://fzggw..gov.cn/")
    (True, False)
    """
    try:
        parts = urlsplit(url)
        _ = parts.port, (parts.hostname or "").encode("idna")  # each raises ValueError: a bad one
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def is_same_site(url: str, other: str) -> bool:
    """Return whether two URLs are of one site: one host, at the same port or both at a default.

    A host with `www.` before its name is the same one, as is one in Chinese or as xn--….

    >>> is_same_site("http://fzggw.cq.gov.cn/a", "https://fzggw.cq.gov.cn/b")
    True
    >>> is_same_site("http://127.0.0.1:8000/", "http://127.0.0.1:9000/")
    False
    """
    return _site(url) == _site(other)


def host_of(url: str) -> str:
    """Return the host that `url` is asked of, by one name; with the port where it is no default.

    Two URLs of one site have one host.

    >>> host_of("https://WWW.fzggw.cq.gov.cn:443/a"), host_of("http://127.0.0.1:8000/")
    ('fzggw.cq.gov.cn', '127.0.0.1:8000')
    """
    host, port = _site(url)
    shown = f"[{host}]" if ":" in host else host
    return shown if port == _DEFAULT_PORT else f"{shown}:{port}"


@lru_cache(_LINKS)
def _site(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    port = _DEFAULT_PORT if parts.port in (None, 443) else parts.port
    return _host(_in_ascii(parts.hostname or "")), port


def url_dated_on(url: str) -> date | None:
    """Return the date in a page's URL, or None.

    >>> url_dated_on("https://fzggw.cq.gov.cn/a/202205/t20220526_10749853.html")
    datetime.date(2022, 5, 26)
    """
    path = urlsplit(url).path
    if trs := TRS_PAGE.search(path):
        digits = trs["date"]
        parts = digits[:4], digits[4:6], digits[6:]
    elif jcms := _JCMS.search(path):
        parts = jcms[1], jcms[2], jcms[3]
    elif folder := _DAY_FOLDER.search(path):
        parts = folder[1], folder[2] or folder[3] or folder[4], folder[5]
    else:
        return None
    try:
        return date(*map(int, parts))
    except ValueError:  # 20221345 is an id, not a day
        return None


# What a server adds to the address of a file for one visitor or one moment.
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
