"""A ping that is not answered is said with its key, and without its address."""

import logging
import socket

import pytest

from review.alerts.ping import ping
from tests.review.alerts.servers import webhook


@pytest.mark.parametrize(
    ("path", "said"),
    [
        pytest.param("/ping", [], id="answered"),
        pytest.param("/ping no", ["ping: not answered: InvalidURL"], id="no address"),
    ],
)
def test_a_ping_is_logged_where_it_was_not_answered(
    path: str, said: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    with webhook() as server:
        ping(f"http://127.0.0.1:{server.server_port}{path}")
    assert caplog.messages == said


def test_a_ping_to_nobody_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as taken:  # by one who does not listen
        taken.bind(("127.0.0.1", 0))
        ping(f"http://127.0.0.1:{taken.getsockname()[1]}/SECRET")
    assert caplog.messages == ["ping: not answered: ConnectionRefusedError"]
