"""A crawl on record: how it ended, its counts, the pages that it could not read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class CrawlOutcome(StrEnum):
    """How a crawl ended."""

    COMPLETE = "complete"  # directory read to its end and reconciled, every due letter judged
    PARTIAL = "partial"
    FAILED = "failed"  # the directory's first page could not be read


@dataclass(frozen=True, slots=True)
class PageError:
    """A page that got no verdict, and why."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class Crawl:
    """One crawl of one source. Counts are of letters, `requests` and `bytes` of the network."""

    id: int
    source: str
    outcome: CrawlOutcome | None  # None while it runs, or when it was killed
    started_at: datetime  # UTC
    finished_at: datetime | None
    listed: int = 0
    fetched: int = 0
    unchanged: int = 0
    published: int = 0
    edited: int = 0
    withdrawn: int = 0
    delisted: int = 0
    restored: int = 0
    relocated: int = 0
    suspect: int = 0
    errors: tuple[PageError, ...] = ()
    requests: int = 0
    bytes: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the crawl with the keys and in the order that docs/contract.md promises."""
        return {
            "id": self.id,
            "source": self.source,
            "outcome": self.outcome and self.outcome.value,
            **{name: getattr(self, name) for name in _COUNTS},
            "errors": [{"url": error.url, "reason": error.reason} for error in self.errors],
            "requests": self.requests,
            "bytes": self.bytes,
            "started_at": self.started_at.isoformat(),
            "finished_at": self.finished_at and self.finished_at.isoformat(),
        }


_COUNTS = ["listed", "fetched", "unchanged", "published", "edited", "withdrawn", "delisted"]
_COUNTS += ["restored", "relocated", "suspect"]


@dataclass(frozen=True, slots=True)
class SourceState:
    """The state of one source: its last crawls and how many letters of it are on record."""

    source: str
    letters: int
    last_crawl: Crawl | None
    last_success: datetime | None  # UTC, when the last complete crawl finished
