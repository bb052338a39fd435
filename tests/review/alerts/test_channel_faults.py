"""Real servers that do all but confirm a message: nothing is lost, and nothing doubled."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from review.alerts.apprise_channel import AppriseChannel
from storage.outbox.channel_states import channel_state
from storage.outbox.notices import waiting
from tests.review.alerts.conftest import Alerts
from tests.review.alerts.servers import MailServer, Webhook, webhook

HOUR = timedelta(hours=1)


def too_many(server: Webhook) -> None:
    server.status, server.headers = 429, {"Retry-After": "60"}


def broken(server: Webhook) -> None:
    server.status = 500


def moved(server: Webhook) -> None:
    server.status, server.headers = 302, {"Location": "http://127.0.0.1:9/"}


def cut_off(server: Webhook) -> None:
    server.cuts_off = True


def well(server: Webhook) -> None:
    server.status, server.headers, server.cuts_off = 200, {}, False


def reason(alerts: Alerts) -> str | None:
    with alerts.source.archive.reading() as connection:
        return channel_state(connection, alerts.channel.name).reason


def rests(alerts: Alerts) -> bool:
    """Return whether nothing waits, and nothing is sent any more."""
    with alerts.source.archive.reading() as connection:
        is_empty = waiting(connection) == {}
    return alerts.send(after=HOUR) is None and is_empty


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (too_many, "127.0.0.1 answered 429"),
        (broken, "127.0.0.1 answered 500"),
        (moved, "127.0.0.1 answered 302: moved to another address"),
        (cut_off, "no answer from 127.0.0.1: the connection was closed before an answer"),
    ],
)
def test_a_webhook_that_confirms_at_last_has_each_change_once(
    alerts: Alerts, fault: Callable[[Webhook], None], said: str
) -> None:
    with webhook() as server:
        alerts.service = AppriseChannel(server.address)  # type: ignore[assignment]
        fault(server)
        alerts.crawl()
        alerts.send()
        assert reason(alerts) == said
        alerts.crawl(2)
        alerts.send(after=HOUR)
        well(server)
        alerts.send(after=HOUR)
        alerts.send(after=HOUR)
        assert rests(alerts)
    first, again, at_last, rest = server.received
    assert first[:2] == again[:2] == at_last[:2]
    assert server.confirmed() == [first[0], rest[0]]
    assert rest[1]["title"] == "2 changes of letters (2 edited; proposals)"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param("451 later", "127.0.0.1 answered 451", id="greylisted"),
        pytest.param("550 no", "127.0.0.1 answered 550", id="refused"),
        pytest.param("421 bye", "127.0.0.1 answered 421", id="busy"),
        pytest.param(
            "",
            "no answer from 127.0.0.1: the connection was closed before an answer",
            id="cut off",
        ),
    ],
)
def test_a_mail_server_that_takes_a_message_at_last_has_each_change_once(
    alerts: Alerts, answer: str, said: str
) -> None:
    server = MailServer()
    with server.serving():
        alerts.service = AppriseChannel(server.address)  # type: ignore[assignment]
        server.answer = answer
        alerts.crawl()
        alerts.send()
        assert reason(alerts) == said
        server.answer = "250 OK"
        alerts.send(after=HOUR)
        alerts.crawl(2)
        alerts.send(after=HOUR)
        assert rests(alerts)
    refused, taken, rest = (each["X-Fuhan-Message"] for each in server.mails)
    assert refused == taken != rest
