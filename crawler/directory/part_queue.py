"""The lists of a directory's other parts that have still to be read: years, months, sessions."""

from collections import deque
from collections.abc import Iterable

from crawler.directory.directory_parts import Part, is_of_any_year
from crawler.directory.page import DirectoryPage
from crawler.directory.part_links import unlisted_parts
from letters.addresses import DirectoryRow
from letters.crawl_record import PageError

MOST_PARTS = 240  # twenty years of months


class PartQueue:
    """URLs of lists, each once, in the order in which pages lead to them."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Part, str]] = deque()
        self._urls: set[str] = set()
        self.offered: set[Part] = set()  # that any of the pages leads to
        self.followed: list[Part] = []  # whose lists were given out

    def add(self, page: DirectoryPage, rows: Iterable[DirectoryRow]) -> None:
        """Add the parts to which the first page of a list leads, and of which it has no rows.

        A year or session is one part on whatever page; each year has a May of its own.
        """
        self._urls.add(page.url)
        for part, url in unlisted_parts(page.parts, rows):
            is_new = is_of_any_year(part) or part not in self.offered
            if is_new and url not in self._urls:
                self._waiting.append((part, url))
                self._urls.add(url)
        self.offered |= {part for part, _ in page.parts}

    def next(self) -> tuple[Part, str] | None:
        """Return the next part and its URL; None where none is left, or as many were read."""
        if not self._waiting or len(self.followed) == MOST_PARTS:
            return None
        part, url = self._waiting.popleft()
        self.followed.append(part)
        return part, url

    @property
    def left(self) -> PageError | None:
        """What says that there are more parts than are read; None: all were."""
        if not self._waiting:
            return None
        reason = f"it has more than {MOST_PARTS} lists of years, months or sessions"
        return PageError(self._waiting[0][1], reason)
