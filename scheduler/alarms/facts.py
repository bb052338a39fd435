"""What alarms are judged by: records of the archive, and a few facts of the service."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from letters.alarm import Alarm, AlarmKind
from scheduler.scheduled_source import ScheduledSource
from storage.alarms.held_records import HeldRecord
from storage.alarms.source_records import SourceRecord
from storage.outbox.channel_states import ChannelState
from storage.queries import DriftAlarm


@dataclass(frozen=True, slots=True)
class Watched:
    """What alarms are judged of, as the configuration has it."""

    sources: Mapping[str, ScheduledSource] = field(default_factory=dict)  # by name
    channels: Mapping[str, timedelta] = field(
        default_factory=dict
    )  # how long digests wait, by name

    @classmethod
    def of(
        cls, sources: Iterable[ScheduledSource], channels: Mapping[str, timedelta]
    ) -> "Watched":
        """Return what is watched of some sources and alert channels."""
        return cls({source.name: source for source in sources}, dict(channels))


@dataclass(frozen=True, slots=True)
class DiskSpace:
    """The disk on which the database is, in bytes."""

    free: int
    database: int  # the size of the database's files


@dataclass(frozen=True, slots=True)
class ClockJump:
    """The wall clock went on by another time than passed."""

    at: datetime  # UTC, by the clock afterwards
    seconds: int  # more than passed; negative: it was set back


@dataclass(frozen=True, slots=True)
class ChannelRecord:
    """How an alert channel of the configuration does."""

    every: timedelta  # how long a digest waits for more
    state: ChannelState
    oldest: datetime | None  # since when the first waits that may be sent; None: none


@dataclass(frozen=True, slots=True)
class Facts:
    """What alarms are judged by. Moments are in UTC."""

    now: datetime
    sources: Mapping[str, ScheduledSource] = field(default_factory=dict)  # all, by name
    records: Mapping[str, SourceRecord] = field(default_factory=dict)  # of those ever crawled
    drifts: Mapping[str, DriftAlarm] = field(default_factory=dict)  # open, by source
    held: Mapping[str, HeldRecord] = field(default_factory=dict)  # by source
    going_on: frozenset[int] = frozenset()  # crawls that have not ended, and were not cut off
    channels: Mapping[str, ChannelRecord] = field(default_factory=dict)  # by name
    recorded: Mapping[AlarmKind, Alarm] = field(default_factory=dict)  # of the service, open
    disk: DiskSpace | None = None  # None: it is on a server's
    serving_since: datetime | None = None  # when crawls could begin; None: no service runs here
    # When sources were added, resumed or given another schedule, since the service began.
    planned_since: Mapping[str, datetime] = field(default_factory=dict)
    jump: ClockJump | None = None  # the last that was seen
    idle_since: datetime | None = None  # since when no worker takes crawls; None: one does
