"""Which group of like links is a directory, or why none is; and the rows beside that group."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.directory.like_links import Link, is_right_beside, like_links, page_links
from crawler.directory.list_names import are_shares, is_another_channel
from crawler.directory.row_groups import RowGroup, is_repeated, row_group
from crawler.directory.row_parts import date_of, title_of
from crawler.directory.rows_beside import (
    RowPlaces,
    row_around,
    rows_of_other_make_up,
    rows_on_top,
)
from crawler.directory.tab_panels import are_behind_tabs
from letters.addresses import DirectoryRow
from letters.paper_titles import is_listed_as_paper
from letters.urls import is_same_site

_FEW = 3  # rows, below which a list beside the chosen one is no rival


@dataclass(frozen=True, slots=True)
class Choice:
    """The group that is a directory's; none where none is, or where it is in doubt which."""

    group: RowGroup | None = None
    doubt: str | None = None  # in words why none was chosen, or may be the wrong one
    files: tuple[DirectoryRow, ...] = ()  # rows that lead to files; without a group all such links
    elsewhere: frozenset[str] = frozenset()  # keys of rows that lead to other sites


def choose_group(tree: LexborHTMLParser, site: str, base: str, form: str | None) -> Choice:
    """Return the group of rows of a page; with `form` only groups of that form are asked.

    Groups of equal rank are doubt, and so is a list beside the chosen one that is like it: which
    of them is meant can't be known.
    """
    every, all_files = page_links(tree, base)
    links, files = (
        [link for link in each if is_same_site(link.url, site)] for each in (every, all_files)
    )
    groups = [row_group(each) for each in like_links(links, form)]
    able = [each for each in groups if each.rows and (form or each.may_be_directory)]
    able = [each for each in able if not (each.is_untitled and is_repeated(each, groups))]
    ranked = sorted(able, key=lambda each: each.rank, reverse=True)
    if not ranked:
        rows = (_row(link) for link in files)
        return Choice(files=tuple(row for row in rows if is_listed_as_paper(row.title)))
    best, others = _with_panels(ranked[0], groups, tree, base), ranked[1:]
    others = [e for e in others if not (e.keys <= best.keys or _are_shares(best, e))]
    if others and best.is_rivalled_by(others[0]):
        both = f"{best.words} or {others[0].words}"
        return Choice(doubt=f"two lists as large as each other: {both}")
    if rival := _rival(best, able, tree, urlsplit(urljoin(base, ".")).path):
        return Choice(doubt=f"which list is the directory: {best.words} or {rival.words}")
    alike = next((each for each in others if each.is_of_papers and each.form == best.form), None)
    doubt = f"another list is like that of its rows: {alike.words}" if alike else None
    elsewhere = frozenset(_keys_elsewhere(best, every, site))
    return _with_rows_beside(Choice(best, doubt, elsewhere=elsewhere), links, files)


def _with_panels(
    best: RowGroup, groups: Sequence[RowGroup], tree: LexborHTMLParser, base: str
) -> RowGroup:
    """Return a group with the lists like its own that are behind the other tabs of one box."""
    alike = [each for each in groups if each.form == best.form and each.rows]
    if not are_behind_tabs([each.like.container for each in alike], tree, base):
        return best
    links = [link for each in alike for link in each.like.links]
    return row_group(replace(alike[0].like, links=links))


def _keys_elsewhere(best: RowGroup, links: Iterable[Link], site: str) -> Iterator[str]:
    """Yield the keys of papers in the same list, made up alike, that lead to other sites."""
    lists = RowPlaces.of_rows(row_around(row, best.like.make_up) for row, _ in best.rows).lists
    foreign = [link for link in links if not is_same_site(link.url, site)]
    for each in like_links(foreign, best.form) if foreign else ():
        for link in each.links:
            parent = row_around(link.anchor, best.like.make_up).parent
            is_beside = parent is not None and parent.mem_id in lists
            if is_beside and is_listed_as_paper(title_of(link.anchor)):
                yield link.key


def _rival(
    best: RowGroup, able: Sequence[RowGroup], tree: LexborHTMLParser, folder: str
) -> RowGroup | None:
    """Return a list that may be the directory rather than the one whose titles are papers'.

    `able` is in the order of the page: it may be larger, and before that one; or that one is
    headed as another channel.
    """
    is_other = is_another_channel(best.like.container, tree)
    for at, each in enumerate(able if best.is_of_papers else ()):
        is_first = len(each.rows) > len(best.rows) and at < able.index(best)
        is_main = (is_other or is_first) and each.is_dated and not each.is_aside
        is_rival = not (each is best or each.is_of_papers or each.keys <= best.keys)
        is_main = is_main and len(each.rows) >= _FEW
        if is_rival and (is_main or each.may_be_directory_beside(best, folder)):
            return each
    return None


def _with_rows_beside(choice: Choice, links: Iterable[Link], files: Iterable[Link]) -> Choice:
    """Return a choice with the rows that are not like the others: on top, in bold, files.

    Of two lists that are headed as shares of one directory (主办, 协办) each has rows of it.
    """
    if (best := choice.group) is None:
        return choice
    rest = [link for link in links if link.key not in best.keys]
    places = RowPlaces.of_rows(row_around(row, best.like.make_up) for row, _ in best.rows)
    beside = {link.key: link for link in rows_of_other_make_up(rest, places)}
    beside |= {link.key: link for link in rows_on_top(rest, places, best.keys)}
    rows = [(link.anchor, _row(link)) for link in beside.values()]
    for group in map(row_group, like_links(rest)):
        if group.is_of_papers and (
            is_right_beside(group.like, best.like) or _are_shares(best, group)
        ):
            rows += [row for row in group.rows if row[1].key not in beside]
    filed = {link.key: _row(link) for link in rows_of_other_make_up(files, places)}
    return replace(choice, group=replace(best, rows=(*best.rows, *rows)), files=(*filed.values(),))


def _are_shares(best: RowGroup, other: RowGroup) -> bool:
    return are_shares(best.like.container, other.like.container)


def _row(link: Link) -> DirectoryRow:
    return DirectoryRow(link.key, link.url, title_of(link.anchor), date_of(link.anchor))
