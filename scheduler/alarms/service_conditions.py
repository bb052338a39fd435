"""What is wrong with the service itself: its disk, its clock, its alerts, its workers."""

from collections.abc import Iterator
from datetime import timedelta

from letters.alarm import Alarm, AlarmKind
from scheduler.alarms.facts import ChannelRecord, Facts

MIB = 2**20
_LEAST_FREE = 256 * MIB
_SHARE_FREE = 10  # of the database's size: for what crawls add, and for its log while it is packed
_ENOUGH = 1.25  # of that is free before the alarm ends, so that it does not come and go
_STEADY = timedelta(hours=1)  # without another jump, before the clock is right again
_AHEAD = timedelta(minutes=1)
_UNSENT = timedelta(minutes=15)  # without a confirmation: the longest pause between attempts
_LEFT_LYING = timedelta(hours=25)  # beyond a digest's interval: quiet hours take less than a day
_NO_WORKER = timedelta(minutes=2)


def disk_alarms(facts: Facts) -> Iterator[Alarm]:
    """Yield an alarm where less is free than crawls may need soon."""
    if facts.disk is None:
        return
    needed = max(_LEAST_FREE, facts.disk.database // _SHARE_FREE)
    limit = needed * _ENOUGH if AlarmKind.DISK in facts.recorded else needed
    if facts.disk.free < limit:
        reason = f"less than {-(-needed // MIB)} MiB are free where the database is"
        yield Alarm(AlarmKind.DISK, reason, facts.now)


def clock_alarms(facts: Facts) -> Iterator[Alarm]:
    """Yield an alarm for an hour after the clock jumped, and while a crawl began after now."""
    recorded = facts.recorded.get(AlarmKind.CLOCK)
    if facts.jump and abs(facts.now - facts.jump.at) < _STEADY:
        way = "forward" if facts.jump.seconds > 0 else "back"
        reason = f"the clock went {way} by {abs(facts.jump.seconds)} s at once"
        yield Alarm(AlarmKind.CLOCK, reason, facts.jump.at)
    elif any(each.started_at > facts.now + _AHEAD for each in facts.records.values()):
        reason = "a crawl is on record that began at a later time than it is now"
        yield Alarm(AlarmKind.CLOCK, reason, facts.now)
    elif recorded and abs(facts.now - recorded.since) < _STEADY:
        yield recorded


def alert_alarms(facts: Facts) -> Iterator[Alarm]:
    """Yield an alarm for each channel through which alerts do not leave.

    A service that was just started first sends what has waited while none ran.
    """
    begun = facts.serving_since
    is_new = begun is not None and facts.now - begun < _UNSENT
    if is_new and AlarmKind.ALERTS not in facts.recorded:
        return
    for name, channel in facts.channels.items():
        state = channel.state
        if _fails(channel, facts) and state.failed_since:
            reason = state.reason or "no answer"
            yield Alarm(AlarmKind.ALERTS, reason, state.failed_since, subject=name)
        elif _lies(channel, facts) and channel.oldest:
            reason = "alerts wait, and nobody sends them"
            yield Alarm(AlarmKind.ALERTS, reason, channel.oldest, subject=name)


def worker_alarms(facts: Facts) -> Iterator[Alarm]:
    """Yield an alarm where no worker has taken crawls for some minutes."""
    if facts.idle_since and facts.now - facts.idle_since >= _NO_WORKER:
        yield Alarm(AlarmKind.WORKERS, "no worker takes crawls from the queue", facts.idle_since)


def _fails(channel: ChannelRecord, facts: Facts) -> bool:
    since = channel.state.failed_since
    if since is None or channel.oldest is None:  # what waited was dropped or dismissed
        return False
    return channel.state.failures > 1 and facts.now - since >= _UNSENT


def _lies(channel: ChannelRecord, facts: Facts) -> bool:
    longest = channel.every + _LEFT_LYING
    return channel.oldest is not None and facts.now - channel.oldest >= longest
