"""An alert channel as it is configured: where alerts go, in which language, when they may come."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from review.alerts.quiet_hours import QuietHours
from review.languages import Language
from storage.outbox.channel_states import ChannelState

# Of robots in groups: WeCom and DingTalk take 20 messages a minute.
GAP = timedelta(seconds=3)
_FIRST_PAUSE = timedelta(seconds=5)  # after a failure; doubled by each further one
LONGEST_PAUSE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class AlertChannel:
    """One entry of `notify`, as far as sending is concerned."""

    name: str
    url: str = field(repr=False)  # Apprise's; holds secrets
    language: Language = "zh"
    every: timedelta = timedelta(0)  # a digest waits so long for what may come after its first
    quiet: QuietHours | None = None
    sharing: int = 1  # channels with the same URL, which share its limit

    def due_at(
        self, oldest: datetime, state: ChannelState, now: datetime, zone: ZoneInfo
    ) -> datetime:
        """Return when what waits since `oldest` is to be sent; where that is not after `now`: now.

        A moment on record that is further away than any pause was written before a clock was set
        back, and does not count.
        """
        is_known = oldest <= now + LONGEST_PAUSE
        pauses = [min(oldest, now) + self.every if is_known else now]
        if state.next_at and state.next_at <= now + LONGEST_PAUSE:
            pauses.append(state.next_at)
        if state.sent_at and state.sent_at <= now:
            pauses.append(state.sent_at + GAP * self.sharing)
        at = max(pauses)
        quiet_until = self.quiet.end_after(max(at, now), zone) if self.quiet else None
        return quiet_until or at


class Service(Protocol):
    """What takes a message to its channel."""

    def room(self) -> int:
        """Return how many bytes of UTF-8 a message may have, its title among them."""

    def send(self, title: str, body: str, key: str) -> str | None:
        """Send a message; return None where that was confirmed, else why not, without secrets.

        `key` is the same whenever the same message is sent again.
        """

    def retry_after(self) -> timedelta | None:
        """Return for how long the service wants to be left alone, by its last answer."""


def pause_after(failures: int, retry_after: timedelta | None = None) -> timedelta:
    """Return how long a channel rests that failed so often in a row, and wishes to rest so long.

    >>> pause_after(1), pause_after(3)
    (datetime.timedelta(seconds=5), datetime.timedelta(seconds=20))
    """
    pause: timedelta = _FIRST_PAUSE * 2 ** min(failures - 1, 20)
    return min(max(pause, retry_after or pause), LONGEST_PAUSE)
