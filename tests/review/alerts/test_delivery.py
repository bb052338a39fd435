"""What a channel is sent, and when: once each change, late rather than twice."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from letters.review import Decision, ReviewState
from review.alerts import delivery
from review.alerts.quiet_hours import read_quiet_hours
from review.metrics import Metrics
from storage.database.lock import crawl_lock
from storage.facts.reviews import add_review
from storage.outbox import notices
from storage.outbox.channel_states import channel_state
from storage.outbox.notices import mark_sent, oldest_sendable, waiting
from tests.review.alerts.conftest import Alerts
from tests.review.conftest import ServiceBeside

HOUR = timedelta(hours=1)


def test_a_change_is_sent_once(alerts: Alerts) -> None:
    alerts.crawl()
    alerts.send()
    assert alerts.send(after=HOUR) is None
    assert len(alerts.service.sent) == 1


def test_many_changes_are_one_message(alerts: Alerts) -> None:
    alerts.crawl(5)
    alerts.send()
    ((title, body, _),) = alerts.service.sent
    assert title == "5 changes of letters (5 edited; proposals)"
    assert body.count("→") == 5


def test_a_message_that_is_not_confirmed_is_sent_again_under_its_key(alerts: Alerts) -> None:
    alerts.crawl()
    alerts.service.problem = "answered 500"
    alerts.send()
    assert alerts.send(after=timedelta(seconds=4)) == alerts.at + timedelta(seconds=1)
    alerts.service.problem = None
    alerts.send(after=timedelta(seconds=1))
    first, second = alerts.service.sent
    assert first == second
    assert alerts.send(after=HOUR) is None


def test_what_comes_while_a_message_is_not_confirmed_goes_into_the_next_one(
    alerts: Alerts,
) -> None:
    alerts.crawl()
    alerts.service.problem = "no answer"
    alerts.send()
    alerts.crawl(2)
    alerts.service.problem = None
    alerts.send(after=HOUR)
    alerts.send(after=HOUR)
    first, again, rest = alerts.service.sent
    assert first == again
    assert rest[2] != first[2]
    assert rest[0].startswith("2 changes")


def test_a_channel_that_fails_rests_twice_as_long_each_time_and_says_since_when(
    alerts: Alerts,
) -> None:
    alerts.crawl()
    alerts.service.problem = "answered 429"
    pauses, since = [], alerts.at
    for _ in range(10):
        alerts.send()
        due_at = alerts.send()
        assert due_at
        pauses.append((due_at - alerts.at).total_seconds())
        alerts.at = due_at
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
    with alerts.source.archive.reading() as connection:
        state = channel_state(connection, "mail")
    assert (state.failed_since, state.reason, state.failures) == (since, "answered 429", 10)


@pytest.mark.parametrize(
    ("wished", "pause"),
    [
        pytest.param(timedelta(seconds=120), timedelta(seconds=120), id="as long as it asks for"),
        pytest.param(timedelta(seconds=1), timedelta(seconds=5), id="as long as ever at least"),
        pytest.param(HOUR, timedelta(minutes=15), id="a quarter of an hour at most"),
    ],
)
def test_a_channel_that_asks_for_a_pause_has_it(
    alerts: Alerts, wished: timedelta, pause: timedelta
) -> None:
    alerts.crawl()
    alerts.service.problem, alerts.service.wished = "answered 429", wished
    alerts.send()
    assert alerts.send() == alerts.at + pause


def test_a_clock_that_was_set_back_does_not_silence_a_channel(alerts: Alerts) -> None:
    alerts.crawl()
    alerts.service.problem = "no answer"
    alerts.send()
    alerts.service.problem = None
    alerts.send(after=-timedelta(days=1))
    assert len(alerts.service.sent) == 2


def test_messages_to_a_channel_are_seconds_apart(alerts: Alerts) -> None:
    alerts.configure(sharing=2)
    alerts.crawl()
    alerts.send()
    alerts.crawl()
    assert alerts.send() == alerts.at + timedelta(seconds=6)
    alerts.send(after=timedelta(seconds=6))
    assert len(alerts.service.sent) == 2


def test_a_group_robot_is_sent_twenty_messages_a_minute_at_most(alerts: Alerts) -> None:
    """WeCom and DingTalk drop what comes beyond that, and silence the robot for a while."""
    sent_at = []
    for _ in range(22):
        alerts.crawl()
        while due_at := alerts.send():
            if due_at > alerts.at:
                alerts.at = due_at
            else:
                sent_at.append(alerts.at)
    assert len(sent_at) == 22
    assert all(
        later - first >= timedelta(minutes=1)
        for first, later in zip(sent_at, sent_at[20:], strict=False)
    )


def test_a_digest_waits_for_what_may_come_after_its_first_change(alerts: Alerts) -> None:
    alerts.configure(every=HOUR)
    alerts.crawl()
    alerts.at = alerts.source.clock()
    due_at = alerts.send()
    assert due_at
    assert due_at > alerts.at
    alerts.crawl(3)
    alerts.send(after=due_at - alerts.at)
    ((title, _, _),) = alerts.service.sent
    assert title == "4 changes of letters (4 edited; proposals)"


def test_a_digest_is_not_put_off_by_a_clock_that_was_set_back(alerts: Alerts) -> None:
    """What was written by a clock that was a day ahead would wait for a day and an hour."""
    alerts.configure(every=HOUR)
    alerts.crawl()
    alerts.at = alerts.source.clock() - 24 * HOUR
    alerts.send()
    assert len(alerts.service.sent) == 1


def test_a_channel_fails_since_now_at_the_latest_after_a_clock_was_set_back(
    alerts: Alerts,
) -> None:
    alerts.crawl()
    alerts.service.problem = "no answer"
    alerts.send()
    alerts.send(after=-24 * HOUR)
    with alerts.source.archive.reading() as connection:
        assert channel_state(connection, "mail").failed_since == alerts.at


NIGHT = read_quiet_hours("22:00-02:30")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("at", "end"),
    [
        pytest.param("2026-10-24T20:00", "2026-10-25T00:30", id="until the first 02:30"),
        pytest.param("2026-10-25T00:10", "2026-10-25T00:30", id="the first 02:10"),
        pytest.param("2026-10-25T00:40", None, id="the first 02:40"),
        pytest.param("2026-10-25T01:10", "2026-10-25T01:30", id="the second 02:10"),
        pytest.param("2026-10-25T01:30", None, id="the second 02:30"),
        pytest.param("2026-03-28T21:30", "2026-03-29T01:30", id="of a night without 02:30"),
        pytest.param("2026-03-29T01:30", None, id="which is over at 03:30"),
    ],
)
def test_quiet_hours_are_those_of_the_clock_on_the_wall_when_it_is_changed(
    at: str, end: str | None
) -> None:
    """Moments are in UTC; the hours are those of Berlin."""
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    found = NIGHT.end_after(moment, BERLIN)
    assert (found and found.astimezone(UTC).isoformat()[:16]) == end


def test_nothing_is_sent_in_quiet_hours(alerts: Alerts) -> None:
    alerts.configure(quiet=read_quiet_hours("11:00-13:30"))
    alerts.crawl()
    assert alerts.send() == alerts.at + timedelta(minutes=90)
    alerts.send(after=timedelta(minutes=90))
    assert len(alerts.service.sent) == 1


def test_what_waited_in_quiet_hours_while_nothing_ran_for_a_month_is_one_message(
    alerts: Alerts,
) -> None:
    alerts.configure(every=24 * HOUR, quiet=read_quiet_hours("11:00-13:30"))
    alerts.crawl(2)
    alerts.at += timedelta(days=30)
    alerts.crawl(3)
    due_at = alerts.send()
    assert due_at == alerts.at + timedelta(minutes=90)
    alerts.send(after=timedelta(minutes=90))
    assert alerts.send(after=timedelta(days=2)) is None
    ((title, _, _),) = alerts.service.sent
    assert title == "5 changes of letters (5 edited; proposals)"


def decide(alerts: Alerts, state: ReviewState) -> None:
    with alerts.source.archive.writing() as connection:
        change = alerts.source.changes()[-1]
        add_review(connection, change.id, Decision(state, "", ()), "reviewer", alerts.at)


def test_a_dismissed_change_is_not_sent(alerts: Alerts) -> None:
    alerts.crawl()
    decide(alerts, ReviewState.DISMISSED)
    assert alerts.send() is None
    assert alerts.service.sent == []
    with alerts.source.archive.reading() as connection:
        assert waiting(connection) == {}


def test_a_change_that_was_dismissed_while_its_message_failed_is_no_longer_in_it(
    alerts: Alerts,
) -> None:
    alerts.crawl(2)
    alerts.service.problem = "no answer"
    alerts.send()
    decide(alerts, ReviewState.DISMISSED)
    alerts.service.problem = None
    alerts.send(after=HOUR)
    assert alerts.service.sent[0][0].startswith("2 changes")
    assert alerts.service.sent[1][1].count("→") == 1
    decide(alerts, ReviewState.OPEN)
    alerts.send(after=HOUR)
    assert alerts.service.sent[2][2] != alerts.service.sent[1][2]


def test_held_changes_wait_until_they_are_released(alerts: Alerts) -> None:
    alerts.crawl(8, mass=0.1)
    assert alerts.send() is None
    with alerts.source.archive.reading() as connection:
        assert waiting(connection)["mail"].count == 8
    decide(alerts, ReviewState.ACCEPTED)
    alerts.send()
    assert len(alerts.service.sent) == 1


def test_what_is_released_has_waited_to_be_sent_since_then(alerts: Alerts) -> None:
    """Else alerts would be said to lie unsent for days, when it is released in quiet hours."""
    alerts.crawl(8, mass=0.1)
    alerts.at += 72 * HOUR
    decide(alerts, ReviewState.ACCEPTED)
    with alerts.source.archive.reading() as connection:
        assert oldest_sendable(connection, ()) == {"mail": alerts.at}


def test_changes_of_a_crawl_that_goes_on_wait_for_its_end(alerts: Alerts) -> None:
    alerts.crawl()
    with alerts.source.archive.writing() as connection:
        connection.exec_driver_sql("UPDATE crawls SET outcome = NULL WHERE id = 2")
    with crawl_lock(alerts.source.archive, "proposals"):
        assert alerts.send() is None
    alerts.send()  # nobody crawls any more: it was cut off
    assert len(alerts.service.sent) == 1


def test_what_waits_for_a_dead_channel_stays_bounded_and_is_counted(
    alerts: Alerts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "MOST_READ", 10)
    alerts.service.problem = "no answer"
    alerts.crawl(1)
    alerts.send()
    for _ in range(4):
        alerts.crawl(8)
        alerts.send(after=HOUR)
    with alerts.source.archive.reading() as connection:
        rows = connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE sent_at IS NULL")
        assert rows.scalar_one() < 10
        assert waiting(connection)["mail"].count == 33
    alerts.service.problem = None
    alerts.service.sent.clear()
    alerts.send(after=HOUR)
    alerts.send(after=HOUR)
    assert alerts.send(after=HOUR) is None
    (first, rest) = alerts.service.sent
    assert first[1].count("→") == 1
    listed = rest[1].count("→")
    assert rest[0] == "32 changes of letters"
    assert f"{32 - listed} changes that could not be sent in time are not listed" in rest[1]


def test_what_waits_beside_a_large_message_that_fails_stays_bounded(
    alerts: Alerts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a week, by a clock that a crawl moves on by an hour."""
    monkeypatch.setattr(delivery, "MOST_READ", 10)
    monkeypatch.setattr(notices, "MOST_READ", 10)
    alerts.service.problem = "no answer"
    alerts.crawl(8)
    for _ in range(24):
        alerts.send(after=7 * HOUR)
        alerts.crawl(3)
    alerts.send(after=HOUR)
    with alerts.source.archive.reading() as connection:
        rows = connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE sent_at IS NULL")
        assert rows.scalar_one() < 20
        assert waiting(connection)["mail"].count == 85
    alerts.service.problem = None
    alerts.service.sent.clear()
    while alerts.send(after=HOUR):
        pass
    (first, rest) = alerts.service.sent
    assert (first[0], rest[0]) == (
        "8 changes of letters (8 edited; proposals)",
        "77 changes of letters",
    )
    assert f"{77 - rest[1].count('→')} changes that could not be sent in time" in rest[1]


def test_what_was_sent_is_forgotten_after_a_month(alerts: Alerts) -> None:
    for _ in range(2):
        alerts.crawl()
        alerts.send(after=timedelta(days=31))
    with alerts.source.archive.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar_one() == 1


def test_confirming_twice_changes_nothing(alerts: Alerts) -> None:
    alerts.crawl()
    alerts.send()
    key = alerts.service.sent[0][2]
    with alerts.source.archive.writing() as connection:
        mark_sent(connection, "mail", key, [], alerts.at)
    assert alerts.send(after=HOUR) is None


def test_metrics_say_what_waits_and_since_when_a_channel_fails(alerts: Alerts) -> None:
    alerts.crawl(2)
    alerts.service.problem = "answered 500"
    alerts.send()
    lines = Metrics(alerts.source.archive, ServiceBeside()).exposition().body.decode().splitlines()
    assert 'fuhan_alerts_pending{channel="mail"} 2' in lines
    assert 'fuhan_alerts_failures{channel="mail"} 1' in lines
    since = alerts.at.timestamp()
    assert f'fuhan_alerts_failed_since_timestamp_seconds{{channel="mail"}} {since:.0f}' in lines
