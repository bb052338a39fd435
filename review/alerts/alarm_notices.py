"""What alert channels are to be sent of alarms: that they began, and that they ended."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from letters.alarm import Alarm, AlarmKind
from letters.subscription import Subscription
from storage.alarms.alarm_history import AlarmsTurn, group_since, open_alarms
from storage.outbox.notices import Notice, add_notices

# What is said at once: a kind, of one host or of all others, of one channel or of none.
_Group = tuple[AlarmKind, str | None, str]


@dataclass(frozen=True, slots=True)
class AlarmAudience:
    """Who is to hear of which alarms."""

    subscriptions: Mapping[str, Sequence[Subscription]] = field(default_factory=dict)  # by source
    hosts: Mapping[str, Sequence[str]] = field(default_factory=dict)  # sources, by host
    makes_backups: bool = True

    def watches(self, alarm: Alarm) -> bool:
        """Return whether what an alarm is of, such as a source, is configured still."""
        if alarm.kind is AlarmKind.BACKUP:
            return self.makes_backups
        if alarm.kind is AlarmKind.ALERTS:
            return alarm.subject in self._known_channels()
        return alarm.source is None or alarm.source in self.subscriptions

    def _known_channels(self) -> set[str]:
        return {each.channel for some in self.subscriptions.values() for each in some}

    def channels(self, kind: AlarmKind, sources: Collection[str]) -> dict[str, list[str]]:
        """Return by channel those of some sources of which it wants alarms of a kind.

        That one of a source has ended which is watched no more is for every channel.
        """
        wanted: dict[str, list[str]] = defaultdict(list)
        for source in sources:
            for channel in self._channels(kind, source):
                wanted[channel].append(source)
        return wanted

    def _channels(self, kind: AlarmKind, source: str) -> list[str]:
        of_all = (each for some in self.subscriptions.values() for each in some)
        of_source = self.subscriptions.get(source, of_all)
        return list(dict.fromkeys(each.channel for each in of_source if each.wants_alarm(kind)))


def write_alarm_notices(connection: Any, turn: AlarmsTurn, audience: AlarmAudience) -> None:
    """Have what began and ended wait for the channels that want it, in the turn's transaction."""
    standing = open_alarms(connection)
    notices = [
        *_begun(turn.begun, standing, audience),
        *_ended(connection, turn, standing, audience),
    ]
    add_notices(connection, notices)


def _begun(
    begun: Sequence[Alarm], standing: Sequence[Alarm], audience: AlarmAudience
) -> Iterator[Notice]:
    """Yield what is to be sent of a beginning; a host that was out before is known already."""
    ids = {alarm.id for alarm in begun}
    known = {_group(alarm) for alarm in standing if alarm.host and alarm.id not in ids}
    for group, alarms in _grouped(begun).items():
        if group not in known:
            about = {"since": min(alarm.since for alarm in alarms).isoformat()}
            at = max(alarm.judged_at or alarm.since for alarm in alarms)
            yield from _notices("begun", alarms, about, at, audience)


def _ended(
    connection: Any, turn: AlarmsTurn, standing: Sequence[Alarm], audience: AlarmAudience
) -> Iterator[Notice]:
    """Yield what is to be sent of an end; a host's is over when all of its sources are read."""
    out = {_group(alarm) for alarm in standing if alarm.host}
    for group, alarms in _grouped(turn.ended).items():
        if group in out:
            continue
        kind, host, _ = group
        since = min(alarm.since for alarm in alarms)
        if host:
            since = group_since(connection, kind, host, since)
        until = max(alarm.ended_at for alarm in alarms if alarm.ended_at)
        about: dict[str, Any] = {"since": since.isoformat(), "until": until.isoformat()}
        if not any(audience.watches(alarm) for alarm in alarms):
            about["unwatched"] = True
        yield from _notices("ended", alarms, about, until, audience)


def _notices(
    what: str,
    alarms: Sequence[Alarm],
    about: Mapping[str, Any],
    at: datetime,
    audience: AlarmAudience,
) -> Iterator[Notice]:
    first = alarms[0]
    facts = {
        **about,
        "alarm": first.kind.value,
        "host": first.host,
        "subject": first.subject,
        "reason": first.reason,
    }
    names: Collection[str] = [alarm.source for alarm in alarms if alarm.source]
    if first.host and "unwatched" not in about:
        names = audience.hosts.get(first.host, names)
    everyone = audience.subscriptions if first.source is None else names
    for channel, sources in audience.channels(first.kind, everyone).items():
        if first.kind is AlarmKind.ALERTS and channel == first.subject:
            continue  # which sends nothing
        named = {"sources": [] if first.source is None else sources}
        yield Notice(channel, f"alarm {first.id} {what}", at, about=facts | named)


def _grouped(alarms: Iterable[Alarm]) -> dict[_Group, list[Alarm]]:
    groups: dict[_Group, list[Alarm]] = defaultdict(list)
    for alarm in alarms:
        groups[_group(alarm)].append(alarm)
    return groups


def _group(alarm: Alarm) -> _Group:
    return alarm.kind, alarm.host, alarm.subject
