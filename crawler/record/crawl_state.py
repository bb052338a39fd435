"""What is fixed for one crawl (CrawlContext), and what it counts as it goes on (CrawlTally)."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawler.job import CrawlJob
from crawler.page.reader import PageReader
from letters.change import ChangeKind
from letters.crawl_record import PageError
from storage.facts.dictionaries import Purpose


@dataclass(slots=True)
class CrawlTally:
    """What a crawl has seen of its source so far. Letters are named by their ids."""

    template: str | None = None  # sha256 of a page of the source: the first that was a letter's
    # Names of those that prime the compressor, by purpose; none before the source's first letter.
    dictionaries: Mapping[Purpose, str] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)  # letters whose page was served
    gone: set[int] = field(default_factory=set)  # letters whose page was gone
    moved: set[int] = field(default_factory=set)  # letters found at another address
    changed: set[int] = field(default_factory=set)  # letters with a change
    counts: Counter[str] = field(default_factory=Counter)  # as `fuhan crawls` prints them
    errors: list[PageError] = field(default_factory=list)
    # By moments: when the directory was last read to its end before them.
    directories: dict[datetime, datetime | None] = field(default_factory=dict)

    def letter_seen(self, letter_id: int) -> None:
        """Count a letter whose page was served."""
        self.seen.add(letter_id)

    def letter_unchanged(self, letter_id: int) -> None:
        """Count a letter that says what its newest version says."""
        self.seen.add(letter_id)
        self.counts["unchanged"] += 1

    def letter_gone(self, letter_id: int) -> None:
        """Count a letter whose page is gone."""
        self.gone.add(letter_id)

    def letter_moved(self, letter_id: int) -> None:
        """Count a letter that is listed and served at another address."""
        self.seen.add(letter_id)
        self.moved.add(letter_id)
        self.gone.discard(letter_id)

    def change_recorded(self, letter_id: int, kind: ChangeKind) -> None:
        """Count a change."""
        self.changed.add(letter_id)
        self.counts[kind.value] += 1

    def page_failed(self, url: str, reason: str) -> None:
        """Count an error of a page."""
        self.errors.append(PageError(url, reason))

    def all_changes(self) -> int:
        """Return how many changes were recorded, letters published for the first time left out."""
        changes = sum(self.counts[kind.value] for kind in ChangeKind)
        return changes - self.counts[ChangeKind.PUBLISHED.value]


@dataclass(frozen=True, slots=True)
class DirectoryReading:
    """What a crawl read in its source's directory."""

    read_at: datetime  # UTC, when its first page was asked for
    is_whole: bool  # it was read to its end, and nothing speaks against that
    sha256: str | None = None  # of the list of its rows, kept as evidence
    keys: frozenset[str] = frozenset()  # canonical URLs of its rows
    letter_ids: frozenset[int] = frozenset()  # known letters that it lists where they stand
    without_letter: frozenset[int] = frozenset()  # addresses that it lists, with no letter yet


@dataclass(frozen=True, slots=True)
class CrawlContext:
    """What is fixed for one crawl, or for a past one whose pages are read only now."""

    job: CrawlJob
    id: int
    started_at: datetime  # UTC
    now: Callable[[], datetime]
    letters_before: int = 0  # letters on record of the source when it began
    first_whole_at: datetime | None = None  # when an earlier crawl first read the directory whole
    directory: DirectoryReading | None = None  # None: it is not read yet, or not at all
    tally: CrawlTally = field(default_factory=CrawlTally)

    @property
    def source(self) -> str:
        """The name of the source."""
        return self.job.source.name

    @property
    def reader(self) -> PageReader:
        """How the pages of the source are read."""
        return PageReader.of_site(self.job.source.kind, self.job.source.site)

    @property
    def directory_at(self) -> datetime | None:
        """When reading the directory began; None where it was not read."""
        return self.directory.read_at if self.directory else None

    @property
    def is_whole(self) -> bool:
        """Whether the directory was read to its end."""
        return self.directory is not None and self.directory.is_whole

    def lists(self, letter_id: int) -> bool:
        """Return whether the directory lists a letter, where it stood or where it moved to."""
        is_listed = self.directory is not None and letter_id in self.directory.letter_ids
        return is_listed or letter_id in self.tally.moved
