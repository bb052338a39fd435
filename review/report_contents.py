"""What a change report contains, whatever it is written in."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from letters.change import Change, ChangeKind, Significance
from letters.records import Crawl, CrawlOutcome
from review.change_view import Telling


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when a report tells, in UTC."""

    since: datetime | None  # None: from the beginning
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Return whether `at` is in the period."""
        return (self.since is None or self.since <= at) and at < self.until


@dataclass(frozen=True, slots=True)
class ReportContents:
    """The changes of a period, and the crawls that back that there were no others."""

    period: Period
    changes: tuple[Change, ...]  # newest first; letters of first crawls only if asked for
    crawls: tuple[Crawl, ...]  # that began in the period, newest first
    told: tuple[Telling, ...]  # told at length: neither first seen nor cosmetic
    published: tuple[Change, ...]  # letters first seen
    baseline: tuple[Change, ...]  # letters of first crawls; none unless they were asked for
    first_letters: int  # how many letters of first crawls there are, asked for or not
    cosmetic: tuple[Telling, ...]

    def by_kind(self) -> dict[ChangeKind, int]:
        """Return how many changes there are of each kind."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in ChangeKind}

    def by_significance(self) -> dict[str, int]:
        """Return how many changes there are of each significance, first seen ones included."""
        found = Counter(change.significance for change in self.changes)
        return {weight.value: found[weight] for weight in Significance}

    def held(self) -> int:
        """Return how many changes are held."""
        return sum(change.held for change in self.changes)

    def words_on_baseline(self) -> str:
        """Return the phrase that tells how many letters of first crawls there are."""
        return "report.baseline_counted" if self.baseline else "report.baseline"

    def looks(self) -> dict[str, int]:
        """Return what the crawls looked at, in numbers."""
        outcomes = Counter(crawl.outcome for crawl in self.crawls)
        return {
            "crawls": len(self.crawls),
            "complete": outcomes[CrawlOutcome.COMPLETE],
            "fetched": sum(crawl.fetched for crawl in self.crawls),
            "errors": sum(len(crawl.errors) for crawl in self.crawls),
        }

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        since = self.period.since
        return {
            "period": {
                "since": since and since.isoformat(),
                "until": self.period.until.isoformat(),
            },
            "counts": {
                "total": len(self.changes),
                "held": self.held(),
                "baseline": self.first_letters,
                "kind": {kind.value: count for kind, count in self.by_kind().items()},
                "significance": self.by_significance(),
            },
            "changes": [change.as_json() for change in self.changes],
            "crawls": [crawl.as_json() for crawl in self.crawls],
        }
