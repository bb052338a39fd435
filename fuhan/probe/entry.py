"""The entry of a configuration that watches a listing, as YAML with comments of doubt."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote, urlsplit

from fuhan.config.yaml_text import write_yaml

_LONGEST = 60  # characters of a name
# Parts of hosts and paths that tell no site or channel from another.
_HOST = {"www", "gov", "com", "org", "net", "edu", "cn"}
_PLAIN = re.compile("[a-z0-9]+")
_NUMBER = re.compile(r"page|p(?:n|no)?$|cur", re.IGNORECASE)  # names of the number of a page
_PAGE = re.compile(r"(?:index|default|list|node|home)?[_-]?\d*\.[a-z]+", re.IGNORECASE)


def source_name(listing: str) -> str:
    """Return a name for a source, made of the host and the channel of its listing.

    >>> source_name("https://fzggw.cq.gov.cn/zwgk/zfxxgkml/jytabl/tagk_53512/index.html")
    'fzggw-cq-tagk-53512'
    >>> source_name("http://www.dawa.gov.cn/list.jsp?urltype=tree&wbtreeid=1021")
    'dawa-1021'
    >>> source_name("http://www.dg.gov.cn/gkmlpt/index#3012")
    'dg-3012'
    >>> source_name("http://www.dawa.gov.cn/zwgk/jyta/%E6%8F%90%E6%A1%88/?page=1")
    'dawa-jyta'
    """
    parts = urlsplit(listing)
    host = (parts.hostname or "").split(".")
    named = [part for part in unquote(parts.path).split("/") if _PLAIN.search(_stem(part).lower())]
    folders = [part for part in named if not _PAGE.fullmatch(part)]
    sent = [*parse_qsl(parts.query), ("", parts.fragment)]  # gkmlpt has the column as a fragment
    ids = [value for name, value in sent if value.isdecimal() and not _NUMBER.match(name)]
    channel = ids[-1:] or folders[-1:]
    words = [*(part for part in host if part not in _HOST), *(_stem(part) for part in channel)]
    plain = _PLAIN.findall("-".join(words).lower())
    return "-".join(plain)[:_LONGEST].strip("-") or "source"


def _stem(part: str) -> str:
    return re.sub(r"\.[a-z]{3,5}$", "", part, flags=re.IGNORECASE)


def entry_yaml(entry: Mapping[str, str], doubts: Mapping[str, str]) -> str:
    """Return the configuration that has `entry` as its source, after its doubts."""
    comments = "".join(f"# {key}: {printable(why)}\n" for key, why in doubts.items())
    return comments + write_yaml({"sources": [dict(entry)]})


def printable(text: str) -> str:
    """Return a text in one line, with nothing in it that moves a cursor or ends a comment."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())
