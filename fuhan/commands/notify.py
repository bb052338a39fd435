"""Send alerts by hand, try alert channels, or show what waits for them."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from secrets import token_hex
from time import sleep
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from fuhan.alert_wiring import alert_channels, alert_plan, connect
from fuhan.command import command
from fuhan.commands.options import shown_time
from fuhan.config.sections import Config
from fuhan.context import CommandContext
from fuhan.errors import ConfigError, ExitCode, FuhanError, UnknownError
from fuhan.source_status import watched
from fuhan.terminal.language import said
from fuhan.terminal.rows import FormatOption, Sheet, write_rows
from fuhan.terminal.streams import write_line
from review.alerts.alarm_notices import AlarmAudience, write_alarm_notices
from review.alerts.alert_channel import GAP, AlertChannel
from review.alerts.delivery import Delivery
from review.alerts.message import test_message
from scheduler.alarms.alarm_watch import AlarmHooks, AlarmWatch
from scheduler.alarms.conditions import LASTING
from storage.database.archive import Archive
from storage.database.process_lock import ALERTS, ProcessLock
from storage.outbox.channel_states import ChannelState, channel_state, channel_states
from storage.outbox.notices import Waiting, waiting

_Name = Annotated[
    str | None,
    typer.Argument(metavar="[NAME]", help="This channel only. Default: all.", show_default=False),
]
_Test = Annotated[bool, typer.Option("--test", help="Send a test message.")]
_Pending = Annotated[bool, typer.Option("--pending", help="Show what waits, and send nothing.")]


@command("fuhan notify --test desk")
def notify(
    context: CommandContext,
    name: _Name = None,
    *,
    test: _Test = False,
    pending: _Pending = False,
    as_format: FormatOption = None,
) -> None:
    """Send what waits for alert channels, once.

    A service sends by itself; this is for crawls by hand or by cron.
    """
    config = context.config(serving=not pending)
    channels = _wanted(config, name)
    if pending:
        _show_pending(context, channels, as_format)
        return
    results = _try_all(config, channels) if test else _send_all(context, channels)
    for channel, result in zip(channels, results, strict=True):
        write_line(f"{channel.name}: {said(result.said)}")
    if any(result.failed for result in results):
        raise typer.Exit(ExitCode.FAILURE)


@dataclass(frozen=True, slots=True)
class _Result:
    """What came of sending to one channel."""

    said: str
    failed: bool = False


def _wanted(config: Config, name: str | None) -> tuple[AlertChannel, ...]:
    """Return the channel of a name, or all; raise a UsageError where there is none."""
    channels = alert_channels(config)
    if not channels:
        raise ConfigError("notify: expected an alert channel, found []")
    if name is None:
        return channels
    wanted = tuple(each for each in channels if each.name == name)
    if not wanted:
        known = ", ".join(each.name for each in channels)
        raise UnknownError(f"alert channel {name!r} is not known; known: {known}")
    return wanted


def _try_all(config: Config, channels: Sequence[AlertChannel]) -> list[_Result]:
    """Send each channel a test message; return whether it was confirmed."""

    def send(channel: AlertChannel) -> _Result:
        message = test_message(channel.name, channel.language, ZoneInfo(config.timezone))
        problem = connect(channel).send(message.title, message.body, token_hex(6))
        return _Result(problem or "confirmed", failed=problem is not None)

    return _side_by_side(send, channels)


def _send_all(context: CommandContext, channels: Sequence[AlertChannel]) -> list[_Result]:
    """Send each channel what is due; return what came of that."""
    with context.archive(writes=True) as (config, archive), closing(_Right(archive)) as right:
        if not right.is_ours:
            raise FuhanError("another process sends alerts: fuhan serve, or fuhan notify")
        plan = alert_plan(config, archive)
        _judge(config, archive, plan.audience)
        return _side_by_side(partial(_send, archive, plan.delivery), channels)


def _judge(config: Config, archive: Archive, audience: AlarmAudience) -> None:
    """Record which alarms begin and end, as no service does so."""
    hooks = AlarmHooks(lambda connection, turn: write_alarm_notices(connection, turn, audience))
    AlarmWatch(archive, watched(config), hooks, conditions=LASTING).judge()


class _Right:
    """The right to send, for as long as a command needs it."""

    def __init__(self, archive: Archive) -> None:
        self._lock = ProcessLock(archive.url, ALERTS)
        self.is_ours = self._lock.take() if archive.url.database else True

    def close(self) -> None:
        """Give it back."""
        self._lock.release()


def _send(archive: Archive, delivery: Delivery, channel: AlertChannel) -> _Result:
    """Send one channel what is due now, or within the pause between two messages."""
    service = connect(channel)
    while due_at := delivery.send_due(channel, service):
        with archive.reading() as connection:
            reason = channel_state(connection, channel.name).reason
        pause = due_at - delivery.now()
        if reason or pause > GAP * channel.sharing:
            when = shown_time(due_at, delivery.settings.zone)
            return _Result(reason or f"waits until {when}", failed=reason is not None)
        sleep(max(pause.total_seconds(), 0))
    return _Result("all sent")


def _side_by_side(
    send: Callable[[AlertChannel], _Result], channels: Sequence[AlertChannel]
) -> list[_Result]:
    """Return what `send` returns for each channel; a slow one delays no other."""
    with ThreadPoolExecutor(len(channels)) as threads:
        return list(threads.map(send, channels))


@dataclass(frozen=True, slots=True)
class PendingAlerts:
    """What waits for one alert channel, and how that does."""

    channel: str
    waiting: Waiting | None  # None: nothing
    state: ChannelState

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "channel": self.channel,
            "waiting": self.waiting.count if self.waiting else 0,
            "oldest": _iso(self.waiting.oldest if self.waiting else None),
            "last_sent": _iso(self.state.sent_at),
            "failed_since": _iso(self.state.failed_since),
            "next_attempt": _iso(self.state.next_at),
            "reason": self.state.reason,
        }


def _show_pending(
    context: CommandContext, channels: Sequence[AlertChannel], as_format: FormatOption
) -> None:
    with context.archive() as (config, archive), archive.reading() as connection:
        waits, states = waiting(connection), channel_states(connection)
    rows = [
        PendingAlerts(each.name, waits.get(each.name), states.get(each.name, ChannelState()))
        for each in channels
    ]
    write_rows(rows, _sheet(ZoneInfo(config.timezone)), as_format)


def _sheet(zone: ZoneInfo) -> Sheet[PendingAlerts]:
    return Sheet(
        as_json=PendingAlerts.as_json,
        columns={
            "channel": lambda row: row.channel,
            "waiting": lambda row: str(row.waiting.count if row.waiting else 0),
            "oldest": lambda row: _oldest(row, zone),
            "last sent": lambda row: shown_time(row.state.sent_at, zone),
            "failed since": lambda row: shown_time(row.state.failed_since, zone),
            "next attempt": lambda row: shown_time(row.state.next_at, zone),
            "reason": lambda row: row.state.reason or "",
        },
    )


def _oldest(row: PendingAlerts, zone: ZoneInfo) -> str:
    return shown_time(row.waiting.oldest, zone) if row.waiting else ""


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
