"""Which group of like links a directory's rows are: by titles first, then by size."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.directory.like_links import (
    LikeLinks,
    Link,
)
from crawler.directory.list_names import is_aside
from crawler.directory.nesting import Nesting
from crawler.directory.row_parts import date_of, row_element, row_title, title_of
from letters.addresses import DirectoryRow
from letters.paper_titles import is_listed_as_paper
from letters.text import squashed

_FEW = 3  # rows, below which a list whose titles say nothing is no directory
_SENTENCE = 12  # code points of a title on average; names of channels are shorter
_WORDY = 8  # code points of words that are more than 查看 or the name of a channel
_MOST_REPEATS = 2  # of one link in a list: 置顶 repeats a row once
_QUOTED = 40  # code points of a title
_NUMBERED = re.compile(r"(?:第|编号|案号)?[：:]?[A-Za-z]{0,2}\d{1,8}(?:号|$)")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")


@dataclass(frozen=True)
class RowGroup:
    """A group of like links with the titles and dates of their rows."""

    like: LikeLinks
    rows: tuple[tuple[LexborNode, DirectoryRow], ...]  # each page once, by its first title
    is_aside: bool  # by its names or heading navigation, links to friends, what is hot
    is_untitled: bool  # all its links say 查看: the titles are from beside them

    @property
    def form(self) -> str:
        """The place of its rows in the page and their make-up."""
        return self.like.form

    @cached_property
    def keys(self) -> frozenset[str]:
        """What makes its pages the same: the keys of its rows."""
        return frozenset(row.key for _, row in self.rows)

    @cached_property
    def papers(self) -> int:
        """How many of the titles read as such papers' titles do."""
        return sum(is_listed_as_paper(row.title) for _, row in self.rows)

    @property
    def is_of_papers(self) -> bool:
        """Whether at least half of the titles read so; names of channels need a number too."""
        if self.has_channels and not self.is_dated:
            return sum("号" in row.title for _, row in self.rows) * 2 >= len(self.rows)
        return self.papers * 2 >= len(self.rows) > 0

    @cached_property
    def has_channels(self) -> bool:
        """Whether at least half of the links lead to folders, as those of channels do."""
        return sum(row.key.endswith("/") for _, row in self.rows) * 2 >= len(self.rows)

    @cached_property
    def is_dated(self) -> bool:
        """Whether at least half of the rows have a date."""
        return sum(row.listed_on is not None for _, row in self.rows) * 2 >= len(self.rows)

    @cached_property
    def is_numbered(self) -> bool:
        """Whether at least half of the titles begin with a paper's number, or are one."""
        return sum(bool(_NUMBERED.match(row.title)) for _, row in self.rows) * 2 >= len(self.rows)

    def is_below(self, folder: str) -> bool:
        """Return whether at least half of the rows lead to pages below a folder of the site."""
        below = sum(urlsplit(row.url).path.startswith(folder) for _, row in self.rows)
        return folder != "/" and below * 2 >= len(self.rows)

    @property
    def rank(self) -> tuple[bool, bool, bool, int, int]:
        """What makes one group rather than another the directory's; more is likelier."""
        return self.is_of_papers, not self.is_aside, self.is_dated, len(self.rows), self.papers

    @property
    def may_be_directory(self) -> bool:
        """Whether titles or structure say that this is a list of papers."""
        if self.is_of_papers:
            return len(self.rows) > 1 or not self.is_aside
        titles = [squashed(row.title) for _, row in self.rows]
        is_list = len(titles) >= _FEW and not (self.has_channels or self.is_aside)
        if not is_list or any(map(_YEAR.fullmatch, titles)):
            return False
        length = sum(map(len, titles)) / len(titles)
        is_numbered = all(len(title) >= _FEW and title.isdecimal() for title in titles)
        return length >= _SENTENCE or (self.is_dated and length > 1) or is_numbered

    def is_rivalled_by(self, other: "RowGroup") -> bool:
        """Return whether another group, which ranks lower, is as likely the directory's.

        Where no titles read as papers' do, nothing but size decides, and that must be clear.
        """
        if self.is_of_papers or self.is_dated != other.is_dated:
            return self.rank == other.rank
        return len(other.rows) * 3 >= len(self.rows) * 2

    def may_be_directory_beside(self, chosen: "RowGroup", folder: str) -> bool:
        """Return whether this is a directory whose titles do not read as papers', as those chosen.

        By the directory's folder, by numbers for titles, or as the other list is aside.
        """
        is_list = len(self.rows) >= _FEW and not (self.is_of_papers or self.is_aside)
        if not is_list or self.has_channels or not (self.is_dated or self.is_numbered):
            return False
        is_own = self.is_below(folder) and not chosen.is_below(folder)
        return is_own or self.is_numbered or chosen.is_aside

    @property
    def words(self) -> str:
        """The group in words: 15 rows like ul.list li>a, titles such as …."""
        title = self.rows[0][1].title[:_QUOTED] if self.rows else ""
        return f"{len(self.rows)} rows like {self.form}, titles such as {title}"


def is_repeated(group: RowGroup, groups: Iterable[RowGroup]) -> bool:
    """Return whether links with titles lead to the pages of a group of bare ones: [详细]."""
    return any(group.keys <= each.keys and not each.is_untitled for each in groups)


def row_group(like: LikeLinks) -> RowGroup:
    """Return a group of like links with its titles and dates."""
    rows: dict[str, tuple[LexborNode, DirectoryRow]] = {}
    titled = list(_own_links(like.links))
    is_untitled = len(titled) > 1 and len({title for _, title in titled}) == 1
    for link, title in titled:
        if link.key not in rows or not rows[link.key][1].title:
            beside = row_title(link.anchor) if is_untitled or link.anchor.tag != "a" else ""
            row = DirectoryRow(link.key, link.url, beside or title, date_of(link.anchor))
            rows[link.key] = link.anchor, row
    return RowGroup(like, tuple(rows.values()), is_aside(like.container), is_untitled)


def _own_links(links: Sequence[Link]) -> Iterator[tuple[Link, str]]:
    """Yield the links that head a row with their titles.

    Not what relates to a row, nor what several rows lead to: the channel before each title. In a
    list of one row, which repeats nothing, that is the short link beside the title.
    """
    nesting = Nesting([link.anchor for link in links], set())
    rows: dict[str, set[int]] = {}
    for link in links:
        rows.setdefault(link.key, set()).add((row_element(link.anchor) or link.anchor).mem_id)
    titles = [title_of(link.anchor) for link in links]
    is_single = len(set().union(*rows.values())) == 1 and not all(map(_is_short, titles))
    for place, (link, title) in enumerate(zip(links, titles, strict=True)):
        repeats = len(rows[link.key])
        is_apart = repeats > _MOST_REPEATS or nesting.is_nested(place)
        if not (is_apart or (_is_short(title) and (is_single or repeats > 1))):
            yield link, title


def _is_short(title: str) -> bool:
    return len(title) < _WORDY and not (title.isdecimal() or is_listed_as_paper(title))
