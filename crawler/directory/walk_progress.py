"""The progress of a walk through a directory: the pages read and missed, the rows listed."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from crawler.directory.page import DirectoryPage, channel_of
from crawler.directory.page_request import page_at, request_key
from crawler.directory.pager_links import page_key
from crawler.directory.unreadable_rows import UnreadableRow
from crawler.directory.walk_result import AskedPage, WalkResult
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from letters.addresses import DirectoryRow, RowSelection
from letters.crawl_record import PageError
from letters.paper_titles import is_listed_as_paper

LISTED_AS_FILE = "the directory lists it as a file, not as a page: it is not read"


@dataclass(frozen=True, slots=True)
class MissedPage:
    """A page of a directory that could not be read, or lists nothing new."""

    error: PageError
    is_gone: bool = False  # there is no such page: 404, a sorry page, no row that is new
    is_end: bool = False  # it is behind the last page: all that is counted was read


class WalkProgress:
    """What a walk has read up to now, page by page; the first page is 0."""

    def __init__(self, before: RowSelection | None = None) -> None:
        self._before = before
        self.read: dict[int, DirectoryPage] = {}
        self.missed: dict[int, MissedPage] = {}
        self.rows: dict[str, DirectoryRow] = {}  # by key, as listed first
        self.foreign_keys: set[str] = set()
        self.names_in_scripts: set[str] = set()
        self.total_rows: int | None = None  # what the directory says of its own size
        self._unreadable: dict[UnreadableRow, None] = {}
        self._files: dict[str, DirectoryRow] = {}  # rows that lead to files, by key
        self._asked: list[AskedPage] = []  # the first page, and what forms asked for
        self._requested: set[str] = set()  # keys of requests
        self._links: deque[str] = deque()  # of pagers, those of the newest page first
        self._back: dict[str, str] = {}  # where ways back lead: URLs by page key
        self._forward: set[str] = set()  # page keys to which anything else leads
        self._parsed = 0
        self._most_requested = 0  # before pages beyond the end were forgotten

    @property
    def first(self) -> DirectoryPage:
        """The first page of the directory."""
        return self.read[0]

    @property
    def newest(self) -> DirectoryPage:
        """The page that was read last."""
        return self.read[max(self.read)]

    @property
    def selection(self) -> RowSelection | None:
        """Which links are the directory's rows: those of its first page, before it the known."""
        return self.first.selection if self.read else self._before

    @property
    def count(self) -> int:
        """How many pages were read or missed; the number of the page that comes next."""
        return len(self.read) + len(self.missed)

    @property
    def requested_pages(self) -> int:
        """How many pages were requested, those that proved not to be there included."""
        return max(self.count, self._most_requested)

    @property
    def documents(self) -> int:
        """How many documents are listed, each once, those of other sites and files included."""
        return len(self.rows) + len(self.foreign_keys) + len(self._files)

    @property
    def scripted_row(self) -> UnreadableRow | None:
        """A row with a paper's title whose page a script opens that names no address, or None."""
        scripted = (row for row in self._unreadable if row.is_scripted)
        return next((row for row in scripted if is_listed_as_paper(row.title)), None)

    def add_answer(self, request: InterfaceRequest, answer: Snapshot) -> None:
        """Keep an answer that nobody can have by its URL, and the first page, which led to it."""
        if request.method != "GET" or not self._asked:
            self._asked.append(AskedPage(request, answer))

    def add_page(self, request: InterfaceRequest, page: DirectoryPage) -> None:
        """Record that the next page was read; what it lists is added by itself."""
        self._requested.add(request_key(request))
        if not self.read:
            self._requested.add(page_key(page.url))
        elif self.is_first_again(request.url, page):
            return
        self.read[self.count] = page
        links = page.pager.next_urls
        beyond = {page_key(url) for url in links if self.is_beyond(page, url)}
        self._links.extendleft(reversed(links))
        self._forward |= {page_key(url) for url in page.pager.urls} - beyond
        self._back |= {page_key(url): url for url in page.pager.back_urls}

    def next_link(self) -> str | None:
        """Return where a pager leads that was not requested; None where to nothing more."""
        while self._links:
            if not self.was_requested(page_at(url := self._links.popleft())):
                return url
        return None

    def next_back(self) -> str | None:
        """Return where ways back lead: 上一页 of a first page, a 1 that is another page."""
        return next((url for key, url in self._back.items() if key not in self._requested), None)

    def is_beyond(self, page: DirectoryPage, url: str) -> bool:
        """Return whether a link leads beyond the number of pages that its own page gives.

        One whose words are the number of its page says itself that it is there.
        """
        form = self.first.pager.form
        number = form.number(url) if form else None
        is_behind = number is not None and number >= (page.total_pages or number + 1)
        return is_behind and url not in page.pager.numbered_urls

    def _is_behind_end(self, url: str) -> bool:
        """Return whether pages that were read lead to a URL, and all of them from beyond it."""
        leading = [page for page in self.read.values() if url in page.pager.next_urls]
        return bool(leading) and all(self.is_beyond(page, url) for page in leading)

    def add_missed(self, request: InterfaceRequest, missed: MissedPage) -> None:
        """Record that the next page was missed.

        A way back may lead to nothing, or to what was read: 上一页 of the first page does; so may
        下一页 of the last one, behind the number of pages that it gives.
        """
        self._requested.add(key := request_key(request))
        is_back = missed.is_gone and key in self._back
        is_needless = (is_back or self._is_behind_end(request.url)) and key not in self._forward
        if not (is_needless or missed.is_end):
            self.missed[self.count] = missed

    def was_requested(self, request: InterfaceRequest) -> bool:
        """Return whether a page was requested."""
        return request_key(request) in self._requested

    def is_first_again(self, url: str, page: DirectoryPage) -> bool:
        """Return whether `page` is the first one at the URL that its number gives it."""
        form = self.first.pager.form
        if form is None or form.number(url) != 0:
            return False
        return {row.key for row in page.rows} == {row.key for row in self.first.rows}

    def add_rows(self, page: DirectoryPage) -> int:
        """Add what a page lists; return how many of its rows are new."""
        before = len(self.rows)
        for row in page.rows:
            self.rows.setdefault(row.key, row)
        self.foreign_keys |= page.foreign_keys
        self._unreadable |= dict.fromkeys(page.unreadable)
        self._files |= {row.key: row for row in page.files}
        self.names_in_scripts |= page.names_in_scripts
        if page.total_rows is not None:
            self.total_rows = max(self.total_rows or 0, page.total_rows)
        self._parsed += 1
        return len(self.rows) - before

    def is_of_another_channel(self, page: DirectoryPage) -> bool:
        """Return whether no row of a further page lies where a row that was listed before does."""
        channels = {channel_of(row.url) for row in page.rows}
        return bool(channels and self.rows) and channels.isdisjoint(
            channel_of(row.url) for row in self.rows.values()
        )

    def page_count_by(self, page: DirectoryPage) -> int:
        """Return how many pages the directory has by what `page` says, or by where it leads."""
        form = self.first.pager.form
        if page.total_pages is not None or form is None:
            return page.total_pages or 1
        numbers = [form.number(url) for url in page.pager.urls]
        return max((number + 1 for number in numbers if number is not None), default=1)

    def forget_phantoms(self, total_pages: int) -> int:
        """Forget the pages beyond the end that are not there; return how many pages there are.

        A number of pages is printed when a page is made, and the first page is not always made
        again. A smaller one is believed only where all later pages that say one agree on it, each
        counts itself among them, and every page requested beyond it is not there. A page that
        fails, and one that is missing before that end, stays an error.
        """
        later = {at: page for at, page in self.read.items() if at and page.total_pages is not None}
        ends = {page.total_pages or 0 for page in later.values()}
        beyond = [at for at in self.missed if at >= max(ends, default=total_pages)]
        if len(ends) != 1 or not beyond or max(self.read) >= max(ends):
            return total_pages
        placed = all(page.pager.current in {None, at} for at, page in later.items())
        if not (placed and all(self.missed[at].is_gone for at in beyond)):
            return total_pages
        self._most_requested = self.count
        for at in beyond:
            del self.missed[at]
        return max(ends)

    def result(self, url_behind_last: str | None = None) -> WalkResult:
        """Return what was read, with an error for each page that was missed."""
        return WalkResult(
            rows=dict(self.rows),
            names_in_scripts=frozenset(self.names_in_scripts),
            unreadable=tuple(self._unreadable),
            errors=tuple(missed.error for missed in self.missed.values()),
            pages=self._parsed,
            unread=tuple(PageError(row.url, LISTED_AS_FILE) for row in self._files.values()),
            url_behind_last=url_behind_last,
            selection=self.first.selection if self.read else None,
            total_rows=self.total_rows,
            asked=tuple(self._asked) if len(self._asked) > 1 else (),
            archives=self.first.archives if self.read else (),
            edges=tuple(self._edges()),
        )

    def _edges(self) -> Iterator[tuple[date, date]]:
        for page, following in pairwise(self.read[at] for at in sorted(self.read)):
            last, first = page.rows[-1:], following.rows[:1]
            for one, other in zip(last, first, strict=False):
                if one.listed_on is not None and other.listed_on is not None:
                    yield one.listed_on, other.listed_on
