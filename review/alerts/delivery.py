"""Sends one channel what waits for it: at least once, under a key by which it is shown once."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_hex

from letters.counted import counted
from review.alerts.alert_channel import AlertChannel, Service, pause_after
from review.alerts.message import MessageSettings, write_message
from storage.database.archive import Archive
from storage.database.lock import cut_off
from storage.outbox.channel_states import ChannelState, channel_state, set_channel_state
from storage.outbox.notices import (
    MOST_READ,
    Notice,
    changes_of,
    fold,
    forget_sent,
    is_foldable,
    mark_sent,
    put_into_message,
    sendable,
)

log = logging.getLogger(__name__)

_KEPT = timedelta(days=30)  # a notice, after it was sent


@dataclass(frozen=True, slots=True)
class Delivery:
    """What sending takes beside the channel and its service."""

    archive: Archive
    settings: MessageSettings
    now: Callable[[], datetime]  # UTC

    def send_due(self, channel: AlertChannel, service: Service) -> datetime | None:
        """Send a channel one message, if one is due.

        Returns when the next one may be due; None where nothing waits that may be sent. A process
        that ends between the two transactions sends the same message again, under the same key.
        """
        notices, state = self._sendable(channel.name)
        if not notices:
            return None
        now = self.now()
        due_at = channel.due_at(notices[0].written_at, state, now, self.settings.zone)
        if due_at > now:
            return due_at
        of_message, key = self._message(notices)
        with self.archive.reading() as connection:
            changes = changes_of(connection, of_message)
        message = write_message(
            changes, notices, key, channel.language, service.room(), self.settings
        )
        problem = service.send(message.title, message.body, key)
        if problem is None:
            self._confirm(channel.name, key, of_message)
        else:
            self._postpone(channel.name, state, problem, service.retry_after())
        return self.now()

    def _sendable(self, channel: str) -> tuple[list[Notice], ChannelState]:
        """Return what may be sent; where too much is in no message yet, its oldest half folded."""
        over = cut_off(self.archive)
        while True:
            with self.archive.reading() as connection:
                notices = sendable(connection, channel, over)
                state = channel_state(connection, channel)
            unbegun = [each for each in notices if each.message is None]
            foldable = list(filter(is_foldable, unbegun))[: MOST_READ // 2]
            if len(unbegun) < MOST_READ or not foldable[1:]:
                return notices, state
            with self.archive.writing() as connection:
                fold(connection, foldable)
            log.warning(
                "alerts to %s: the oldest %d are counted, no longer listed", channel, len(foldable)
            )

    def _message(self, notices: Sequence[Notice]) -> tuple[list[Notice], str]:
        """Return what goes into a message, and its key; one that was begun goes before others."""
        begun = next((each.message for each in notices if each.message), None)
        if begun:
            return [each for each in notices if each.message == begun], begun
        key = token_hex(6)
        with self.archive.writing() as connection:
            put_into_message(connection, [each.id for each in notices], key)
        return list(notices), key

    def _confirm(self, channel: str, key: str, notices: Sequence[Notice]) -> None:
        at = self.now()
        with self.archive.writing() as connection:
            mark_sent(connection, channel, key, [each.id for each in notices], at)
            forget_sent(connection, at - _KEPT)
            set_channel_state(connection, channel, ChannelState(sent_at=at))
        log.info("alert %s sent to %s with %s", key, channel, counted(len(notices), "notice"))

    def _postpone(
        self, channel: str, state: ChannelState, problem: str, retry_after: timedelta | None
    ) -> None:
        at = self.now()
        failures = state.failures + 1
        next_at = at + pause_after(failures, retry_after)
        failing = replace(
            state,
            failed_since=min(state.failed_since or at, at),
            failures=failures,
            reason=problem,
            next_at=next_at,
        )
        with self.archive.writing() as connection:
            set_channel_state(connection, channel, failing)
        pause = round((next_at - at).total_seconds())
        log.warning("alert to %s not sent: %s; next attempt in %d s", channel, problem, pause)
