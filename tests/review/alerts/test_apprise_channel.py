"""What Apprise does with a message, at real servers: confirmed, or why not, and never a secret."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from io import StringIO

import pytest

from review.alerts import apprise_channel
from review.alerts.apprise_channel import AppriseChannel, is_known
from tests.review.alerts.servers import MailServer, webhook


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """Return what a service that was started with -v would log."""
    lines, root = StringIO(), logging.getLogger()
    handler = logging.StreamHandler(lines)
    monkeypatch.setattr(root, "level", logging.DEBUG)
    root.addHandler(handler)
    yield lines
    root.removeHandler(handler)


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        pytest.param(200, None, id="confirmed"),
        pytest.param(429, "127.0.0.1 answered 429", id="too many"),
        pytest.param(500, "127.0.0.1 answered 500", id="broken"),
        pytest.param(404, "127.0.0.1 answered 404", id="gone"),
        pytest.param(302, "127.0.0.1 answered 302: moved to another address", id="moved"),
        pytest.param(308, "127.0.0.1 answered 308: moved to another address", id="moved for ever"),
    ],
)
def test_what_a_webhook_answers_is_what_became_of_a_message(
    status: int, problem: str | None
) -> None:
    with webhook() as server:
        server.status = status
        assert AppriseChannel(server.address).send("题目", "内容", "k1") == problem
    ((key, message, _),) = server.received
    assert (key, message["title"], message["message"]) == ("k1", "题目", "内容")


SOON = timedelta(seconds=120)
TOMORROW = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)


@pytest.mark.parametrize(
    ("status", "header", "retry_after"),
    [
        pytest.param(429, "120", SOON, id="seconds"),
        pytest.param(
            503, TOMORROW, timedelta(hours=6), id="a date, a quarter of a day ahead at most"
        ),
        pytest.param(503, "Thu, 01 Jan 2015 00:00:00 GMT", timedelta(0), id="a date gone by"),
        pytest.param(429, "soon", None, id="nonsense"),
        pytest.param(429, "9" * 5000, None, id="no number of seconds"),
        pytest.param(429, None, None, id="nothing"),
        pytest.param(500, "120", None, id="an answer that asks for no pause"),
    ],
)
def test_a_service_is_heard_that_asks_for_a_pause(
    status: int, header: str | None, retry_after: timedelta | None
) -> None:
    with webhook() as server:
        server.status = status
        if header:
            server.headers["Retry-After"] = header
        channel = AppriseChannel(server.address)
        assert channel.send("t", "b", "k1") == f"127.0.0.1 answered {status}"
        heard = channel.retry_after()
        server.status = 200
        assert channel.send("t", "b", "k1") is None
    assert (heard, channel.retry_after()) == (retry_after, None)


def test_a_server_that_is_gone_is_named_and_no_log_has_its_secrets(
    logged: StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    with webhook() as server:
        address = server.address.replace("json://", "json://user:PASSWORD@")
    assert (
        AppriseChannel(address).send("t", "b", "k1")
        == "no answer from 127.0.0.1: connection refused"
    )
    logging.getLogger("urllib3.connectionpool").debug("POST /SECRET")
    said = logged.getvalue() + "".join(capfd.readouterr())
    assert "SECRET" not in said
    assert "PASSWORD" not in said


def test_a_message_is_not_sent_on_to_where_a_webhook_has_moved() -> None:
    with webhook() as server, webhook() as elsewhere:
        server.status = 307
        server.headers["Location"] = elsewhere.address.replace("json://", "http://")
        moved = AppriseChannel(f"{server.address}?redirect=yes").send("t", "b", "k1")
    assert moved == "127.0.0.1 answered 307: moved to another address"
    assert elsewhere.received == []


def test_a_slow_server_is_waited_for_and_sent_nothing_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with webhook() as server:
        server.goes_on.clear()
        channel = AppriseChannel(server.address)
        monkeypatch.setattr(apprise_channel, "_LIMIT", 0.01)
        assert channel.send("t", "b", "k1") == "no answer"
        assert channel.send("t", "b", "k1") == "no answer"
        assert channel.send("t", "other", "k2") == "no answer"
        assert server.wait_for(1)
        monkeypatch.setattr(apprise_channel, "_LIMIT", 60)
        server.goes_on.set()
        assert channel.send("t", "b", "k1") is None
        assert channel.send("t", "other", "k2") is None
    assert server.confirmed() == ["k1", "k2"]


def test_a_message_given_up_makes_way_for_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with webhook() as server:
        server.goes_on.clear()
        channel = AppriseChannel(server.address)
        monkeypatch.setattr(apprise_channel, "_LIMIT", 0.01)
        assert channel.send("t", "b", "k1") == "no answer"
        server.goes_on.set()
        monkeypatch.setattr(apprise_channel, "_LIMIT", 60)
        channel.send("t", "other", "k2")
        assert channel.send("t", "other", "k2") is None
    assert server.confirmed()[0] == "k1"


def test_channels_that_hang_leave_another_one_its_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than any pool of threads has: Apprise's own has four more than there are cores."""
    with webhook() as hanging, webhook() as alive:
        hanging.goes_on.clear()
        monkeypatch.setattr(apprise_channel, "_LIMIT", 0.001)
        hung = [AppriseChannel(hanging.address) for _ in range(40)]
        assert {each.send("t", "b", "k") for each in hung} == {"no answer"}
        monkeypatch.setattr(apprise_channel, "_LIMIT", 30)
        assert AppriseChannel(alive.address).send("t", "b", "k") is None


