"""What one crawl knows of itself while it runs."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from crawler.job import CrawlJob
from letters.records import PageError


@dataclass(slots=True)
class Course:
    """The course of one crawl: filled as it goes, kept when it ends."""

    job: CrawlJob
    id: int  # of the crawl
    started_at: datetime
    letters_before: int  # letters held of the source when it began
    primer: str | None  # sha256 of the evidence that primes the compressor
    first_whole_at: datetime | None  # when an earlier crawl first read the directory whole
    now: Callable[[], datetime]
    told_at: datetime | None = None  # when changes of a past crawl are told; None: as it is seen
    directory_at: datetime | None = None  # when reading the directory began
    is_whole: bool = False  # the directory was read to its end and reconciled
    listing: str | None = None  # sha256 of what was listed
    # by moment: when the directory had been read to its end before it
    directories: dict[datetime, datetime | None] = field(default_factory=dict)
    listed_keys: set[str] = field(default_factory=set)  # canonical URLs that are listed
    listed: set[int] = field(default_factory=set)  # ids of known letters that are listed
    seen: set[int] = field(default_factory=set)  # ids of letters whose page was served
    gone: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)  # ids of letters with a change
    counts: Counter[str] = field(default_factory=Counter)
    errors: list[PageError] = field(default_factory=list)
