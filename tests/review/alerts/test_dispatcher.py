"""The dispatcher with real servers: a dead channel delays no other, and one process sends."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from letters.alarm import Alarm, AlarmKind
from letters.subscription import Subscription
from review.alerts import dispatcher as module
from review.alerts.alarm_notices import AlarmAudience
from review.alerts.alert_channel import AlertChannel, Service
from review.alerts.apprise_channel import AppriseChannel
from review.alerts.delivery import Delivery
from review.alerts.dispatcher import AlertPlan, Dispatcher
from storage.alarms.alarm_history import alarms_turn, record_alarms
from storage.database.process_lock import ALERTS, ProcessLock
from storage.outbox.channel_states import ChannelState, channel_states, set_channel_state
from storage.outbox.notices import waiting
from tests.crawler.record.source import LONG, ComposedSource, page_of, url_of
from tests.review.alerts.conftest import SETTINGS
from tests.review.alerts.servers import MailServer, webhook

BUDGET = timedelta(seconds=60)
PAGES = {url_of(n): page_of(n) for n in ("0001", "0002")}


def connect(channel: AlertChannel) -> Service:
    return AppriseChannel(channel.url)


def now() -> datetime:
    return datetime.now(UTC)


def edit(source: ComposedSource, figure: int, *channels: str) -> None:
    """Have a crawl see another figure in one letter."""
    subscriptions = tuple(map(Subscription, channels))
    answers = PAGES | {url_of("0001"): page_of("0001", LONG.format(figure))}
    source.crawl(answers, subscriptions=subscriptions, mass=1)


def plan(source: ComposedSource, **urls: str) -> AlertPlan:
    channels = tuple(AlertChannel(name, url) for name, url in urls.items())
    return AlertPlan(Delivery(source.archive, SETTINGS, now), channels)


def dispatcher(source: ComposedSource, alerts: AlertPlan) -> Dispatcher:
    return Dispatcher(source.archive, alerts, connect)


def test_a_change_arrives_by_mail_and_webhook_once_its_crawl_has_ended(
    source: ComposedSource,
) -> None:
    source.crawl(PAGES)
    with webhook() as hook, MailServer().serving() as mail:
        alerts = plan(source, hook=hook.address, mail=mail.address)
        sender = dispatcher(source, alerts)
        with sender.sending(BUDGET):
            edit(source, 918, "hook", "mail")
            sender.wake()
            assert hook.wait_for(1)
            assert mail.wait_for(1)
    assert "918" in hook.received[0][1]["message"]
    assert "918" in mail.mails[0].get_body(("plain",)).get_content()


@pytest.mark.parametrize("how", ["refusing", "hanging", "answering 429", "answering 500"])
def test_a_dead_channel_delays_no_other(source: ComposedSource, how: str) -> None:
    source.crawl(PAGES)
    edit(source, 918, "dead", "alive")
    with webhook() as dead, webhook() as alive:
        dead.status = int(how[-3:]) if how.startswith("answering") else 200
        if how == "hanging":
            dead.goes_on.clear()
        dead_url = "json://127.0.0.1:9/SECRET" if how == "refusing" else dead.address
        sender = dispatcher(source, plan(source, dead=dead_url, alive=alive.address))
        with sender.sending(BUDGET):
            assert alive.wait_for(1)
            if how != "refusing":
                assert dead.wait_for(1)
                assert how != "hanging" or not dead.goes_on.is_set()
            dead.goes_on.set()


def failing(source: ComposedSource, channel: str) -> bool:
    with source.archive.reading() as connection:
        state = channel_states(connection).get(channel)
    return state is not None and state.failed_since is not None


def until(holds: Callable[[], bool]) -> bool:
    """Return whether something holds in time."""
    end = time.monotonic() + 60
    while not (is_so := holds()) and time.monotonic() < end:
        Event().wait(0.02)
    return is_so


def test_a_server_that_comes_back_is_sent_what_waited(source: ComposedSource) -> None:
    source.crawl(PAGES)
    edit(source, 918, "hook")
    with webhook() as hook:
        hook.status = 500
        with dispatcher(source, plan(source, hook=hook.address)).sending(BUDGET):
            assert hook.wait_for(1)
            assert until(lambda: failing(source, "hook"))
        skip_pause(source)
        hook.status = 200
        with dispatcher(source, plan(source, hook=hook.address)).sending(BUDGET):
            assert hook.wait_for(2)
        assert hook.confirmed() == [hook.received[0][0]]
    assert not failing(source, "hook")


def skip_pause(source: ComposedSource) -> None:
    """Let no channel rest any more."""
    with source.archive.writing() as connection:
        connection.exec_driver_sql("UPDATE alert_channels SET next_at = NULL")


def test_another_process_that_sends_is_left_to_it(source: ComposedSource) -> None:
    source.crawl(PAGES)
    edit(source, 918, "hook")
    other = ProcessLock(source.archive.url, ALERTS)
    with webhook() as hook:
        sender = dispatcher(source, plan(source, hook=hook.address))
        assert other.take()
        assert other.take()
        with sender.sending(BUDGET):
            pass
        assert hook.received == []
        other.release()
        with dispatcher(source, plan(source, hook=hook.address)).sending(BUDGET):
            assert hook.wait_for(1)


class LateBell(Event):
    """A bell that is reset only once it has rung."""

    def clear(self) -> None:
        self.wait(60)
        super().clear()


def test_it_ends_at_once_with_a_service_that_ends_as_it_begins(
    source: ComposedSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "Event", LateBell)
    monkeypatch.setattr(module, "_POLL", 600.0)
    with dispatcher(source, plan(source)).sending(BUDGET):
        pass
    assert "alerts" not in [each.name for each in threading.enumerate()]


def test_what_waits_for_a_channel_that_is_no_more_is_dropped(source: ComposedSource) -> None:
    source.crawl(PAGES)
    edit(source, 918, "old", "hook")
    with webhook() as hook:
        hook.status = 500
        with dispatcher(source, plan(source, hook=hook.address)).sending(BUDGET):
            assert hook.wait_for(1)
    with source.archive.reading() as connection:
        assert set(waiting(connection)) == {"hook"}


def test_nothing_is_kept_of_how_a_channel_did_that_is_no_more(source: ComposedSource) -> None:
    """Another one of its name does not fail since then."""
    with source.archive.writing() as connection:
        set_channel_state(connection, "old", ChannelState(failed_since=now(), failures=9))
    with webhook() as hook, dispatcher(source, plan(source, hook=hook.address)).sending(BUDGET):
        assert until(lambda: not failing(source, "old"))


def test_a_channel_that_is_configured_anew_is_sent_to_its_new_address(
    source: ComposedSource,
) -> None:
    source.crawl(PAGES)
    with webhook() as old, webhook() as new:
        sender = dispatcher(source, plan(source, hook=old.address))
        with sender.sending(BUDGET):
            edit(source, 918, "hook")
            sender.wake()
            assert old.wait_for(1)
            sender.replace(plan(source, hook=new.address))
            edit(source, 919, "hook")
            sender.wake()
            assert new.wait_for(1)
    assert len(old.received) == 1


def test_a_ping_goes_after_crawls_that_went_well_and_not_in_trouble(
    source: ComposedSource,
) -> None:
    with webhook() as monitor:
        url = f"http://127.0.0.1:{monitor.server_port}/ping"
        sender = dispatcher(source, replace(plan(source), ping=url))
        sender.ping_unless("the schedule does not run")
        with sender.sending(BUDGET):
            sender.wake()
        assert monitor.pings == 0
        sender = dispatcher(source, replace(plan(source), ping=url))
        with sender.sending(BUDGET):
            sender.ping_unless(None)
            assert until(lambda: monitor.pings == 1)


def test_an_alarm_arrives_as_it_begins(source: ComposedSource) -> None:
    audience = AlarmAudience({"proposals": (Subscription("hook"),)})
    disk = Alarm(AlarmKind.DISK, "less than 256 MiB are free where the database is", now())
    with webhook() as hook:
        sender = dispatcher(source, replace(plan(source, hook=hook.address), audience=audience))
        with sender.sending(BUDGET):
            with source.archive.writing() as connection:
                turn = alarms_turn([], [disk], [AlarmKind.DISK], now())
                sender.write_alarms(connection, record_alarms(connection, turn))
            sender.wake()
            assert hook.wait_for(1)
    assert "磁盘将满" in hook.received[0][1]["title"]
