"""An alarm (警报): something is wrong with a source or with the service, from when until when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class AlarmKind(StrEnum):
    """What is wrong. The value is the kind's name in JSON and in metrics."""

    OVERDUE = "overdue"  # no crawl of the source begins, or none succeeds
    UNREACHABLE = "unreachable"  # its host gives no answer
    BLOCKED = "blocked"  # its host refuses
    UNREADABLE = "unreadable"  # its directory is answered, and can't be read
    DRIFT = "drift"  # its pages may be misread: its versions are frozen
    MASS = "mass"  # a large share of it changed at once: changes are held
    QUIET = "quiet"  # it brings nothing new for longer than ever
    FEWER = "fewer"  # fewer of its letters are read than usual
    DISK = "disk"  # the disk of the database is nearly full
    CLOCK = "clock"  # the clock jumped
    LEDGER = "ledger"  # what is kept is not what the ledger says
    ALERTS = "alerts"  # alerts do not leave through a channel
    WORKERS = "workers"  # no worker takes crawls from the queue
    CONFIGURATION = "configuration"  # a changed configuration was refused
    BACKUP = "backup"  # a backup failed


class AlarmState(StrEnum):
    """Whether an alarm is over."""

    STANDING = "standing"
    ENDED = "ended"


# A source can't be read at all.
OUTAGES = frozenset((AlarmKind.UNREACHABLE, AlarmKind.BLOCKED, AlarmKind.UNREADABLE))


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm, standing or ended. Moments are in UTC."""

    kind: AlarmKind
    reason: str  # in English words that do not grow with time; no secret, no letter's text
    since: datetime
    source: str | None = None  # None: of the service
    subject: str = ""  # what else it is about: the name of an alert channel
    host: str | None = None  # where all sources of a host are concerned, not this one alone
    judged_at: datetime | None = None  # when it was last known to stand; None: just now
    ended_at: datetime | None = None  # None: it stands
    id: int = 0  # 0: not recorded

    @property
    def key(self) -> tuple[AlarmKind, str, str]:
        """What it is an alarm of: two with the same key are one that stands."""
        return self.kind, self.source or "", self.subject

    def as_json(self) -> dict[str, Any]:
        """Return the alarm with the keys and in the order that docs/contract.md promises."""
        return {
            "id": self.id or None,
            "kind": self.kind.value,
            "source": self.source,
            "subject": self.subject or None,
            "host": self.host,
            "reason": self.reason,
            "since": self.since.isoformat(),
            "judged_at": self.judged_at and self.judged_at.isoformat(),
            "ended_at": self.ended_at and self.ended_at.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class StandingKind:
    """The alarms of one kind that stand."""

    kind: AlarmKind
    count: int
    since: datetime  # of the oldest, in UTC
