import pytest

from fuhan.errors import PortUnavailableError
from fuhan.port import address, host_problem, listen


def test_a_free_port_is_taken_and_told() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        assert address(listener) == f"http://127.0.0.1:{port}/"


def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(
            PortUnavailableError, match=f"^review.port: can't listen on 127.0.0.1:{port}: Address"
        ):
            listen("127.0.0.1", port)


def test_a_host_that_is_not_there_is_told_in_one_line() -> None:
    with pytest.raises(PortUnavailableError, match=r"^review.host: can.t listen on 192\.0\.2\.1:"):
        listen("192.0.2.1", 0)  # an address that no machine has (RFC 5737)
    assert host_problem("192.0.2.1") == "Cannot assign requested address"
