"""An alarm (警报): something is wrong with a source or with the service, from when until when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
