"""Who did not take a message, and why: by what Apprise logs, without what that holds of secrets."""

import pytest

from review.alerts.failure_words import failure_words

POOL = "Socket Exception: HTTPSConnectionPool(host='hook.example', port=443): Max retries exceeded with url: /SECRET "
MAIL = 'Connection error while submitting email to "SECRET"\nSocket Exception: '


@pytest.mark.parametrize(
    ("log", "host", "words"),
    [
        pytest.param(
            f"{POOL}(Caused by NewConnectionError('[Errno 111] Connection refused'",
            None, "no answer from hook.example: connection refused", id="refused",
        ),
        pytest.param(
            f"{POOL}(Caused by NameResolutionError(\"Failed to resolve 'hook.exam",
            None, "no answer from hook.example: host not found", id="no such host",
        ),
        pytest.param(
            f"{POOL}(Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]"
            " certificate verify failed: self-signed certificate (_ssl.c:1006)')))",
            None,
            "no answer from hook.example: TLS failed: certificate verify failed: self-signed certificate",
            id="an unknown certificate",
        ),
        pytest.param(
            "Socket Exception: HTTPSConnectionPool(host='hook.example', port=443): Read timed out. (read timeout=90)",
            None, "no answer from hook.example: timed out", id="too slow",
        ),
        pytest.param(
            f"{POOL}(Caused by NewConnectionError('[Errno 113] No route to host'))",
            None, "no answer from hook.example: no connection: no route to host", id="no route",
        ),
        pytest.param(
            f"{MAIL}[Errno -2] Name or service not known",
            "mail.example", "no answer from mail.example: host not found", id="no mail server",
        ),
        pytest.param(
            "A Connection error occurred sending Chat notification.\nSocket Exception: SECRET",
            None, "no answer: no connection", id="nothing more is known",
        ),
        pytest.param(
            "Failed to send JSON POST notification: error=500.",
            "hook.example", "hook.example answered 500", id="an answer",
        ),
        pytest.param('Payload: {"text": "timed out, [SSL] reset"}', None, "not accepted", id="a message"),
        pytest.param("Something else: SECRET", "x.example", "not accepted by x.example", id="else"),
        pytest.param("Something else: SECRET", None, "not accepted", id="by nobody known"),
    ],
)  # fmt: skip
def test_a_failure_is_said_with_its_host_and_its_reason(
    log: str, host: str | None, words: str
) -> None:
    assert failure_words(log, host) == words
