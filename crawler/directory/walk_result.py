"""The result of a walk through a directory: its rows, and what kept it from its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from crawler.directory.directory_parts import Part
from crawler.directory.unreadable_rows import UnreadableRow
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from letters.addresses import DirectoryRow, RowSelection
from letters.crawl_record import PageError


@dataclass(frozen=True, slots=True)
class AskedPage:
    """A request of which rows were had, and its answer: evidence that can be asked for again."""

    request: InterfaceRequest
    answer: Snapshot


@dataclass(frozen=True, slots=True)
class WalkResult:
    """What a directory lists, and what kept it from being read to its end."""

    rows: Mapping[str, DirectoryRow] = field(default_factory=dict)  # by key, in order
    names_in_scripts: frozenset[str] = frozenset()  # names of pages in its scripts
    unreadable: tuple[UnreadableRow, ...] = ()  # each once, in order
    errors: tuple[PageError, ...] = ()
    unread: tuple[PageError, ...] = ()  # what it lists and nobody reads: it may be whole yet
    failed: bool = False  # its first page could not be read
    pages: int = 0  # how many of its pages were read
    url_behind_last: str | None = None  # of the page behind its last one, where its pager ends
    # Where an interface gave the rows, or a form: the first page, then the answers.
    asked: tuple[AskedPage, ...] = ()
    selection: RowSelection | None = None  # which links were its rows
    interface: str | None = None  # the name of the one that listed the rows; None: its pages did
    total_rows: int | None = None  # what it says of its own size
    archives: tuple[str, ...] = ()  # URLs of lists of older letters, to which its page leads
    # Where one page ends and the next begins: the dates of the rows on both sides.
    edges: tuple[tuple[date, date], ...] = ()
    parts: frozenset[Part] = frozenset()  # to whose lists it leads, where its letters are in such
    is_bounded: bool = False  # as many pages were read as were wanted; it goes on behind them

    @property
    def is_whole(self) -> bool:
        """Whether the directory was read to its end and agrees with its own size."""
        return not self.errors and not self.is_bounded

    def merged(self, second: "WalkResult") -> "WalkResult":
        """Return the result with what a second walk lists and with that walk's errors.

        A row that both list stays as this one has it.
        """
        return replace(
            self,
            rows={**self.rows, **second.rows, **self.rows},
            names_in_scripts=self.names_in_scripts | second.names_in_scripts,
            unreadable=tuple(dict.fromkeys((*self.unreadable, *second.unreadable))),
            errors=(*self.errors, *second.errors),
            unread=tuple(dict.fromkeys((*self.unread, *second.unread))),
            asked=(*self.asked, *second.asked),
        )

    def with_error(self, error: PageError) -> "WalkResult":
        """Return the result with one more error: the directory was not read whole."""
        return replace(self, errors=(*self.errors, error))

    def as_failed(self, error: PageError) -> "WalkResult":
        """Return the result of a walk whose first page is not that of the directory."""
        return replace(self.with_error(error), failed=True)
