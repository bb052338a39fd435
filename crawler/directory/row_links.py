"""The rows of a directory's page: which links lead to its letters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.group_choice import choose_group
from crawler.directory.like_links import page_links
from crawler.directory.link_targets import is_document_url, is_file_url
from crawler.directory.nesting import Nesting
from crawler.directory.row_parts import date_of, list_of, row_element, title_of
from crawler.directory.rows_beside import RowPlaces, rows_of_other_make_up
from crawler.web_url import resolve
from letters.addresses import DirectoryRow, RowSelection
from letters.paper_titles import is_listed_as_paper
from letters.urls import is_same_site, url_key

_FEW = 3  # rows, below which a list is not taken for the directory against known addresses
BY_ADDRESS = "pages of a known family"  # the form of rows that are known by their addresses


@dataclass(frozen=True, slots=True)
class RowLink:
    """A row of a directory, and the element whose link makes it one."""

    anchor: LexborNode
    row: DirectoryRow


@dataclass(frozen=True, slots=True)
class RowReading:
    """The rows of a page, and by what they are known."""

    links: tuple[RowLink, ...] = ()
    selection: RowSelection | None = None  # None: it has no rows
    doubt: str | None = None  # in words which other links may be its rows
    files: tuple[DirectoryRow, ...] = ()  # rows that lead to files, not to pages
    elsewhere: frozenset[str] = frozenset()  # keys of rows like these that lead to other sites

    @property
    def is_guess(self) -> bool:
        """Whether neither an address nor a title says that the rows are papers."""
        is_known = self.selection is not None and self.selection.form == BY_ADDRESS
        return not is_known and not any(is_listed_as_paper(link.row.title) for link in self.links)


def read_row_links(
    tree: LexborHTMLParser, url: str, base: str, form: str | None, *, is_further: bool
) -> RowReading:
    """Return the rows of the directory at `url`, whose links are relative to `base`.

    Links to pages of a known family are rows by their addresses. Where there are none, or a
    larger list has such papers' titles and they have not, the rows are a group of like links.
    `form` is that by which the rows of the directory were known before; on a further page no
    other is believed.
    """
    if is_further and form != BY_ADDRESS:
        return _by_structure(tree, url, base, form)
    folder = _folder(url)
    known = tuple(_rows_by_address(tree, url, base, folder))
    if form not in {None, BY_ADDRESS} and (again := _by_structure(tree, url, base, form)).links:
        return again
    papers = _papers_of(link.row for link in known)
    files = _files_among(tree, url, base, known)
    are_papers, is_below = papers * 2 >= len(known) > 0, _is_below(known, folder)
    if is_further or (are_papers and is_below):
        return _as_reading(known, files)
    liked = _by_structure(tree, url, base, None)
    is_liked = (
        _is_likelier(liked, known)
        if are_papers
        else _outweighs_known(liked, known, url, is_below=is_below)
    )
    return liked if is_liked else _as_reading(known, files)


def _outweighs_known(
    liked: RowReading, known: Sequence[RowLink], url: str, *, is_below: bool
) -> bool:
    """Return whether a page's structure says better than addresses what it lists.

    The titles behind those do not read as papers'.
    """
    if not liked.links and liked.doubt and not is_below and _are_in_lists(known):
        return True
    is_own = any(is_same_site(link.row.url, url) for link in known)
    may_be_known = known and (is_own or not liked.links)
    return not may_be_known or _outweighs(liked.links, known, _folder(url))


def _files_among(
    tree: LexborHTMLParser, url: str, base: str, known: Sequence[RowLink]
) -> tuple[DirectoryRow, ...]:
    """Return the rows that lead to files of this site, in the lists that hold known rows."""
    places = RowPlaces.of_rows(row_element(link.anchor) or link.anchor for link in known)
    files = [link for link in page_links(tree, base)[1] if is_same_site(link.url, url)]
    rows = (_row_link(link.anchor, link.url).row for link in rows_of_other_make_up(files, places))
    return tuple({row.key: row for row in rows}.values())


def _as_reading(links: Sequence[RowLink], files: tuple[DirectoryRow, ...]) -> RowReading:
    if not links:
        return RowReading()
    words = (
        f"{len(links)} rows that lead to {BY_ADDRESS}, titles such as {links[0].row.title[:40]}"
    )
    return RowReading(tuple(links), RowSelection(BY_ADDRESS, words), files=files)


def _by_structure(tree: LexborHTMLParser, url: str, base: str, form: str | None) -> RowReading:
    choice = choose_group(tree, url, base, form)
    if choice.group is None:
        return RowReading(doubt=choice.doubt, files=choice.files)
    links = tuple(RowLink(anchor, row) for anchor, row in choice.group.rows)
    selection = RowSelection(choice.group.form, choice.group.words)
    return RowReading(links, selection, choice.doubt, choice.files, choice.elsewhere)


def _papers_of(rows: Iterable[DirectoryRow]) -> int:
    return sum(is_listed_as_paper(row.title) for row in rows)


def _folder(url: str) -> str:
    return urlsplit(urljoin(url, ".")).path


def _is_below(known: Iterable[RowLink], folder: str) -> bool:
    return folder != "/" and any(urlsplit(each.row.url).path.startswith(folder) for each in known)


def _is_likelier(liked: RowReading, known: Sequence[RowLink]) -> bool:
    """Return whether a page's structure says better than addresses which papers it lists.

    None of them is below the directory's own folder: several lists of them may be several
    channels', and another list may be the directory.
    """
    if not liked.links:
        return liked.doubt is not None
    keys = {link.row.key for link in liked.links}
    return _are_in_lists(known) and any(link.row.key not in keys for link in known)


def _are_in_lists(known: Iterable[RowLink]) -> bool:
    return len({list_of(link.anchor) for link in known}) > 1


def _outweighs(liked: Sequence[RowLink], known: Sequence[RowLink], folder: str) -> bool:
    """Return whether a group is the directory's rather than links to pages of a known family.

    Of links below the directory's own folder it must be the larger one besides.
    """
    keys = {link.row.key for link in known}
    is_apart = sum(link.row.key in keys for link in liked) * 2 < len(liked)
    papers, before = (_papers_of(link.row for link in each) for each in (liked, known))
    is_larger = len(liked) > len(known) if _is_below(known, folder) else papers > before
    return is_apart and is_larger and papers >= _FEW and papers * 2 >= len(liked)


def _rows_by_address(
    tree: LexborHTMLParser, url: str, base: str, folder: str
) -> Iterator[RowLink]:
    """Yield the rows that lead to pages of a known family, and then those like them.

    They lead to pages below the directory's `folder`, or are in one list with rows that do: what
    else a page links to (news, related documents) is left out.
    """
    links = list(_page_links(tree, base))
    documents = [(anchor, target) for anchor, target in links if is_document_url(target)]
    own = [anchor for anchor, target in documents if urlsplit(target).path.startswith(folder)]
    lists = {list_of(anchor) for anchor in own}
    nesting = Nesting([anchor for anchor, _ in documents], {anchor.mem_id for anchor in own})
    for place, (anchor, target) in enumerate(documents):
        if (not own or list_of(anchor) in lists) and not nesting.is_nested(place):
            yield _row_link(anchor, target)
    taken = {row.mem_id for anchor, _ in documents if (row := row_element(anchor)) is not None}
    for anchor, target in links:
        row = row_element(anchor)
        if row is None or row.mem_id in taken or list_of(anchor) not in lists:
            continue
        if _may_be_letter(target, url) and is_listed_as_paper(title_of(anchor)):
            yield _row_link(anchor, target)


def _row_link(anchor: LexborNode, target: str) -> RowLink:
    row = DirectoryRow(url_key(target), target, title_of(anchor), date_of(anchor))
    return RowLink(anchor, row)


def _may_be_letter(target: str, url: str) -> bool:
    """Return whether a link to a page of no known family may lead to a letter of this site."""
    leads_on = url_key(target) != url_key(url) and not is_file_url(target)
    return leads_on and is_same_site(target, url)


def _page_links(tree: LexborHTMLParser, base: str) -> Iterator[tuple[LexborNode, str]]:
    for anchor in tree.css("a[href]"):
        if target := resolve(anchor.attributes.get("href") or "", base):
            yield anchor, target
