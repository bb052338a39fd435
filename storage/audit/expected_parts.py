"""Parts of what rows must say: of crawls, of visits, of addresses, of alarms."""

from dataclasses import dataclass
from datetime import datetime

from letters.crawl_record import Crawl
from storage.facts.entries import AlarmClearedEntry, AlarmRaisedEntry


@dataclass(frozen=True, slots=True)
class ExpectedCrawl:
    """A crawl that has ended."""

    crawl: Crawl
    directory_at: datetime | None = None  # when its directory was read, if to its end
    listing: str | None = None  # sha256 of the directory's rows; None: it could not be read


@dataclass(slots=True)
class ExpectedSpan:
    """Visits to one address in a row that had the same outcome."""

    outcome: str
    reason: str | None
    first_at: datetime
    last_at: datetime
    visits: int


@dataclass(frozen=True, slots=True)
class ExpectedLetter:
    """Which letter an address leads to: by its id, or by one of its versions."""

    source: str
    letter_id: int | None = None
    version_id: int | None = None


@dataclass(frozen=True, slots=True)
class ExpectedAlarm:
    """An alarm as it was raised, and as it was cleared, if it was."""

    source: str
    raised: AlarmRaisedEntry
    cleared: AlarmClearedEntry | None = None
