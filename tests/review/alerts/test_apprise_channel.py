"""What Apprise does with a message, at real servers: confirmed, or why not, and never a secret."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest

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
        pytest.param(429, "answered 429", id="too many"),
        pytest.param(500, "answered 500", id="broken"),
        pytest.param(404, "answered 404", id="gone"),
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


def test_a_server_that_is_gone_gives_no_answer_and_no_log_its_address(
    logged: StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    with webhook() as server:
        address = server.address.replace("json://", "json://user:PASSWORD@")
    assert AppriseChannel(address).send("t", "b", "k1") == "no answer"
    logging.getLogger("urllib3.connectionpool").debug("POST /SECRET")
    said = logged.getvalue() + "".join(capfd.readouterr())
    assert "SECRET" not in said
    assert "PASSWORD" not in said


def test_a_mail_says_the_same_and_has_the_key_in_a_header() -> None:
    with MailServer().serving() as server:
        assert AppriseChannel(server.address).send("题目", "内容 <b>", "k1") is None
        server.answer = "550 no"
        assert AppriseChannel(server.address).send("题目", "内容", "k2") == "not accepted"
    mail = server.mails[0]
    assert (mail["Subject"], mail["X-Fuhan-Message"]) == ("题目", "k1")
    assert "内容 <b>" in mail.get_body(("plain",)).get_content()


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
