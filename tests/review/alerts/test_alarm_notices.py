"""An alarm's beginning is sent once to each channel that wants it, and so is its end."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from letters.alarm import Alarm, AlarmKind
from letters.subscription import Subscription
from review.alerts.alarm_news import alarm_news
from review.alerts.alarm_notices import AlarmAudience, write_alarm_notices
from storage.alarms.alarm_history import alarms_turn, open_alarms, record_alarms
from storage.outbox.notices import sendable
from tests.crawler.record.source import ComposedSource

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DESK, MAYOR = Subscription("desk"), Subscription("mayor", kinds=("edited", "outage"))
AUDIENCE = AlarmAudience(
    {"city": (DESK,), "town": (DESK, MAYOR)}, {"gov.example": ("city", "town")}
)
CITY = Alarm(AlarmKind.UNREACHABLE, "timed out", NOON, "city", host="gov.example")
TOWN = replace(CITY, source="town", since=NOON + HOUR)
DISK = Alarm(AlarmKind.DISK, "less than 256 MiB are free where the database is", NOON)


@dataclass
class Outbox:
    """What waits for channels as alarms come and go, an hour after another."""

    source: ComposedSource
    at: datetime = NOON
    audience: AlarmAudience = AUDIENCE

    def judge(self, *standing: Alarm) -> None:
        self.at += HOUR
        with self.source.archive.writing() as connection:
            turn = alarms_turn(open_alarms(connection), standing, list(AlarmKind), self.at)
            turn = record_alarms(connection, turn)
            write_alarm_notices(connection, turn, self.audience)

    def notices(self, channel: str = "desk") -> list[str]:
        """Return what a channel is to be sent: of what, whether it is an end, of which sources."""
        with self.source.archive.reading() as connection:
            found = [each.about or {} for each in sendable(connection, channel, ())]
        return [
            " ".join([each["alarm"], *(["end"] if "until" in each else []), *each["sources"]])
            for each in found
        ]

    def since(self) -> Iterable[str]:
        """Return since when each that has ended stood."""
        with self.source.archive.reading() as connection:
            found = [each.about or {} for each in sendable(connection, "desk", ())]
        return [each["since"] for each in found if "until" in each]


@pytest.fixture
def outbox(source: ComposedSource) -> Outbox:
    return Outbox(source)


def test_an_alarm_is_sent_once_and_so_is_its_end(outbox: Outbox) -> None:
    for standing in ([DISK], [DISK], [], [], [DISK]):
        outbox.judge(*standing)
    assert outbox.notices() == ["disk", "disk end", "disk"]


def test_a_host_that_is_out_is_one_alarm_of_all_its_sources(outbox: Outbox) -> None:
    outbox.judge(CITY)
    outbox.judge(CITY, TOWN)
    assert outbox.notices() == ["unreachable city town"]


def test_a_host_is_back_when_all_its_sources_are_read_again(outbox: Outbox) -> None:
    for standing in ([CITY], [CITY, TOWN], [TOWN], []):
        outbox.judge(*standing)
    assert outbox.notices() == ["unreachable city town", "unreachable end city town"]
    assert outbox.since() == [NOON.isoformat()]


def test_sources_that_fail_alone_are_said_each(outbox: Outbox) -> None:
    outbox.judge(replace(CITY, host=None))
    outbox.judge(replace(CITY, host=None), replace(TOWN, host=None))
    assert outbox.notices() == ["unreachable city", "unreachable town"]


def test_alarms_of_one_kind_that_begin_at_once_are_one_message(outbox: Outbox) -> None:
    overdue = [
        Alarm(AlarmKind.OVERDUE, "no crawl begins", NOON, name) for name in ("city", "town")
    ]
    outbox.judge(*overdue)
    outbox.judge()
    assert outbox.notices() == ["overdue city town", "overdue end city town"]


def test_a_channel_hears_of_the_sources_and_kinds_that_it_wants(outbox: Outbox) -> None:
    outbox.judge(CITY, DISK, replace(CITY, kind=AlarmKind.BLOCKED, host=None))
    assert outbox.notices() == ["unreachable city town", "disk", "blocked city"]
    assert outbox.notices("mayor") == ["unreachable town"]


def test_a_channel_is_not_sent_that_it_sends_nothing(outbox: Outbox) -> None:
    outbox.judge(Alarm(AlarmKind.ALERTS, "no answer", NOON, subject="desk"))
    outbox.judge(Alarm(AlarmKind.ALERTS, "no answer", NOON, subject="chat"))
    assert outbox.notices() == ["alerts end", "alerts"][1:]


def test_the_end_of_a_source_that_is_watched_no_more_goes_to_every_channel(outbox: Outbox) -> None:
    outbox.judge(replace(CITY, source="gone", host="gone.example"))
    outbox.judge()
    assert outbox.notices("mayor") == ["unreachable gone", "unreachable end gone"]


def test_an_end_says_whether_it_is_one_of_what_is_watched_no_more(outbox: Outbox) -> None:
    outbox.judge(CITY, replace(CITY, source="gone", host="gone.example"))
    outbox.judge()
    with outbox.source.archive.reading() as connection:
        found = [each.about or {} for each in sendable(connection, "desk", ())]
    ends = {each["host"]: each.get("unwatched", False) for each in found if "until" in each}
    assert ends == {"gov.example": False, "gone.example": True}


def test_a_digest_says_of_a_host_that_is_back_only_that_it_was_out(outbox: Outbox) -> None:
    """Its end is written when the last of its sources is read again, not the one of its begin."""
    for standing in ([CITY], [CITY, TOWN], [TOWN], []):
        outbox.judge(*standing)
    with outbox.source.archive.reading() as connection:
        found = sendable(connection, "desk", ())
    assert ["until" in each for each in alarm_news(found, found)] == [True]


def test_a_channel_that_wants_some_sources_is_told_that_their_alarm_is_over(
    outbox: Outbox,
) -> None:
    overdue = [replace(CITY, source=name, host=None) for name in ("city", "town")]
    for standing in (overdue, overdue[:1]):
        outbox.judge(*standing)
    with outbox.source.archive.reading() as connection:
        found = sendable(connection, "mayor", ())
    assert ["until" in each for each in alarm_news(found, found)] == [True]


@pytest.mark.parametrize("makes_backups", [True, False])
def test_the_end_of_a_backup_that_is_no_longer_configured_says_so(
    outbox: Outbox, *, makes_backups: bool
) -> None:
    outbox.audience = replace(AUDIENCE, makes_backups=makes_backups)
    outbox.judge(Alarm(AlarmKind.BACKUP, "no room", NOON))
    outbox.judge()
    with outbox.source.archive.reading() as connection:
        _, end = sendable(connection, "desk", ())
    assert (end.about or {}).get("unwatched", False) is not makes_backups


@pytest.mark.parametrize(("channel", "is_over"), [("mayor", False), ("chat", True)])
def test_the_end_of_a_channel_that_is_no_more_says_so(
    outbox: Outbox, channel: str, *, is_over: bool
) -> None:
    outbox.judge(Alarm(AlarmKind.ALERTS, "no answer", NOON, subject=channel))
    outbox.judge()
    with outbox.source.archive.reading() as connection:
        _, end = sendable(connection, "desk", ())
    assert (end.about or {}).get("unwatched", False) is is_over


def test_channels_that_fail_at_once_are_said_each(outbox: Outbox) -> None:
    outbox.judge(
        *(Alarm(AlarmKind.ALERTS, "no answer", NOON, subject=n) for n in ("chat", "mayor"))
    )
    with outbox.source.archive.reading() as connection:
        found = [(each.about or {})["subject"] for each in sendable(connection, "desk", ())]
    assert found == ["chat", "mayor"]
