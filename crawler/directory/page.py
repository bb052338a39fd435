"""One page of a directory: its rows, its pager, and what it says of its own size."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.directory.archive_links import archive_links
from crawler.directory.choice_links import ChoiceLink, choice_links
from crawler.directory.directory_parts import Part
from crawler.directory.form_pager import FormPager, read_form_pager
from crawler.directory.hub import Channel, channels_of_hub
from crawler.directory.kind_tabs import kind_tabs
from crawler.directory.other_pagers import strip_other_pagers
from crawler.directory.pager import Pager, read_pager, without_comments
from crawler.directory.pager_links import PageUrlForm
from crawler.directory.part_choices import part_choices
from crawler.directory.part_links import part_links
from crawler.directory.passed_values import with_passed_values
from crawler.directory.row_links import RowLink, RowReading, read_row_links
from crawler.directory.script_form import form_of_script
from crawler.directory.serial_numbers import serials_of
from crawler.directory.signs_of_more.other_parts import filled_pagers
from crawler.directory.signs_of_more.read_signs import read_signs
from crawler.directory.signs_of_more.script_elements import scripts_in_lists
from crawler.directory.signs_of_more.sign import Sign
from crawler.directory.totals import around_rows, read_totals
from crawler.directory.unreadable_rows import UnreadableRow, unreadable_rows
from crawler.directory.written_text import with_written_text
from crawler.directory.yearless_dates import with_years
from crawler.web_url import resolve
from letters.addresses import DirectoryRow, RowSelection
from letters.urls import is_same_site

_WRITES_ROWS = re.compile(
    r"createPageHTML\(\s*[\"'][\w-]+[\"']|jpage|queryList|dataproxy|/search|ms-repeat|v-for|ng-repeat"
)
_PAGE_NAME = re.compile(r"[\w-]{4,}\.[sj]?html?\b")  # a file's name, as scripts write rows
_DATED_FOLDER = re.compile(r"/\d{4}[^/]*/")


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """What one page of a directory shows; None where it does not say."""

    url: str  # as answered: a directory requested without its last slash is answered with it
    rows: tuple[DirectoryRow, ...]
    foreign_keys: frozenset[str]  # keys of the rows that lead to another site
    names_in_scripts: frozenset[str]  # names of pages in its scripts
    unreadable: tuple[UnreadableRow, ...]  # may be rows, and lead to no letter of this site
    pager: Pager
    total_rows: int | None  # of the directory
    is_written_by_script: bool  # it holds no rows: a script writes them
    signs: tuple[Sign, ...]  # of more pages than this one
    filled_pagers: frozenset[str] = frozenset()  # signs that its pagers would be, were they empty
    parts: tuple[tuple[Part, str], ...] = ()  # links to its other years and sessions
    part_choices: frozenset[Part] = frozenset()  # that a script or a form shows
    archives: tuple[str, ...] = ()  # URLs of lists of older letters; of the first page alone
    tabs: tuple[str, ...] = ()  # words of tabs that show other letters; of the first page alone
    choices: tuple[ChoiceLink, ...] = ()  # links to the same list in another choice; the same
    selection: RowSelection | None = None  # which links are its rows; None: it has none
    channels: tuple[Channel, ...] = ()  # of which it shows the newest: it is a hub
    row_doubt: str | None = None  # which other links may be its rows, in words
    files: tuple[DirectoryRow, ...] = ()  # letters that it lists as files: they are not read
    form_pager: FormPager | None = None  # the form by which it leads on where no link does
    serials: tuple[int, int] | None = None  # the first and last 序号 that its rows have
    charset: str = "utf-8"  # in which its forms are sent

    @property
    def documents(self) -> int:
        """How many documents the page lists, those of other sites included."""
        return len(self.rows) + len(self.foreign_keys)

    @property
    def total_pages(self) -> int | None:
        """How many pages the directory says it has."""
        return self.pager.total_pages


def read_directory(
    html: str, url: str, before: RowSelection | None = None, *, is_further: bool = False
) -> DirectoryPage:
    """Return what the page at `url` lists.

    Rows that lead to another site are counted, not listed. `before` are the rows of the
    directory as they were read before; on a further page no others are believed.
    """
    tree = LexborHTMLParser(with_written_text(html))
    tree.strip_tags(["style", "template"])
    scripts = [script.text() for script in tree.css("script")]
    in_list = scripts_in_lists(tree)
    tree.strip_tags(["script"])
    live = with_passed_values(without_comments("\n".join(scripts)))
    texts = "\n".join([live, *(area.text() for area in tree.css("textarea"))])
    base = _base(tree, url)
    form = before.form if before else None
    reading = read_row_links(tree, url, base, form, is_further=is_further)
    links = with_years(tree, reading.links)
    around = around_rows(link.anchor for link in links)
    keys = frozenset(link.row.key for link in links)
    strip_other_pagers(tree, around, keys, base)
    totals = read_totals(tree, html, scripts, around)
    if totals.rows == 0 and before is None and reading.is_guess:  # it is empty: these are news
        reading, links, around, keys = RowReading(), (), set(), frozenset()
    pager = read_pager(tree, html, scripts, base, totals.pages, keys)
    signs = read_signs(tree, html, live, around, base)
    anchors = [link.anchor for link in links]
    form_pager = None if _is_linked(pager) else read_form_pager(tree, live, base, url)
    is_posted = form_pager is not None and form_pager.leads_on
    if not is_posted and pager.form is None and not pager.urls:
        pager = _with_form_of_script(pager, live, base, signs)
    return DirectoryPage(
        url=url,
        rows=_own_rows(links, url),
        foreign_keys=reading.elsewhere.union(
            link.row.key for link in links if not is_same_site(link.row.url, url)
        ),
        names_in_scripts=frozenset(_PAGE_NAME.findall(texts)),
        unreadable=tuple(unreadable_rows(tree, links, url, base)),
        selection=reading.selection,
        row_doubt=reading.doubt,
        files=reading.files,
        pager=pager,
        total_rows=totals.rows if pager.total_rows is None else pager.total_rows,
        is_written_by_script=not links and bool(_WRITES_ROWS.search(html)),
        signs=(*signs, *in_list),
        filled_pagers=filled_pagers(tree),
        parts=part_links(tree, base, keys),
        part_choices=part_choices(tree, live, base, anchors),
        archives=() if is_further else archive_links(tree, base, keys),
        tabs=() if is_further else kind_tabs(tree, base, anchors),
        choices=() if is_further else choice_links(tree, base, keys),
        channels=() if is_posted else _channels(tree, links, base, pager),
        form_pager=None if _is_linked(pager) else form_pager,
        serials=serials_of(anchors),
    )


def _is_linked(pager: Pager) -> bool:
    """Return whether a pager leads on by URLs."""
    return pager.form is not None or bool(pager.next_urls)


def _with_form_of_script(pager: Pager, script: str, base: str, signs: Iterable[Sign]) -> Pager:
    """Return a pager with the pages that its script counts, at the URLs that its script makes."""
    counted = [sign.total_pages for sign in signs if sign.total_pages]
    pages = max([*counted, pager.total_pages or 0])
    form = form_of_script(script, base) if pages > 1 else None
    return replace(pager, total_pages=pages, form=form) if form else pager


def _channels(
    tree: LexborHTMLParser, links: Iterable[RowLink], base: str, pager: Pager
) -> tuple[Channel, ...]:
    """Return the channels of a hub; one list that goes on is none."""
    if _is_linked(pager):
        return ()
    return channels_of_hub(tree, [link.anchor for link in links], base)


def channel_of(url: str) -> str:
    """Return the part of a page's path before its date, or its first folder where it has none.

    Empty for a page at the top of its site, and where the date is.

    >>> channel_of("http://x.gov.cn/zwgk/tagk/202206/t20220617_1.html")
    '/zwgk/tagk'
    """
    dated = _DATED_FOLDER.search(path := urlsplit(url).path)
    return path[: dated.start()] if dated else path[: max(path.find("/", 1), 0)]


def page_url(first: DirectoryPage, number: int) -> str:
    """Return the URL of page `number`, from 1, of the directory whose first page is `first`.

    >>> page_url(read_directory("", "http://x.gov.cn/tagk/"), 1)
    'http://x.gov.cn/tagk/index_1.html'
    """
    form = first.pager.form or PageUrlForm(urljoin(first.url, "index_"), ".html", 1)
    return form.url(number)


def _base(tree: LexborHTMLParser, url: str) -> str:
    """Return the URL that the page's links are relative to."""
    node = tree.css_first("base[href]")
    href = node.attributes.get("href") if node else None
    return (href and resolve(href, url)) or url


def _own_rows(links: Iterable[RowLink], url: str) -> tuple[DirectoryRow, ...]:
    """Return the rows of this site, each letter once, where it is first, by its first title."""
    rows: dict[str, DirectoryRow] = {}
    for row in (link.row for link in links):
        is_titled = row.key in rows and rows[row.key].title
        if is_same_site(row.url, url) and not is_titled:
            rows[row.key] = row
    return tuple(rows.values())
