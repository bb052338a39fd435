"""Ledger entries of an import: each capture that it kept, and the file that they are from."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from letters.crawl_record import Crawl
from storage.facts.entries.crawl_entries import crawl_from_json
from storage.facts.entries.parts import Json, LetterFacts, PageFacts


@dataclass(frozen=True, slots=True)
class CaptureEntry:
    """A page that somebody else captured. Written by `crawler.reprocess.import_captures`."""

    address_id: int
    url: str
    at: datetime  # when it was captured, as its file says
    pages: PageFacts
    letter: LetterFacts = field(default_factory=LetterFacts)

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        named = {"capture": self.address_id, "url": self.url, "at": self.at.isoformat()}
        return named | self.pages.to_json() | self.letter.to_json()

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        return cls(
            facts["capture"],
            facts["url"],
            datetime.fromisoformat(facts["at"]),
            PageFacts.from_json(facts),
            LetterFacts.from_json(facts),
        )


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """Captures were imported from a file. Written by `imports.add_import`."""

    crawl: Crawl  # the import, which is kept among the crawls
    name: str  # of the file
    sha256: str  # of its bytes

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        return {"import": self.crawl.as_json(), "name": self.name, "sha256": self.sha256}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        return cls(crawl_from_json(facts["import"]), facts["name"], facts["sha256"])
