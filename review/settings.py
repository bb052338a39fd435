"""Settings of the web side, and what it needs from the service beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_bytes
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from letters.watching import WatchDecision
from storage.queue.queue_state import QueueState


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """A source as people are shown it."""

    name: str
    agency: str
    kind: str  # proposal | suggestion
    listing: str
    added: WatchDecision | None = None  # by which it is known; None: the configuration has it
    paused: WatchDecision | None = None  # None: it is crawled on schedule

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "name": self.name,
            "agency": self.agency,
            "kind": self.kind,
            "listing": self.listing,
            "origin": "web" if self.added else "file",
            "added_at": self.added and self.added.at.isoformat(),
            "added_by": self.added and self.added.who,
            "paused_since": self.paused and self.paused.at.isoformat(),
            "paused_by": self.paused and self.paused.who,
        }


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """How and to whom the web side answers."""

    host: str = "127.0.0.1"
    base: str = "/"  # the path under which a proxy serves it
    token: str | None = None  # one for all; without any, whoever reaches the port may read
    people: Mapping[str, str] = field(default_factory=dict)  # tokens by name, beside that one
    trusted_header: str | None = None  # set by a proxy, which alone reaches the port
    secret: bytes = field(default_factory=lambda: token_bytes(32), repr=False)  # of forms
    hosts: tuple[str, ...] = ()  # further names under which it is reached
    cors: tuple[str, ...] = ()  # origins whose pages may read API and feed
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    sources: tuple[WatchedSource, ...] = ()
    problems: tuple[str, ...] = ()  # what is wrong with sources that people added, in words


class ServiceState(Protocol):
    """The state of the service that runs beside the web side."""

    def trouble(self) -> str | None:
        """Return why the schedule or the database does not work, or None."""

    def next_runs(self) -> Mapping[str, datetime]:
        """Return when each source is crawled next, in UTC."""

    def queue_state(self) -> QueueState | None:
        """Return what waits in the queue and who works; None where there is no queue."""
