"""Ledger entries of a crawl as a whole: begun, its directory read, ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from letters.crawl_record import Crawl, CrawlOutcome, PageError
from storage.facts.entries.parts import AskedFact, Json, optional, present


@dataclass(frozen=True, slots=True)
class CrawlBegunEntry:
    """A crawl has begun. Written by `crawls.begin_crawl`."""

    crawl_id: int
    at: datetime  # UTC, as all moments of entries
    mode: str | None = None  # normal | sweep | urls; None: not kept before 2026-11-25

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        return {"begin": self.crawl_id, "at": self.at.isoformat(), **present(mode=self.mode)}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        return cls(facts["begin"], datetime.fromisoformat(facts["at"]), facts.get("mode"))


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A crawl has read its directory. Written by `Recorder.record_directory`."""

    sha256: str  # of the rows as JSON, which are evidence
    at: datetime  # when its first page was asked for
    is_whole: bool  # read to its end, and reconciled with its own size
    asked: AskedFact | None = None  # None: its rows stand in its pages, or kept before 2026-11-28

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        asked = self.asked and self.asked.to_json()
        kept = {"directory": self.sha256, "at": self.at.isoformat(), "whole": self.is_whole}
        return {**kept, **present(asked=asked)}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        at, asked = (
            datetime.fromisoformat(facts["at"]),
            optional(facts, "asked", AskedFact.from_json),
        )
        return cls(facts["directory"], at, facts["whole"], asked)


@dataclass(frozen=True, slots=True)
class UnreadDirectoryEntry:
    """A crawl could not read its directory. Written by `Recorder.record_unread_directory`."""

    at: datetime  # when its first page was asked for
    asked: AskedFact  # what was asked for and answered

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        return {"failed": self.at.isoformat(), "asked": self.asked.to_json()}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        at = datetime.fromisoformat(facts["failed"])
        return cls(at, AskedFact.from_json(facts["asked"]))


@dataclass(frozen=True, slots=True)
class CrawlEndedEntry:
    """A crawl has ended. Written by `crawls.end_crawl`."""

    crawl: Crawl
    listing: str | None  # sha256 of the directory's rows; None: it could not be read

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        return {"end": self.crawl.as_json(), "listing": self.listing}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        return cls(crawl_from_json(facts["end"]), facts["listing"])


def crawl_from_json(facts: Json) -> Crawl:
    """Return the crawl of its JSON; raise KeyError, TypeError or ValueError for other JSON."""
    values = dict(facts)
    values["outcome"] = CrawlOutcome(values["outcome"])
    values["errors"] = tuple(PageError(**each) for each in values["errors"])
    for name in ("started_at", "finished_at"):
        values[name] = datetime.fromisoformat(values[name])
    return Crawl(**values)
