"""What a change report contains, whatever its format."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from textwrap import indent
from typing import Any, Generic, TypeVar

from letters.change import Change, ChangeKind, Significance
from letters.crawl_record import Crawl, CrawlOutcome
from letters.review import ReviewState
from review.change_view import ChangeView

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a report covers, in UTC."""

    since: datetime | None  # None: from the beginning
    until: datetime

    def includes(self, at: datetime) -> bool:
        """Return whether `at` is in the period."""
        return (self.since is None or self.since <= at) and at < self.until


class Section(Generic[Row]):
    """Rows of a report that are read anew each time, so that they need not be in memory."""

    def __init__(self, read: Callable[[], Iterator[Row]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[Row]:
        return self._read()

    def __bool__(self) -> bool:
        return next(self._read(), None) is not None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many changes a report has, by what is said of them."""

    total: int
    held: int
    by_kind: dict[ChangeKind, int]
    by_significance: dict[str, int]  # first seen ones included


@dataclass(frozen=True, slots=True)
class ReportContents:
    """The changes of a period, and the crawls that show that there were no others."""

    period: Period
    state: ReviewState | None  # only changes in it are in the report; None: all
    changes: Iterable[Change]  # newest first; letters of first crawls only if requested
    crawls: Iterable[Crawl]  # that began in the period, newest first
    by_weight: Mapping[Significance, Iterable[Change]]  # but first seen ones, gravest first
    changed: Iterable[Change]  # all of these
    main_changes: Iterable[ChangeView]  # neither first seen nor cosmetic, weightiest first
    published: Iterable[Change]  # letters first seen
    baseline: Iterable[Change]  # letters of first crawls; none unless requested
    baseline_count: int  # how many letters of first crawls there are, requested or not
    cosmetic_changes: Iterable[ChangeView]

    def counts(self) -> Counts:
        """Return how many changes there are."""
        kinds, weights = Counter[ChangeKind](), Counter[Significance]()
        held = 0
        for change in self.changes:
            kinds[change.kind] += 1
            weights[change.significance] += 1
            held += change.held
        return Counts(
            total=kinds.total(),
            held=held,
            by_kind={kind: kinds[kind] for kind in ChangeKind},
            by_significance={each.value: weights[each] for each in Significance},
        )

    def baseline_phrase(self) -> str:
        """Return the key of the phrase that says how many letters of first crawls there are."""
        return "report.baseline_counted" if self.baseline else "report.baseline"

    def crawl_counts(self) -> dict[str, int]:
        """Return how many crawls there were, how many complete, with what they fetched."""
        counts = dict.fromkeys(("crawls", "complete", "fetched", "errors"), 0)
        for crawl in self.crawls:
            counts["crawls"] += 1
            counts["complete"] += crawl.outcome is CrawlOutcome.COMPLETE
            counts["fetched"] += crawl.fetched
            counts["errors"] += len(crawl.errors)
        return counts

    def crawls_by_source(self) -> dict[str, Counter[str]]:
        """Return for each source how its crawls ended, and the sums of what they fetched."""
        sums: dict[str, Counter[str]] = {}
        for crawl in self.crawls:
            of_source = sums.setdefault(crawl.source, Counter())
            of_source[crawl.outcome.value if crawl.outcome else "unfinished"] += 1
            of_source["fetched"] += crawl.fetched
            of_source["errors"] += len(crawl.errors)
        return dict(sorted(sums.items()))

    def json_parts(self) -> Iterator[str]:
        """Yield the report as JSON, a change or a crawl at a time."""
        since, counts = self.period.since, self.counts()
        head = {
            "period": {
                "since": since and since.isoformat(),
                "until": self.period.until.isoformat(),
            },
            "state": self.state and self.state.value,
            "counts": {
                "total": counts.total,
                "held": counts.held,
                "baseline": self.baseline_count,
                "kind": {kind.value: count for kind, count in counts.by_kind.items()},
                "significance": counts.by_significance,
            },
        }
        yield _json(head).removesuffix("\n}")
        yield from _json_list("changes", self.changes)
        yield from _json_list("crawls", self.crawls)
        yield "\n}\n"


def _json_list(name: str, rows: Iterable[Change | Crawl]) -> Iterator[str]:
    yield f',\n  "{name}": ['
    comma = ""
    for row in rows:
        yield f"{comma}\n{indent(_json(row.as_json()), '    ')}"
        comma = ","
    yield "\n  ]" if comma else "]"


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
