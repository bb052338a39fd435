"""A proxy that is named, here or in the environment, is used or refused: never passed over."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.http.proxies import InvalidProxyError, choose_proxies, normalize_proxy
from tests.archive_copy import altering
from tests.whole.certificates import Authority, authority
from tests.whole.network import fetched, is_plain, listening, recorded, says, unused_port
from tests.whole.proxies import SECRET, Proxy, Socks, proxying
from tests.whole.sites import reasons, serve

NAME = "city.example"  # that nobody can look up: a proxy must


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def sites(own: Authority) -> Iterator[dict[str, int]]:
    """Return the ports at which a site stands by http and by https."""
    with serve() as plain, serve(tls=own.issue("site", [NAME])) as safe:
        yield {
            each.url.partition(":")[0]: int(each.url.rpartition(":")[2]) for each in (plain, safe)
        }


WAYS = [
    pytest.param(kind, scheme, id=f"{scheme} through {kind}")
    for kind in ("http", "https", "socks5")
    for scheme in ("http", "https")
]
ABSOLUTE = {("http", "http"), ("https", "http")}  # asked for by a whole URL, without a tunnel


def made(kind: str, own: Authority, target: int, *, password: bool = False) -> Proxy:
    if kind.startswith("socks5"):
        return Socks(target, password)
    tls = own.issue("proxy", ["localhost"]) if kind == "https" else None
    return Proxy(target, password, tls)


@pytest.mark.parametrize(("kind", "scheme"), [*WAYS, ("socks5h", "https")])
def test_a_page_comes_through_the_proxy_that_is_given(
    own: Authority, sites: dict[str, int], kind: str, scheme: str
) -> None:
    password = kind != "socks5h"
    with proxying(made(kind, own, sites[scheme], password=password)) as proxy:
        place = f"me:{SECRET}@localhost:{proxy.port}" if password else f"localhost:{proxy.port}"
        url = f"{scheme}://{NAME}/list/"
        said = fetched({"page": url, "again": url}, proxy=f"{kind}://{place}", ca=own.ca)
    assert said == {"page": 200, "again": 200}
    port = {"http": 80, "https": 443}[scheme]
    assert set(proxy.asked) == {NAME if (kind, scheme) in ABSOLUTE else f"{NAME}:{port}"}


@pytest.mark.parametrize(
    ("kind", "scheme"), [("http", "http"), ("https", "https"), ("socks5", "http")]
)
def test_a_proxy_that_refuses_is_told_in_words_without_the_password(
    own: Authority, sites: dict[str, int], kind: str, scheme: str
) -> None:
    url = {"page": f"{scheme}://{NAME}/list/"}
    with (
        proxying(made(kind, own, sites[scheme], password=True)) as proxy,
        listening(says(b"garbage\r\n\r\n")) as garbage,
    ):
        for port in (proxy.port, garbage, unused_port()):
            given = f"{kind}://me:{SECRET}x@localhost:{port}"
            reason = fetched(url, proxy=given, ca=own.ca)["page"]
            assert reason.startswith("through the proxy: "), reason
            assert is_plain(reason), reason
            assert SECRET not in reason
    assert reason == "through the proxy: connection refused"


REFUSALS = [
    pytest.param("https", b"HTTP/1.1 502 Bad Gateway\r\n\r\n", "it answered HTTP 502", id="502"),
    pytest.param("https", b"", "it answered nothing that makes a tunnel", id="nothing"),
    pytest.param("https", b"x" * 70_000, "it answered nothing that makes a tunnel", id="much"),
    pytest.param("http", b"", "the connection was closed before an answer", id="nothing for http"),
]


@pytest.mark.parametrize(("scheme", "answer", "words"), REFUSALS)
def test_what_a_proxy_answers_is_told(scheme: str, answer: bytes, words: str) -> None:
    with listening(says(answer)) as port:
        url = {"page": f"{scheme}://{NAME}/list/"}
        assert fetched(url, proxy=f"localhost:{port}")["page"] == (f"through the proxy: {words}")


def test_a_proxy_that_is_not_there_is_told() -> None:
    said = fetched({"page": f"http://{NAME}/"}, proxy="socks5://nosuch.invalid")["page"]
    assert said == "through the proxy: host not found"


VARIABLES = [
    pytest.param("ALL_PROXY", "socks5", id="ALL_PROXY of SOCKS"),
    pytest.param("all_proxy", "socks5h", id="all_proxy of SOCKS"),
    pytest.param("HTTP_PROXY", "socks5", id="HTTP_PROXY of SOCKS"),
    pytest.param("http_proxy", "http", id="http_proxy"),
]


@pytest.mark.parametrize(("variable", "kind"), VARIABLES)
def test_a_crawl_goes_through_the_proxy_of_the_environment_and_asks_nobody_else(
    tmp_path: Path, own: Authority, variable: str, kind: str
) -> None:
    with serve() as site:
        target = int(site.url.rpartition(":")[2])
        site.url = f"http://{NAME}"
        with proxying(made(kind, own, target)) as proxy:
            crawled, hosts = recorded(
                tmp_path, site, **{variable: f"{kind}://127.0.0.1:{proxy.port}"}
            )
    assert (crawled["outcome"], reasons(crawled)) == ("complete", [])
    assert hosts == {"127.0.0.1"}
    assert {each.removesuffix(":80") for each in proxy.asked} == {NAME}


CHOICES = [
    pytest.param({}, None, id="none"),
    pytest.param({"HTTP_PROXY": "h:1"}, "http://h:1", id="of the scheme"),
    pytest.param({"http_proxy": "h:1", "HTTP_PROXY": "x"}, "http://h:1", id="lower case first"),
    pytest.param({"all_proxy": "x", "HTTP_PROXY": "h:1"}, "http://h:1", id="the scheme's first"),
    pytest.param({"ALL_PROXY": "socks5://h"}, "socks5://h:1080", id="of all"),
    pytest.param({"HTTPS_PROXY": "h:1"}, None, id="of another scheme"),
    pytest.param({"HTTP_PROXY": "", "ALL_PROXY": "https://h"}, "https://h:443", id="an empty one"),
    pytest.param({"ALL_PROXY": "h", "NO_PROXY": "gov.cn"}, None, id="but not for this domain"),
    pytest.param({"ALL_PROXY": "h", "no_proxy": "*"}, None, id="but for none"),
    pytest.param({"ALL_PROXY": "h", "NO_PROXY": "fzggw.gov.cn:8000"}, None, id="but for a port"),
    pytest.param({"ALL_PROXY": "h:1", "NO_PROXY": "fzggw.gov.cn:80"}, "http://h:1", id="another"),
    pytest.param({"ALL_PROXY": "h:1", "NO_PROXY": "cq.cn"}, "http://h:1", id="but for others"),
]


@pytest.mark.parametrize(("variables", "chosen"), CHOICES)
def test_the_environment_names_the_proxy(variables: dict[str, str], chosen: str | None) -> None:
    assert choose_proxies(None, "http://fzggw.gov.cn:8000/", variables)["http"] == chosen


def test_a_proxy_that_is_given_goes_before_the_environments() -> None:
    variables = {"ALL_PROXY": "x", "NO_PROXY": "*"}
    given = choose_proxies("http://h:1", "http://fzggw.gov.cn/", variables)
    assert given == {"http": "http://h:1", "https": "http://h:1"}


@pytest.mark.parametrize(
    "listing", ["http://[::1]:8000/", "http://[::1]/"], ids=["with a port", "without"]
)
@pytest.mark.parametrize("off", ["::1", "[::1]", "localhost, ::1"])
def test_an_address_of_ipv6_can_be_left_out(listing: str, off: str) -> None:
    assert choose_proxies(None, listing, {"ALL_PROXY": "h", "NO_PROXY": off})["http"] is None


UNUSABLE = [
    "socks4://me:geheim@h:1",
    "socks://me:geheim@h",
    "ftp://h",
    "http://",
    "http://:80",
    "http://h:0",
    "http://h:99999",
    "http://me:geheim",
    "http://h/path/geheim",
    "http://h h",
    "http://[bad/",
    "://h",
]


@pytest.mark.parametrize("url", UNUSABLE)
def test_a_proxy_that_cannot_be_used_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(InvalidProxyError) as refused:
        normalize_proxy(url)
    assert str(refused.value).startswith("expected http://, https:// or socks5:// and a host")
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    ("command", "where"),
    [
        *((command, "environment") for command in ("check", "serve", "crawl", "probe")),
        *((command, "configuration") for command in ("check", "probe")),
    ],
)
def test_a_command_that_would_fetch_refuses_such_a_proxy_before_it_does(
    tmp_path: Path,
    watch: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    where: str,
) -> None:
    with serve() as site:
        project = watch(tmp_path, site.listing)
        if where == "environment":
            monkeypatch.setenv("ALL_PROXY", "socks4://me:geheim@127.0.0.1:9")
            named = "ALL_PROXY: "
        else:
            text = (tmp_path / "config.yaml").read_text("utf-8")
            text = text.replace("retries: 0", 'retries: 0, proxy: "socks4://me:geheim@h"')
            (tmp_path / "config.yaml").write_text(text, "utf-8")
            line = text[: text.index("proxy:")].count("\n") + 1
            named = f"config.yaml:{line}: crawl.proxy: "
        words = (
            [command, site.listing, "--config", "config.yaml"] if command == "probe" else [command]
        )
        process = project.start(*words)
        out, err = process.communicate(timeout=600)
    assert (process.returncode, out, err.count("\n")) == (2, "", 1)
    assert f"{named}expected http://, https:// or socks5://" in err
    assert "geheim" not in err
    assert site.log == []


def test_reading_what_was_fetched_needs_no_proxy(
    tmp_path: Path, watch: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve() as site:
        project = watch(tmp_path, site.listing)
        project.run("crawl")
        monkeypatch.setenv("ALL_PROXY", "socks4://h")
        assert len(project.rows("letters", "--format", "jsonl")) == 2


@pytest.mark.parametrize("verbose", [[], ["-v"]], ids=["", "-v"])
def test_secrets_are_in_no_message(
    tmp_path: Path, watch: Callable[..., Any], verbose: list[str]
) -> None:
    own = "    headers: {Authorization: Bearer geheim}\n"
    own += f"    proxy: http://me:geheim@127.0.0.1:{unused_port()}\n"
    project = watch(tmp_path, f"http://{NAME}/list/", source=own)
    out, err = project.start("crawl", *verbose).communicate(timeout=600)
    assert "through the proxy: connection refused" in err
    assert "geheim" not in out + err
    out, err = project.start("coverage", *verbose).communicate(timeout=600)
    assert "geheim" not in out + err
    with altering(project.database) as connection:
        crawl = connection.exec_driver_sql("SELECT * FROM crawls").one()
    assert "geheim" not in str(crawl)
