"""The progress of a walk by an interface: the answers read, the rows listed, what they count."""

from dataclasses import replace

from crawler.directory.unreadable_rows import UnreadableRow
from crawler.directory.walk_result import AskedPage
from crawler.interfaces.interface import InterfaceRow, InterfaceRows, Parameters
from crawler.interfaces.recognition import InterfaceUse
from letters.addresses import DirectoryRow
from letters.crawl_record import PageError
from letters.urls import is_same_site, url_key


class InterfaceProgress:
    """What was read of one list up to now, answer by answer."""

    def __init__(self, use: InterfaceUse) -> None:
        self.use = use
        self.rows: dict[str, DirectoryRow] = {}  # by key, as listed first
        self.foreign_keys: set[str] = set()  # of rows that lead to another site
        self.unreadable: dict[UnreadableRow, None] = {}
        self.asked: list[AskedPage] = []
        self.errors: list[PageError] = []
        self.repeated: list[PageError] = []  # answers that list nothing new
        self.idle = 0  # how many of them came one after another
        self.total: int | None = None  # the largest that an answer gave
        self.other_total: int | None = None  # the largest of another count of the same
        self.pages: int | None = None
        self.next_page = use.interface.first_request
        self.empty = 0  # how many answers without rows came one after another
        self.has_gap = False  # rows came behind an answer without any
        self.is_full = False  # the last answer has as many rows as were asked for
        self._ends_full = False  # so had the last answer that had any
        self.read = 0  # answers

    @property
    def parameters(self) -> Parameters:
        """What the page says of the list."""
        return self.use.parameters

    @property
    def documents(self) -> int:
        """How many documents are listed, each once, those of other sites included."""
        return len(self.rows) + len(self.foreign_keys)

    @property
    def expected(self) -> int | None:
        """How many documents there are at least, by the answers or else by the page."""
        return self.parameters.total if self.total is None else self.total

    @property
    def is_met(self) -> bool:
        """Whether as many documents are listed as the answers say there are."""
        return self.total is not None and self.documents == self.total

    def add(self, answer: InterfaceRows, url: str) -> None:
        """Add what an answer to a request for `url` lists and counts."""
        before = self.documents
        for row in answer.rows:
            self._add_row(row)
        self.total = _larger(self.total, answer.total)
        self.other_total = _larger(self.other_total, answer.other_total)
        self.pages = _larger(self.pages, answer.pages)
        self.read += 1
        self._heed_end(answer)
        self._heed_cap(answer)
        self.idle = self.idle + 1 if answer.rows and self.documents == before else 0
        if self.idle:
            name = self.use.interface.name
            self.repeated.append(PageError(url, f"the interface {name}: the same rows again"))

    @property
    def is_at_end(self) -> bool:
        """Whether an answer without rows shows that there is nothing behind it.

        Behind a full one, and where nothing is counted, a second must say so: the first may be
        a failure of the system that answers.
        """
        is_unsure = self._ends_full and self.total is None and self.pages is None
        return self.empty > int(is_unsure)

    def _heed_end(self, answer: InterfaceRows) -> None:
        self.has_gap = self.has_gap or bool(answer.rows and self.empty)
        self.empty = 0 if answer.rows else self.empty + 1
        self.is_full = len(answer.rows) >= self.parameters.page_size
        self._ends_full = self.is_full or (self._ends_full and not answer.rows)

    def _heed_cap(self, answer: InterfaceRows) -> None:
        """Ask for fewer records at once where the first answer has fewer, and more are there."""
        listed, is_first = len(answer.rows), self.read == 1 and self.use.interface.is_by_record
        if is_first and listed < self.parameters.page_size and listed < (self.expected or 0):
            parameters = replace(self.parameters, page_size=max(listed, 1))
            self.use = replace(self.use, parameters=parameters)

    def _add_row(self, row: InterfaceRow) -> None:
        is_own = row.url is not None and is_same_site(row.url, self.parameters.page_url)
        if row.url is not None and is_own and not row.is_elsewhere:
            key = url_key(row.url)
            self.rows.setdefault(key, DirectoryRow(key, row.url, row.title, row.listed_on))
            return
        self.unreadable[UnreadableRow(row.title, row.listed_on, row.url, is_in_list=True)] = None
        if row.url is not None:
            self.foreign_keys.add(url_key(row.url))


def _larger(one: int | None, other: int | None) -> int | None:
    return max((each for each in (one, other) if each is not None), default=None)
