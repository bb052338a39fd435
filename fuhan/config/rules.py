"""Rules for single values of the configuration; each returns the value or raises ValueError."""

import re
import ssl
from datetime import timedelta
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from crawler.http.proxies import InvalidProxyError, normalize_proxy
from crawler.interfaces.names import INTERFACE_NAMES
from crawler.job import AUTO, BROWSER
from crawler.sites import FAMILIES
from letters.urls import is_web_address
from review.path_prefix import clean_path
from scheduler.cron import CronError, read_cron

_NAME = re.compile(r"[a-z0-9-]+")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # a token (RFC 9110, 5.6.2)
_ORIGIN = re.compile(
    r"(?P<scheme>https?)://([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(:(?P<port>[1-9][0-9]{0,4}))?"
)
_DEFAULT_PORTS = {"http": "80", "https": "443"}
# Headers of the connection, of the message as it is sent, or of conditional and range requests.
_RESERVED = {
    *("connection", "content-length", "expect", "host", "keep-alive", "range", "te"),
    *("trailer", "transfer-encoding", "upgrade"),
}
_READ = {"accept-language", "authorization", "cookie", "x-forwarded-prefix"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # as YAML has it, but written \0 …
_NAMED = 100  # characters of a person's name


def not_blank(text: str) -> str:
    """Return `text`, which must hold more than blanks, and nothing that no database keeps."""
    if not text.strip():
        raise ValueError("expected text that is not empty")
    if _CONTROL.search(text):
        raise ValueError("expected text without control characters")
    return text


def not_zero(duration: timedelta) -> timedelta:
    """Return `duration`, which must be longer than nothing."""
    if not duration:
        raise ValueError("expected a duration above 0")
    return duration


def at_least_a_minute(duration: timedelta) -> timedelta:
    """Return `duration`, which must be a minute or more: who writes 24 means hours."""
    if duration < timedelta(minutes=1):
        raise ValueError("expected at least 1m (a bare number is seconds)")
    return duration


def source_name(name: str) -> str:
    """Return `name`, which must be usable in commands, URLs and file names."""
    if not _NAME.fullmatch(name):
        raise ValueError("expected a name of a-z, 0-9 and -")
    return name


def header_value(text: str) -> str:
    """Return `text`, which must fit into one HTTP header: printable ASCII."""
    if not (text.isascii() and text.isprintable()):
        raise ValueError("expected printable ASCII, as it is sent in a header")
    return text


def headers(given: object) -> object:
    """Return headers by name, each of which must be one that may be sent to a site.

    No value is shown where one is refused: it may be a secret.
    """
    if not isinstance(given, dict):
        raise _refused_header("expected a section of headers, each a name and its value")
    names: set[str] = set()
    for name, value in given.items():
        if not (isinstance(name, str) and _HEADER.fullmatch(name)):
            raise _refused_header("expected the name of a header", name)
        if name.lower() in _RESERVED or name.lower().startswith(("if-", "proxy-")):
            raise _refused_header("expected a header that is not fuhan's own to set", name)
        if name.lower() in names:
            raise _refused_header("expected each header once", name)
        names.add(name.lower())
        if not (isinstance(value, str) and value.isascii() and value.isprintable()):
            raise _refused_header("expected a text of printable ASCII", name)
    return given


def _refused_header(expected: str, name: object = None) -> PydanticCustomError:
    place = {} if name is None else {"at": (str(name),)}
    return PydanticCustomError("header", "{expected}", {"expected": expected, **place})


def header_name(name: str) -> str:
    """Return `name`, which must be a header's that a proxy may set, and fuhan does not read."""
    if not _HEADER.fullmatch(name) or name.lower() in _RESERVED | _READ:
        raise ValueError("expected the name of a header such as X-Forwarded-User")
    return name


def people(given: object) -> object:
    """Return tokens by name, each of which must be a text and a person's own.

    No token is shown where one is refused.
    """
    if not isinstance(given, dict):
        raise PydanticCustomError("people", "expected a section of names, each with a token")
    tokens: set[str] = set()
    for name, token in given.items():
        if not (isinstance(name, str) and name.isprintable() and 0 < len(name.strip()) <= _NAMED):
            raise _refused_person("expected a name of at most 100 characters", name)
        if not (isinstance(token, str) and token.strip()):
            raise _refused_person("expected a token that is a text and not empty", name)
        if token in tokens:
            raise _refused_person("expected a token of its own, found another person's", name)
        tokens.add(token)
    return given


def _refused_person(expected: str, name: object) -> PydanticCustomError:
    return PydanticCustomError("people", "{expected}", {"expected": expected, "at": (str(name),)})


def proxy(given: object) -> object:
    """Return the address of a proxy, which must be one that can be used, or None."""
    if given is None:
        return None
    if not isinstance(given, str):
        raise PydanticCustomError("proxy", "expected http://, https:// or socks5:// and a host")
    try:
        return normalize_proxy(given)
    except InvalidProxyError as error:
        raise PydanticCustomError("proxy", "{why}", {"why": str(error)}) from None


def certificates(path: str | None, reader: ValidationInfo) -> str | None:
    """Return the path of a PEM file, set beside the configuration.

    Where pages are going to be fetched, a file without certificates is refused; a command that
    reads the archive does not need it.
    """
    options = reader.context if isinstance(reader.context, dict) else {}
    if path is None:
        return None
    beside = str(Path(options.get("folder", ".")) / path)
    if options.get("fetching"):
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(beside)
        except (OSError, ValueError):  # an SSLError is the one, a NUL in a path the other
            raise ValueError("expected a file of certificates in PEM form") from None
    return beside


def cron(expression: str) -> str:
    """Return `expression`, which must be a cron line of five fields."""
    try:
        read_cron(expression)
    except CronError as error:
        raise ValueError(str(error)) from None
    return expression


def time_zone(name: str) -> str:
    """Return `name`, which must be a time zone this machine knows."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("expected a time zone such as Asia/Shanghai") from None
    return name


def without_secrets(text: str) -> str:
    """Return `text` with *** for the user and password of a URL in it."""
    return re.sub(r"(?<=//)\S*@", "***@", text)


def web_address(url: str) -> str:
    """Return `url`, which must name a page on some host by http or https."""
    if not is_web_address(url) or re.search(r"\s", url) or _CONTROL.search(url):
        raise ValueError("expected an http or https URL")
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise ValueError("expected a URL without a user name in it")
    return url


def origin(written: str) -> str:
    """Return `written`, which must be an origin as browsers send it (RFC 6454, 6.2).

    Any other text would never match. `*` and `null` are refused: they would admit any page.
    """
    match = _ORIGIN.fullmatch(written)
    if not match or match["port"] == _DEFAULT_PORTS[match["scheme"]]:
        raise ValueError("expected an origin such as https://example.org")
    return written


def site_family(name: str) -> str:
    """Return `name`, which must be a family of sites, an interface, browser or auto."""
    known = (AUTO, BROWSER, *FAMILIES, *INTERFACE_NAMES)
    if name not in known:
        raise ValueError(f"expected one of {', '.join(known)}")
    if name == BROWSER and find_spec("playwright") is None:
        raise ValueError("expected the extra fuhan[browser] to be installed for it")
    return name


def base_path(path: str) -> str:
    """Return `path`, under which a proxy may serve the pages: the root, or such as /fuhan."""
    if clean_path(path) is None:
        raise ValueError("expected a path such as / or /fuhan")
    return path


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
