"""The thread of one alert channel: it sends what is due, and waits for what comes."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

from review.alerts.alert_channel import AlertChannel, Service
from review.alerts.delivery import Delivery
from storage.database.archive import ArchiveError
from storage.database.errors import StorageError, reason

log = logging.getLogger(__name__)

_POLL = 30.0  # seconds: what another process released is sent so late


class ChannelWorker:
    """Sends to one channel, one message at a time, while this process may send."""

    def __init__(self, may_send: Event, connect: Callable[[AlertChannel], Service]) -> None:
        self._may_send = may_send
        self._connect = connect
        self._order: tuple[AlertChannel, Delivery] | None = None
        self._service: tuple[AlertChannel, Service] | None = None  # for the channel as it was last
        self._ended = False
        self._bell = Event()
        self._thread = Thread(target=self._run, name="alert channel", daemon=True)

    def start(self) -> None:
        """Begin to wait."""
        self._thread.start()

    def is_alive(self) -> bool:
        """Return whether it still sends; a bug in what it sends ends it, with a traceback."""
        return self._thread.is_alive()

    def wake(self, channel: AlertChannel, delivery: Delivery) -> None:
        """Send what is due, to the channel as it is configured now."""
        self._order = channel, delivery
        self._bell.set()

    def end(self) -> None:
        """Send no more once the message under way is sent."""
        self._ended = True
        self._bell.set()

    def join(self, patience: float) -> None:
        """Wait for the message under way, so many seconds at most."""
        self._thread.join(patience)

    def _run(self) -> None:
        while not self._ended:
            self._bell.clear()  # before what waits is read, so that nothing is missed
            pause = self._send_due() if self._may_send.is_set() and not self._ended else _POLL
            if not self._ended:
                self._bell.wait(pause)

    def _send_due(self) -> float:
        """Send what is due; return for how many seconds nothing is."""
        if self._order is None:
            return _POLL
        channel, delivery = self._order
        try:
            due_at = delivery.send_due(channel, self._connected(channel))
        except (StorageError, ArchiveError) as error:
            log.error("alerts to %s: %s", channel.name, reason(error))  # noqa: TRY400 - its text says all
            return _POLL
        return _POLL if due_at is None else _seconds(due_at, delivery.now())

    def _connected(self, channel: AlertChannel) -> Service:
        """Return the service of a channel: the same one while that is configured alike.

        It knows of a message that is still under way.
        """
        if self._service is None or self._service[0] != channel:
            self._service = channel, self._connect(channel)
        return self._service[1]


def _seconds(due_at: datetime, now: datetime) -> float:
    return min(max((due_at - now).total_seconds(), 0.0), _POLL)
