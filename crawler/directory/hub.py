"""Hubs: pages that show the newest few of several channels, each with 更多, and no directory."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.like_links import path_of
from crawler.directory.link_targets import is_document_url, target_of
from crawler.directory.row_parts import title_of
from crawler.elements import ancestors
from letters.text import canonical, squashed
from letters.urls import is_same_site, url_key

_MORE = re.compile(
    r"(?:查看|了解)?更多[>»›→…+]*|(?:查看|显示)?全部[>»›→]*|more[>»›→…+]*", re.IGNORECASE
)
_LEVELS = 5  # elements between 更多 and the one that holds its channel
_TITLE = 6  # code points of a row's title
_FEWEST, _MOST = 2, 12  # rows of a channel on a hub
_HEADINGS = "h1, h2, h3, h4, h5, .title, .tit, .hd, .head, .name, a, span, strong, b, em, p"
_HEADING = 20  # code points


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of which a hub shows the newest few letters."""

    name: str  # 提案公开; empty where none is printed over it
    url: str  # to which its 更多 leads


def channels_of_hub(
    tree: LexborHTMLParser, rows: Sequence[LexborNode], base: str
) -> tuple[Channel, ...]:
    """Return the channels whose newest letters a page shows; none where it is no hub.

    It is one where several parts alike, each with a few links and 更多, hold all of `rows`.
    """
    alike: dict[str, dict[int, Channel]] = {}
    for more, url in _links_to_more(tree, base):
        if (part := _part_of(more)) is not None:
            channels = alike.setdefault(path_of(part), {})
            channels.setdefault(part.mem_id, Channel(_name_of(part), url))
    for parts in alike.values():
        is_all = all(any(each.mem_id in parts for each in ancestors(row)) for row in rows)
        if is_all and len({channel.url for channel in parts.values()}) > 1:
            return tuple(parts.values())
    return ()


def in_words(channels: Sequence[Channel]) -> str:
    """Return in words which channels a hub has."""
    named = ", ".join(f"{channel.name} {channel.url}".strip() for channel in channels)
    return f"a hub, no directory: it shows the newest of {named}"


def _links_to_more(tree: LexborHTMLParser, base: str) -> Iterator[tuple[LexborNode, str]]:
    for anchor in tree.css("a"):
        words = squashed(anchor.text() or anchor.attributes.get("title") or "")
        url = target_of(anchor, base) if _MORE.fullmatch(words) else None
        if url and is_same_site(url, base) and url_key(url) != url_key(base):
            yield from () if is_document_url(url) else ((anchor, url),)


def _part_of(more: LexborNode) -> LexborNode | None:
    """Return the element that holds the few links whose rest 更多 leads to, or None."""
    for node in islice(ancestors(more), _LEVELS):
        titled = sum(len(squashed(title_of(anchor))) >= _TITLE for anchor in node.css("a"))
        if titled >= _FEWEST:
            return node if titled <= _MOST else None
    return None


def _name_of(part: LexborNode) -> str:
    """Return what is printed over a channel: the first few words that are not 更多."""
    for node in part.css(_HEADINGS):
        words = canonical(node.text())
        if 1 < len(words) <= _HEADING and not _MORE.fullmatch(squashed(words)):
            return _MORE.sub("", words).strip()
    return ""
