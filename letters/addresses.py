"""Addresses of letters: a row of a directory, and a URL on record with what is known of it."""

from dataclasses import dataclass
from datetime import date, datetime

from letters.letter_record import Status
from letters.visit_span import VisitOutcome


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """One row of a directory (目录条目) that leads to a letter."""

    key: str  # what makes two URLs the same page: letters.urls.url_key
    url: str  # absolute
    title: str
    listed_on: date | None  # as printed beside the title; None where no date is


@dataclass(frozen=True, slots=True)
class RowSelection:
    """Which links of a directory's page were taken for its rows."""

    form: str  # div.main>ul.list li>a: their place in the page and their make-up
    words: str  # 15 rows like …, titles such as …


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """One URL on record and what earlier crawls learned there; None where they learned nothing."""

    id: int
    key: str
    url: str
    first_listed_at: datetime | None  # None: requested by its URL, never listed
    listed_title: str | None
    listed_on: date | None
    etag: str | None
    last_modified: str | None
    letter_id: int | None
    left_by: int | None  # the letter that was here once and is elsewhere now
    status: Status | None
    version: int | None
    digest: str | None
    visited_at: datetime | None
    outcome: VisitOutcome | None  # of the last visit
    has_open_files: bool = False  # one got no verdict when it was last visited, or may be gone
    page_digest: str | None = None  # by which its page, as last read, is known again
    served_at: datetime | None = None  # when the page was requested that was last served, no 304
