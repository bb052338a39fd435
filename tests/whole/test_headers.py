"""What each request says of itself, and that a site may stand at an address of IPv6."""

import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.whole.sites import LIST_PATH, Answer, Asked, Site, crawl, job, serve


def sent(folder: Path, **politeness: Any) -> list[dict[str, str]]:
    """Return the headers of each request of a crawl."""
    with serve() as site:
        assert crawl(job(folder, site.listing, **politeness))["outcome"] == "complete"
    return [dict(asked.headers) for asked in site.log]


def test_each_request_asks_for_chinese_and_names_who_asks(tmp_path: Path) -> None:
    for headers in sent(tmp_path, user_agent="fuhan (+https://example.org/we)"):
        assert headers["accept-language"] == "zh-CN"
        assert headers["user-agent"] == "fuhan (+https://example.org/we)"
        assert not {"x-key", "cookie", "referer", "authorization"} & headers.keys()


def test_headers_that_are_given_go_with_each_request(tmp_path: Path) -> None:
    given = {
        "X-Key": "a: b",
        "accept-language": "zh-TW",
        "USER-AGENT": "other",
        "Authorization": "Bearer geheim",
        "Cookie": "a=1; b=2",
    }
    requests = sent(tmp_path, headers=given, user_agent="fuhan")
    assert len(requests) == 4
    for headers in requests:
        assert {name: headers[name.lower()] for name in given} == given
        assert headers["accept"].startswith("text/html")


def test_cookies_that_are_given_stand_beside_those_of_the_site(tmp_path: Path) -> None:
    def gate(asked: Asked) -> Answer | None:
        told = asked.headers["cookie"].split("; ")
        if "own=1" in told and "theirs=2" in told:
            return None
        return Answer(status=302).also("Location", asked.path).also("Set-Cookie", "theirs=2")

    with serve(Site(answering=gate)) as site:
        crawled = crawl(job(tmp_path, site.listing, headers={"Cookie": "own=1"}))
    assert crawled["outcome"] == "complete"
    assert all(asked.headers["cookie"].count("own=1") == 1 for asked in site.log)


def test_rules_for_the_name_that_is_given_are_kept_to(tmp_path: Path) -> None:
    rules = Answer("User-agent: *\nAllow: /\n\nUser-agent: other\nDisallow: /\n")
    with serve(Site(robots=rules)) as site:
        crawled = crawl(job(tmp_path, site.listing, headers={"User-Agent": "other/1"}))
    assert (crawled["outcome"], site.paths) == ("failed", ["/robots.txt"])


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_a_listing_at_an_address_of_ipv6_is_watched_like_any(tmp_path: Path) -> None:
    def gate(asked: Asked) -> Answer | None:
        if asked.path == "/robots.txt" or "id=1" in asked.headers.get("cookie", ""):
            return None
        return Answer(status=302).also("Location", asked.path).also("Set-Cookie", "id=1")

    with serve(Site(answering=gate), host="::1") as site:
        first = crawl(job(tmp_path, site.listing))
        assert (first["outcome"], first["published"]) == ("complete", 2)
        assert {asked.headers["host"] for asked in site.log} == {site.url.removeprefix("http://")}
        again = crawl(job(tmp_path, site.listing))
        assert (again["outcome"], again["unchanged"]) == ("complete", 2)
        letter = f"{site.listing}202206/t20220617_10000501.html"
        single = crawl(replace(job(tmp_path, site.listing), urls=(letter,)))
        assert (single["outcome"], single["fetched"]) == ("complete", 1)
        site.robots = Answer(f"User-agent: *\nDisallow: {LIST_PATH}\n")
        assert crawl(job(tmp_path, site.listing))["outcome"] == "failed"


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_commands_take_an_address_of_ipv6(tmp_path: Path, watch: Any) -> None:
    with serve(host="::1") as site:
        project = watch(tmp_path, site.listing)
        assert project.crawl()["published"] == 2
        letter = f"{site.listing}202206/t20220617_10000501.html"
        assert project.crawl("--url", letter)["fetched"] == 1
        assert letter in project.run("show", letter, "--format", "json")
        project.run("verify")
        entry = project.run("probe", site.listing)
    assert f"listing: {site.listing}" in entry
    assert "name: 1-" in entry
