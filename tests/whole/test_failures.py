"""Whatever goes wrong on the network comes out as one line of plain words."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from crawler.http.failures import failure_reason
from tests.whole.certificates import Authority, aged, authority
from tests.whole.network import (
    Behaving,
    fetched,
    is_plain,
    listening,
    over_tls,
    says,
    says_nothing,
    unused_port,
)
from tests.whole.sites import Answer, Asked, Site, crawl, job, reasons, serve

CLOSED = "the connection was closed before an answer"
NO_URL = "http://[bad/"
NO_HTTP = "its answer is no HTTP"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"

SERVERS: dict[str, tuple[Behaving, str]] = {
    "closes at once": (says(b""), CLOSED),
    "resets at once": (says(b"", reset=True), CLOSED),
    "closes within its headers": (says(b"HTTP/1.1 200 OK\r\nContent-Le"), CLOSED),
    "closes within its body": (says(OK[:-1]), "truncated"),
    "resets within its body": (says(OK[:-1], reset=True), "truncated"),
    "breaks off a chunked body": (
        says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhi"),
        "truncated",
    ),
    "sends garbage": (says(b"\x16\x03\x01 garbage\r\n\r\n"), NO_HTTP),
    "speaks another protocol": (says(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), NO_HTTP),
    "has a length that is no number": (
        says(b"HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nhi"),
        NO_HTTP,
    ),
    "has two lengths": (
        says(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi"),
        NO_HTTP,
    ),
    "has a header with a blank in its name": (
        says(b"HTTP/1.1 200 OK\r\nMy Server: x\r\nContent-Length: 2\r\n\r\nhi"),
        NO_HTTP,
    ),
    "has a coding that is unheard of": (
        says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: zip\r\n\r\nhi"),
        NO_HTTP,
    ),
    "says that its page is huge": (
        says(b"HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\nhi"),
        "larger than 1000000 bytes",
    ),
    "sends more than is taken": (
        says(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2_000_000),
        "larger than 1000000 bytes",
    ),
    "redirects without end": (
        says(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"),
        "redirected too often",
    ),
    "redirects to no URL": (
        says(f"HTTP/1.1 302 Found\r\nLocation: {NO_URL}\r\nContent-Length: 0\r\n\r\n".encode()),
        f"redirected to what is no URL: {NO_URL}",
    ),
    "is packed otherwise than it says": (
        says(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nhi"),
        "not in gzip",
    ),
}


def tls_servers(own: Authority) -> dict[str, tuple[Behaving, str]]:
    """Return servers of https, most of them with a certificate that proves nothing."""
    old = aged(own.issue("old"))
    return {
        "is in order": (over_tls(own.issue("good"), says(OK)), "200"),
        "is of an authority unheard of": (
            over_tls(authority(own.folder / "other", "other").issue("good"), says(OK)),
            "its certificate is of an authority that is not believed",
        ),
        "has signed its own certificate": (
            over_tls(own.issue("self", itself=True), says(OK)),
            "its certificate is signed by itself",
        ),
        "has a certificate that expired": (
            over_tls(own.issue("expired", valid=(-9, -1)), says(OK)),
            "its certificate has expired",
        ),
        "has a certificate of next week": (
            over_tls(own.issue("early", valid=(7, 9)), says(OK)),
            "its certificate is not valid yet",
        ),
        "has another host's certificate": (
            over_tls(own.issue("elsewhere", ["www.example"]), says(OK)),
            "its certificate is not for localhost",
        ),
        "has a certificate for no host": (
            over_tls(own.issue("localhost", []), says(OK)),
            "its certificate is not for localhost",
        ),
        "speaks old TLS alone": (
            over_tls(old, says(OK)),
            "too old a TLS (tls: legacy allows what is older)",
        ),
        "speaks no TLS": (says(OK), "no TLS is spoken there"),
        "closes within the handshake": (says(b""), CLOSED),
        "resets within the handshake": (says(b"", reset=True), CLOSED),
        "closes once TLS is spoken": (over_tls(own.issue("closing"), says(b"")), CLOSED),
    }


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    folder = tmp_path_factory.mktemp("authority")
    (folder / "other").mkdir()
    return authority(folder)


@pytest.fixture(scope="module")
def said(own: Authority) -> dict[str, tuple[Any, str]]:
    """Return for each kind of failure what was said of it, and what should be."""
    with ExitStack() as stack:
        urls, expected = {}, {}
        for scheme, servers in (("http", SERVERS), ("https", tls_servers(own))):
            for name, (behave, words) in servers.items():
                port = stack.enter_context(listening(behave))
                urls[name], expected[name] = f"{scheme}://localhost:{port}/", words
        urls["speaks TLS where HTTP is asked"] = urls["is in order"].replace("https", "http")
        expected["speaks TLS where HTTP is asked"] = CLOSED
        urls["listens at no port"] = f"http://127.0.0.1:{unused_port()}/"
        expected["listens at no port"] = "connection refused"
        urls["has no name"] = "http://nosuch.invalid/"
        expected["has no name"] = "host not found"
        found = fetched(urls, max_page=1_000_000, ca=own.ca)
        silent = stack.enter_context(listening(says_nothing))
        for name, scheme in (("says nothing", "http"), ("says no word of TLS", "https")):
            urls[name], expected[name] = f"{scheme}://localhost:{silent}/", "timed out"
        late = {name: url for name, url in urls.items() if expected[name] == "timed out"}
        found |= fetched(late, timeout=1.0)
    return {name: (found[name], expected[name]) for name in urls}


def test_every_failure_has_its_words(said: dict[str, tuple[Any, str]]) -> None:
    wrong = {name: each for name, each in said.items() if each[1] not in str(each[0])}
    assert wrong == {}
    assert {
        name: each
        for name, (each, _) in said.items()
        if not is_plain(str(each).replace(NO_URL, ""))
    } == {}


def test_an_error_that_nobody_foresaw_is_told_in_words_too() -> None:
    assert failure_reason(RuntimeError("<class 'x'> [Failure]")) == "no answer came: runtime error"


def test_a_directory_that_hangs_up_and_letters_that_do_are_named_in_words(tmp_path: Path) -> None:
    def hang_up(asked: Asked) -> Answer | None:
        if asked.path != "/list/" and "202206" in asked.path:
            raise ConnectionResetError
        return None

    with serve(Site(answering=hang_up)) as site:
        crawled = crawl(job(tmp_path, site.listing))
    assert (crawled["outcome"], reasons(crawled)) == ("partial", [CLOSED, CLOSED])
