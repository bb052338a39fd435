"""What a menu or heading counts in the directory's own channel: 提案答复（17）."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.link_targets import target_of
from crawler.directory.signs_of_more.sign import Sign, quoted
from letters.text import squashed
from letters.urls import url_key

_PAPERS = re.compile(r"提案|建议|议案|答复|复函")
_LONGEST = 40  # characters of a channel's name, blanks included
_COUNTED = re.compile(r"(?P<name>[^\d（(]{2,20})[（(](?P<count>\d{1,5})[条件篇]?[）)]")
# Where no link says of which channel: a heading, a table's caption, what a menu marks as chosen.
_CHOSEN = "h1, h2, h3, h4, h5, h6, caption, .on, .cur, .current, .active, .selected"
_HEADED = re.compile(
    r"(?P<name>[^\d（(]{2,20})[（(]?共?(?!(?:19|20)\d\d(?!\d))(?P<count>\d{1,5})[条件篇份封]?[）)]?"
)


def channel_count_signs(tree: LexborHTMLParser, base: str) -> Iterator[Sign]:
    """Yield what links to the page itself, or its heading, say of how many letters there are."""
    yield from _heading_signs(tree)
    for anchor in tree.css("a[href]"):
        if len(text := anchor.text()) > _LONGEST:
            continue
        words = squashed(f"{text}{_text_behind(anchor)}")
        counted = _COUNTED.fullmatch(words)
        if counted is None or not _PAPERS.search(counted["name"]):
            continue
        if (url := target_of(anchor, base)) and url_key(url) == url_key(base) and "?" not in url:
            yield Sign(f"it counts {quoted(words)}", None, int(counted["count"]), is_count=True)


def _heading_signs(tree: LexborHTMLParser) -> Iterator[Sign]:
    """Yield the count of a heading; of several, each with its count, none is the directory's."""
    named = {squashed(node.text()): node for node in tree.css(_CHOSEN)}
    counted = (_HEADED.fullmatch(words) for words in named if len(words) <= _LONGEST)
    counts = [each for each in counted if each and _PAPERS.search(each["name"])]
    for each in counts if len(counts) == 1 else ():
        if named[each[0]].css_first("a[href]") is None:
            yield Sign(f"it counts {quoted(each[0])}", None, int(each["count"]), is_count=True)


def _text_behind(anchor: LexborNode) -> str:
    behind = anchor.next
    while behind is not None and not squashed(behind.text()):
        behind = behind.next
    return behind.text() if behind is not None and behind.tag in {"-text", "span", "em"} else ""
