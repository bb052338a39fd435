"""What a change report contains, whatever its format."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from letters.change import Change, ChangeKind, Significance
from letters.crawl_record import Crawl, CrawlOutcome
from review.change_view import ChangeView


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a report covers, in UTC."""

    since: datetime | None  # None: from the beginning
    until: datetime

    def includes(self, at: datetime) -> bool:
        """Return whether `at` is in the period."""
        return (self.since is None or self.since <= at) and at < self.until


@dataclass(frozen=True, slots=True)
class ReportContents:
    """The changes of a period, and the crawls that show that there were no others."""

    period: Period
    changes: tuple[Change, ...]  # newest first; letters of first crawls only if requested
    crawls: tuple[Crawl, ...]  # that began in the period, newest first
    main_changes: tuple[ChangeView, ...]  # neither first seen nor cosmetic
    published: tuple[Change, ...]  # letters first seen
    baseline: tuple[Change, ...]  # letters of first crawls; none unless requested
    baseline_count: int  # how many letters of first crawls there are, requested or not
    cosmetic_changes: tuple[ChangeView, ...]

    def by_kind(self) -> dict[ChangeKind, int]:
        """Return how many changes there are of each kind."""
        counts = Counter(change.kind for change in self.changes)
        return {kind: counts[kind] for kind in ChangeKind}

    def by_significance(self) -> dict[str, int]:
        """Return how many changes there are of each significance, first seen ones included."""
        counts = Counter(change.significance for change in self.changes)
        return {each.value: counts[each] for each in Significance}

    def held_count(self) -> int:
        """Return how many changes are held."""
        return sum(change.held for change in self.changes)

    def baseline_phrase(self) -> str:
        """Return the key of the phrase that says how many letters of first crawls there are."""
        return "report.baseline_counted" if self.baseline else "report.baseline"

    def crawl_counts(self) -> dict[str, int]:
        """Return how many crawls there were, how many complete, with what they fetched."""
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
                "held": self.held_count(),
                "baseline": self.baseline_count,
                "kind": {kind.value: count for kind, count in self.by_kind().items()},
                "significance": self.by_significance(),
            },
            "changes": [change.as_json() for change in self.changes],
            "crawls": [crawl.as_json() for crawl in self.crawls],
        }