def test_a_mail_says_the_same_and_has_the_key_in_a_header() -> None:
    with MailServer().serving() as server:
        assert AppriseChannel(server.address).send("题目", "内容 <b>", "k1") is None
        server.answer = "550 no"
        assert (
            AppriseChannel(server.address).send("题目", "内容", "k2") == "127.0.0.1 answered 550"
        )
    mail = server.mails[0]
    assert (mail["Subject"], mail["X-Fuhan-Message"]) == ("题目", "k1")
    assert "内容 <b>" in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize("recipients", [",gone@example.org", "&cc=gone@example.org"])
def test_a_mailbox_that_is_closed_holds_up_no_other_recipient(
    recipients: str, caplog: pytest.LogCaptureFixture
) -> None:
    server = MailServer()
    with server.serving():
        server.refused["gone@example.org"] = "550 closed"
        channel = AppriseChannel(f"{server.address}{recipients}")
        assert [channel.send("t", "b", key) for key in ("k1", "k2")] == [None, None]
    assert [each["X-Fuhan-Message"] for each in server.mails] == ["k1", "k2"]
    ours = [each.getMessage() for each in caplog.records if each.name.startswith("review.")]
    assert ours == [
        f"alert {key}: some recipients are refused: 127.0.0.1 answered 550" for key in ("k1", "k2")
    ]


def test_who_has_a_mail_is_not_sent_it_again_while_another_one_has_not() -> None:
    server = MailServer()
    with server.serving():
        server.refused["gone@example.org"] = "451 later"
        channel = AppriseChannel(f"{server.address},gone@example.org")
        assert [channel.send("t", "b", "k1") for _ in range(2)] == ["127.0.0.1 answered 451"] * 2
        server.refused.clear()
        assert channel.send("t", "b", "k1") is None
    assert [each["To"] for each in server.mails] == ["desk@example.org", "gone@example.org"]


def test_a_mail_that_nobody_takes_is_not_confirmed() -> None:
    server = MailServer()
    with server.serving():
        server.refused |= dict.fromkeys(("desk@example.org", "gone@example.org"), "550 closed")
        channel = AppriseChannel(f"{server.address},gone@example.org")
        assert channel.send("t", "b", "k1") == "127.0.0.1 answered 550"


@pytest.mark.parametrize(
    "url",
    [
        *("mailto://user:password@example.org", "json://example.org/hook", "ntfy://topic"),
        "wecombot://693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa",
        "dingtalk://12345678901234567890123456789012",
        "feishu://a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4e5f6",
        "tgram://123456789:abcdefg_hijklmnop/12315544/",
    ],
)
def test_the_usual_services_are_known(url: str) -> None:
    assert is_known(url)
    assert AppriseChannel(url).room() > 1500


@pytest.mark.parametrize("url", ["wecombot://", "nothing://x", "mailto://", "json"])
def test_what_apprise_does_not_read_is_not_known(url: str) -> None:
    assert not is_known(url)
