"""Rows of a directory that can't be followed: what they say, and where they lead."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.rows import AnchorRow, date_of, is_page, title_of
from crawler.web_url import resolve
from letters.dates import read_date
from letters.text import canonical, squashed
from letters.titles import read_title
from letters.urls import is_same_site, url_key

_SHORTEST = 6  # code points of a title that tells one paper from others
_LONGEST = 300  # code points of a row's words
_DATE = re.compile(r"[\d年月日/.\s:：-]")


@dataclass(frozen=True, slots=True)
class UnreadableRow:
    """Something that may be a letter's row, whose link leads to no letter of this site."""

    title: str
    listed_on: date | None
    leads_to: str | None  # a URL; None where its link is none that can be followed
    is_listed: bool  # it stands in the list that holds the directory's rows

    def may_be(self, title: str, listed_on: date | None) -> bool:
        """Return whether this may be the row of a letter that was listed so before.

        Its title or number says so; its date alone only where the row leads nowhere.
        """
        if _is_same_title(squashed(self.title), squashed(title)):
            return True
        one, two = read_title(self.title), read_title(title)
        if one.number and two.number:
            return one.number == two.number and _agree(one.session, two.session)
        leads_nowhere = self.is_listed and self.leads_to is None
        return leads_nowhere and listed_on is not None and self.listed_on == listed_on


def unreadable_rows(
    tree: LexborHTMLParser, rows: Sequence[AnchorRow], site: str, base: str
) -> Iterator[UnreadableRow]:
    """Yield what may be a row and leads to no letter of the site of the URL `site`.

    That is each link that is no page of a known family here, and each other item of a list
    that holds rows. `base` is what links are relative to.
    """
    own = [row for row in rows if is_same_site(row.url, site)]
    read = {row.anchor.mem_id for row in own}
    for anchor in tree.css("a"):
        leads_to = _target(anchor, base)
        if anchor.mem_id in read or (
            leads_to and is_page(leads_to) and is_same_site(leads_to, site)
        ):
            continue
        if len(title := title_of(anchor)) >= _SHORTEST:
            yield UnreadableRow(title, date_of(anchor), leads_to, is_listed=False)
    around = _rows_around(own)
    for each in _lists(own, around):
        for item in each.iter():
            if item.mem_id not in around and (row := _item(item, base)):
                yield row


def _rows_around(rows: Iterable[AnchorRow]) -> dict[int, set[str]]:
    """Return which rows, by their URLs, each element holds, by the element's id."""
    around: dict[int, set[str]] = {}
    for row in rows:
        node: LexborNode | None = row.anchor
        while node is not None:
            around.setdefault(node.mem_id, set()).add(row.url)
            node = node.parent
    return around


def _lists(rows: Iterable[AnchorRow], around: Mapping[int, set[str]]) -> Iterable[LexborNode]:
    """Return the innermost elements that hold more rows than one."""
    lists: dict[int, LexborNode] = {}
    for row in rows:
        node = row.anchor.parent
        while node is not None and len(around[node.mem_id]) == 1:
            node = node.parent
        if node is not None:
            lists[node.mem_id] = node
    return lists.values()


def _item(item: LexborNode, base: str) -> UnreadableRow | None:
    """Return an item of a list as a row; None for one that holds a date at most."""
    title = canonical(item.text())[:_LONGEST]
    if len(_DATE.sub("", title)) < _SHORTEST:
        return None
    anchor = item if item.tag == "a" else item.css_first("a")
    return UnreadableRow(title, read_date(title), _target(anchor, base), is_listed=True)


def _target(anchor: LexborNode | None, base: str) -> str | None:
    """Return where a link leads; None where to no page, or to the very page that it stands on."""
    href = anchor.attributes.get("href") if anchor is not None else None
    url = resolve(href, base) if href else None
    return None if url is None or url_key(url) == url_key(base) else url


def _is_same_title(here: str, known: str) -> bool:
    """Return whether a row's words hold a known title, either of them cut short."""
    mine, other = here.rstrip(".…"), known.rstrip(".…")
    if min(len(mine), len(other)) < _SHORTEST:
        return False
    return other in mine or (mine != here and other.startswith(mine))


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other
