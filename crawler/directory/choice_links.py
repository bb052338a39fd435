"""Links to the same list in another choice: ?class=B, ?unit=3, whatever it is called; 协办件."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.directory_parts import part_of
from crawler.directory.link_targets import is_document_url, target_of
from crawler.directory.list_names import is_share
from crawler.directory.pager_links import page_key
from crawler.directory.part_links import is_of_list
from crawler.web_url import resolve
from letters.text import squashed
from letters.urls import is_same_site, url_key

_MOST_OF_A_KIND = 4  # links with the same keys in their queries: one says what the others are
_MOST = 12  # links of a page

ChoiceLink = tuple[str, str]  # its words, its URL


def choice_links(
    tree: LexborHTMLParser, base: str, letters: Container[str]
) -> tuple[ChoiceLink, ...]:
    """Return the links that lead to this very page with more in its query, each once.

    Those that are called as shares of a directory are (主办, 协办) may lead below its folder.

    Left out are links of years, months and sessions, which are parts by their words, and numbers:
    those of a pager, or the days of a calendar. `letters` are the keys of the page's rows.
    """
    own, given = page_key(base), set(parse_qsl(urlsplit(base).query))
    links: dict[str, ChoiceLink] = {}
    for node in tree.css("a[href*='?'], option[value*='?']"):
        words, url = squashed(node.text()), _target(node, base)
        if url is None or (key := page_key(url)) == own or url_key(url) in letters:
            continue
        is_own = is_same_site(url, base) and urlsplit(url).path == urlsplit(base).path
        has_more = given < set(parse_qsl(urlsplit(url).query))
        is_part = node.tag == "a" and part_of(words) is not None
        is_choice = not (words.isdecimal() or is_part or is_document_url(url))
        if is_own and has_more and is_choice:
            links.setdefault(key, (words, url))
    for words, url in _shares(tree, base):
        if page_key(url) != own and url_key(url) not in letters:
            links.setdefault(page_key(url), (words, url))
    return tuple(links.values())


def _shares(tree: LexborHTMLParser, base: str) -> Iterator[ChoiceLink]:
    for node in tree.css("a[href]"):
        if is_share(words := squashed(node.text())):
            url = target_of(node, base)
            if url and is_same_site(url, base) and is_of_list(url, base):
                yield words, url


def some_of_each_kind(links: Iterable[ChoiceLink]) -> Iterator[ChoiceLink]:
    """Yield the first links of each kind, by the keys in their queries; a dozen at most."""
    kinds: Counter[frozenset[str]] = Counter()
    for words, url in links:
        kind = frozenset(key for key, _ in parse_qsl(urlsplit(url).query))
        kinds[kind] += 1
        if kinds[kind] <= _MOST_OF_A_KIND and kinds.total() <= _MOST:
            yield words, url


def _target(node: LexborNode, base: str) -> str | None:
    if node.tag == "option":
        return resolve(node.attributes.get("value") or "", base)
    return target_of(node, base)
