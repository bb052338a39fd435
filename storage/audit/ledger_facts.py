"""What the ledger says was recorded, once its chain has been checked."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from letters.records import Outcome
from storage.audit.damage import Damage
from storage.audit.named import named
from storage.facts import ledger


@dataclass(slots=True)
class Span:
    """Looks at one address in a row that had the same outcome."""

    outcome: str
    reason: str | None
    first_at: datetime
    last_at: datetime
    looks: int


@dataclass(frozen=True, slots=True)
class Home:
    """What stands at an address: a letter, or the one of a version."""

    source: str
    letter_id: int | None = None
    version_id: int | None = None


@dataclass(slots=True)
class Facts:
    """The facts of all entries, as the rows must say them."""

    source: str = ""  # whose chain is being read
    changes: dict[int, str] = field(default_factory=dict)  # seals by id
    snapshots: dict[int, str] = field(default_factory=dict)
    versions: dict[int, str] = field(default_factory=dict)
    spans: dict[int, list[Span]] = field(default_factory=dict)  # by address
    sources: dict[int, str] = field(default_factory=dict)  # of versions, by id
    homes: dict[int, Home] = field(default_factory=dict)  # by address
    crawls: dict[int, dict[str, Any] | None] = field(default_factory=dict)  # None: did not end
    modes: dict[int, str] = field(default_factory=dict)  # of crawls; not kept before 2026-11-25
    walked: str | None = None  # when the directory of the crawl that goes on was read, if whole
    files: dict[tuple[str, str], str] = field(default_factory=dict)  # sha256 by URL and source
    contents: set[tuple[str, str | None]] = field(
        default_factory=set
    )  # sha256 of files, what they say
    standings: dict[int, Any] = field(default_factory=dict)  # how files stand, by letter
    directories: dict[str, str] = field(default_factory=dict)  # sha256 of the newest, by source
    evidence: dict[str, str] = field(default_factory=dict)  # what each was, by sha256
    seen: dict[int, datetime] = field(default_factory=dict)  # its letter last, by address
    served: dict[int, datetime] = field(default_factory=dict)  # its page last, by address
    asked: dict[int, str] = field(default_factory=dict)  # when a page was asked for, by snapshot
    further: dict[int, int] = field(default_factory=dict)  # the first page, by snapshot
    held: set[int] = field(default_factory=set)  # changes not announced
    baseline: set[int] = field(default_factory=set)  # changes that are no news
    announced: dict[int, str] = field(default_factory=dict)  # changes; not kept before schema 0004
    alarms: dict[int, dict[str, Any]] = field(default_factory=dict)
    unread: dict[int, str | None] = field(default_factory=dict)  # when it was read, by snapshot
    reviews: dict[int, dict[str, Any]] = field(default_factory=dict)

    def add(self, source: str, facts: dict[str, Any]) -> None:
        """Take in what one entry of the chain of `source` says."""
        self.source = source
        self.evidence |= named(source, facts)
        for name, seals in (
            ("change", self.changes),
            ("snapshot", self.snapshots),
            ("version", self.versions),
            ("reparsed", self.versions),
            ("longer", self.versions),
        ):
            if name in facts:
                seals[facts[name]["id"]] = facts[name]["seal"]
                if seals is self.versions:
                    self.sources[facts[name]["id"]] = source
        for page in facts.get("further", ()):
            self.snapshots[page["id"]], self.asked[page["id"]] = page["seal"], page["since"]
            self.further[page["id"]] = facts["snapshot"]["id"]
        if "version" in facts:
            address_id = facts.get("look") or facts["filled"]
            self.homes[address_id] = Home(source, version_id=facts["version"]["id"])
        if change := facts.get("change"):
            self._announce([change["id"]], change)
            self.baseline |= {change["id"]} if change.get("baseline") else set()
        for name in facts.keys() & _TAKEN.keys():
            _TAKEN[name](self, facts)

    def _begin(self, facts: dict[str, Any]) -> None:
        self.crawls[facts["begin"]] = self.walked = None
        if "mode" in facts:
            self.modes[facts["begin"]] = facts["mode"]

    def _directory(self, facts: dict[str, Any]) -> None:
        self.directories[self.source] = facts["directory"]
        self.walked = facts["at"] if facts["whole"] else None

    def _end(self, facts: dict[str, Any]) -> None:
        self.crawls[facts["end"]["id"]] = facts["end"] | {"directory_at": self.walked}

    def _look(self, facts: dict[str, Any]) -> None:
        spans = self.spans.setdefault(facts["look"], [])
        outcome, reason = facts["outcome"], facts.get("reason")
        at = datetime.fromisoformat(facts["at"])
        since = facts.get("since", facts["at"])
        if outcome == Outcome.LETTER.value:
            self.seen[facts["look"]] = datetime.fromisoformat(since)
            if facts.get("served"):  # not kept before 2026-11-28
                self.served[facts["look"]] = datetime.fromisoformat(since)
        if "snapshot" in facts:
            self.asked[facts["snapshot"]["id"]] = since
        if spans and (spans[-1].outcome, spans[-1].reason) == (outcome, reason):
            spans[-1].last_at = at
            spans[-1].looks += 1
        else:
            spans.append(Span(outcome, reason, at, at, 1))

    def _fill(self, facts: dict[str, Any]) -> None:
        """Take in that a page which had waited was read."""
        self.unread[facts["page"]] = facts["read_at"]
        at, address = datetime.fromisoformat(facts["at"]), facts["filled"]
        if "version" in facts or at > self.seen.get(address, at):
            self.seen[address] = self.served[address] = at

    def _file(self, facts: dict[str, Any]) -> None:
        self.files[facts["file"], self.source] = facts["sha256"]
        self.contents.add((facts["sha256"], facts.get("content")))

    def _alarm(self, facts: dict[str, Any]) -> None:
        told = facts.get("alarm") or self.alarms[facts["cleared"]["id"]]
        stands = {"source": self.source, "cleared": facts.get("cleared")}
        self.alarms[told["id"]] = told | stands

    def _announce(self, change_ids: list[int], facts: dict[str, Any]) -> None:
        if at := facts.get("announced_at"):
            self.announced |= dict.fromkeys(change_ids, at)

    def _release(self, facts: dict[str, Any]) -> None:
        self.held.difference_update(facts["released"])
        self._announce(facts["released"], facts)

    def _moved(self, facts: dict[str, Any]) -> None:
        letter_id, address_id = facts["moved"]
        self.homes[address_id] = Home(self.source, letter_id=letter_id)

    def _retracted(self, facts: dict[str, Any]) -> None:
        self.changes.pop(facts["retracted"], None)
        self.announced.pop(facts["retracted"], None)
        self.held.discard(facts["retracted"])


_TAKEN: dict[str, Callable[[Facts, dict[str, Any]], object]] = {
    "begin": Facts._begin,  # noqa: SLF001 - of the class above
    "directory": Facts._directory,  # noqa: SLF001
    "end": Facts._end,  # noqa: SLF001
    "look": Facts._look,  # noqa: SLF001
    "file": Facts._file,  # noqa: SLF001
    "files": lambda held, facts: held.standings.update(
        {facts["files"]["letter"]: facts["files"]["stand"]}
    ),
    "unread": lambda held, facts: held.unread.update({facts["unread"]: None}),
    "filled": Facts._fill,  # noqa: SLF001
    "moved": Facts._moved,  # noqa: SLF001
    "held": lambda held, facts: held.held.update(facts["held"]),
    "released": Facts._release,  # noqa: SLF001
    "baseline": lambda held, facts: held.baseline.update(facts["baseline"]),
    "retracted": Facts._retracted,  # noqa: SLF001
    "alarm": Facts._alarm,  # noqa: SLF001
    "cleared": Facts._alarm,  # noqa: SLF001
    "review": lambda held, facts: held.reviews.update({facts["review"]["id"]: facts["review"]}),
}


def read_ledger(connection: Connection, source: str, facts: Facts) -> Iterator[Damage]:
    """Yield where the chain of `source` is broken; fill `facts` with what its entries say."""
    previous, expected = ledger.START, 1
    for seq, told, entry in ledger.entries(connection, source):
        place = f"ledger of {source}, entry {seq}"
        if seq != expected:
            yield Damage(place, f"entry {expected} is missing before it")
        if ledger.link(previous, told) != entry:
            yield Damage(place, "its facts or its hash were altered")
        try:
            facts.add(source, json.loads(told))
        except (ValueError, KeyError, TypeError) as error:
            yield Damage(place, f"its facts cannot be read: {error}")
        previous, expected = entry, seq + 1
