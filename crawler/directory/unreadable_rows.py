"""Rows of a directory that can't be followed: what they say, and where they lead."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.link_targets import is_document_url
from crawler.directory.row_links import RowLink
from crawler.directory.row_parts import date_of, title_of
from crawler.directory.signs_of_more.pager_elements import click_script
from crawler.elements import ancestors, with_ancestors
from crawler.web_url import resolve
from letters.dates import read_date
from letters.text import canonical, squashed
from letters.titles import read_title
from letters.urls import is_same_site, url_key

_SHORTEST = 6  # code points of a title that only one paper has
_LONGEST = 300  # code points of a row's words
_DATE = re.compile(r"[\d年月日/.\s:：-]")


@dataclass(frozen=True, slots=True)
class UnreadableRow:
    """Something that may be a letter's row, whose link leads to no letter of this site."""

    title: str
    listed_on: date | None
    leads_to: str | None  # a URL; None where its link is none that can be followed
    is_in_list: bool  # it is an item of the list that holds the directory's rows
    is_scripted: bool = False  # it leads somewhere by a script that names no address

    def may_be(self, title: str, listed_on: date | None) -> bool:
        """Return whether this may be the row of a letter that was listed so before.

        Its title or number says so; its date alone only where the row leads nowhere.
        """
        if _is_same_title(squashed(self.title), squashed(title)):
            return True
        one, two = read_title(self.title), read_title(title)
        if one.number and two.number:
            return one.number == two.number and _agree(one.session, two.session)
        leads_nowhere = self.is_in_list and self.leads_to is None
        return leads_nowhere and listed_on is not None and self.listed_on == listed_on


def unreadable_rows(
    tree: LexborHTMLParser, links: Sequence[RowLink], site: str, base: str
) -> Iterator[UnreadableRow]:
    """Yield what may be a row and leads to no letter of the site of the URL `site`.

    That is each link that is no row, or is one among pages of a known family and leads to none,
    and each other item of a list that holds rows. `base` is what links are relative to.
    """
    own = [link for link in links if is_same_site(link.row.url, site)]
    own = [link for link in own if is_document_url(link.row.url)] or own
    yield from _other_links(tree, own, site, base)
    urls_within = _urls_within(own)
    for row_list in _row_lists(own, urls_within):
        for item in row_list.iter():
            if item.mem_id not in urls_within and (row := _item_as_row(item, base)):
                yield row


def _other_links(
    tree: LexborHTMLParser, own: Iterable[RowLink], site: str, base: str
) -> Iterator[UnreadableRow]:
    """Yield the links that are no letter's of this site and have words enough for a title."""
    row_anchors = {link.anchor.mem_id for link in own}
    for anchor in tree.css("a"):
        if anchor.mem_id in row_anchors:
            continue
        leads_to = _target(anchor, base)
        if leads_to and is_document_url(leads_to) and is_same_site(leads_to, site):
            continue
        if len(title := title_of(anchor)) >= _SHORTEST:
            yield UnreadableRow(title, date_of(anchor), leads_to, is_in_list=False)


def _urls_within(links: Iterable[RowLink]) -> dict[int, set[str]]:
    """Return the URLs of the rows that each element holds, by the element's id."""
    urls: dict[int, set[str]] = {}
    for link in links:
        for node in with_ancestors(link.anchor):
            urls.setdefault(node.mem_id, set()).add(link.row.url)
    return urls


def _row_lists(
    links: Iterable[RowLink], urls_within: Mapping[int, set[str]]
) -> Iterable[LexborNode]:
    """Return the innermost elements that hold more rows than one."""
    lists: dict[int, LexborNode] = {}
    for link in links:
        holders = (node for node in ancestors(link.anchor) if len(urls_within[node.mem_id]) > 1)
        if (innermost := next(holders, None)) is not None:
            lists[innermost.mem_id] = innermost
    return lists.values()


def _item_as_row(item: LexborNode, base: str) -> UnreadableRow | None:
    """Return an item of a list as a row; None for one that holds a date at most."""
    title = canonical(item.text())[:_LONGEST]
    if len(_DATE.sub("", title)) < _SHORTEST:
        return None
    anchor = item if item.tag == "a" else item.css_first("a")
    leads_to = _target(anchor, base)
    script = click_script(item if anchor is None else anchor)
    return UnreadableRow(
        title=title,
        listed_on=read_date(title),
        leads_to=leads_to,
        is_in_list=True,
        is_scripted=leads_to is None and script is not None,
    )


def _target(anchor: LexborNode | None, base: str) -> str | None:
    """Return where a link leads; None where to no page, or to the very page that it is on."""
    href = anchor.attributes.get("href") if anchor is not None else None
    url = resolve(href, base) if href else None
    return None if url is None or url_key(url) == url_key(base) else url


def _is_same_title(shown: str, known: str) -> bool:
    """Return whether a row's words hold a known title, either of them cut short."""
    words, title = shown.rstrip(".…"), known.rstrip(".…")
    if min(len(words), len(title)) < _SHORTEST:
        return False
    return title in words or (words != shown and title.startswith(words))


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other
