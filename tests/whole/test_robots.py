"""What robots.txt says is kept to; where nobody knows what it says, nothing is fetched."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from crawler.http.robots import PARSED, read_rules
from tests.whole.network import unused_port
from tests.whole.sites import (
    ALLOWED,
    LIST_PATH,
    Answer,
    Asked,
    Site,
    crawl,
    crawl_lines,
    job,
    reasons,
    serve,
)

FOR_NOW = "disallowed for now (RFC 9309)"
LETTER = f"{LIST_PATH}202206/t20220617_10000501.html"
HIDDEN = "User-agent: *\nDisallow: /list/202206/\n"


def text(body: str = "", status: int = 200) -> Answer:
    return Answer(body, status, (("Content-Type", "text/plain"),))


def moved(target: str, status: int = 302) -> Answer:
    return text("", status).also("Location", target)


ANSWERS = [
    pytest.param(text("", 500), "robots.txt answered HTTP 500", id="an error of the server"),
    pytest.param(text("", 503), "robots.txt answered HTTP 503", id="not at the moment"),
    pytest.param(moved("http://other.example/"), "robots.txt: redirected to", id="another site's"),
    pytest.param(moved("/robots.txt"), "robots.txt: redirected too often", id="without end"),
    pytest.param(
        ALLOWED.also("Content-Encoding", "gzip"), "robots.txt: undecodable", id="ill packed"
    ),
    pytest.param(text("", 404), None, id="there is none"),
    pytest.param(Answer("<html><p>Not found</p></html>"), None, id="a page in its place"),
    pytest.param(ALLOWED, None, id="all is allowed"),
]


@pytest.mark.parametrize(("robots", "reason"), ANSWERS)
def test_nothing_is_fetched_while_nobody_knows_what_is_allowed(
    tmp_path: Path, robots: Answer, reason: str | None
) -> None:
    with serve(Site(robots=robots)) as site:
        crawled = crawl(job(tmp_path, site.listing))
    if reason is None:
        assert crawled["outcome"] == "complete"
        assert site.paths.count("/robots.txt") == 1
        return
    assert (crawled["outcome"], crawled["fetched"]) == ("failed", 0)
    assert [error["url"] for error in crawled["errors"]] == [site.listing]
    assert reasons(crawled)[0].startswith(reason)
    assert reasons(crawled)[0].endswith(FOR_NOW)
    assert set(site.paths) == {"/robots.txt"}


def test_a_host_that_does_not_answer_is_not_asked_for_more(tmp_path: Path) -> None:
    crawled = crawl(job(tmp_path, f"http://127.0.0.1:{unused_port()}/list/"))
    assert (crawled["outcome"], crawled["requests"]) == ("failed", 1)
    assert reasons(crawled) == [f"robots.txt: connection refused: {FOR_NOW}"]


def test_letters_known_stay_as_they_are_while_nobody_knows(tmp_path: Path) -> None:
    with serve() as site:
        assert crawl(job(tmp_path, site.listing))["published"] == 2
        site.robots = text("", 503)
        site.log.clear()
        for _ in range(3):
            crawled = crawl(replace(job(tmp_path, site.listing), full=True))
            assert (crawled["outcome"], crawled["suspect"], crawled["delisted"]) == (
                "failed",
                0,
                0,
            )
        site.log.clear()
        single = crawl(replace(job(tmp_path, site.listing), urls=(site.url + LETTER,)))
        assert reasons(single) == [f"robots.txt answered HTTP 503: {FOR_NOW}"]
        assert set(site.paths) == {"/robots.txt"}
        site.robots = ALLOWED
        assert crawl(job(tmp_path, site.listing))["outcome"] == "complete"


STATUSES = [
    pytest.param(200, True, id="success"),
    pytest.param(204, True, id="success without a body"),
    pytest.param(301, False, id="a redirect to nowhere"),
    pytest.param(304, False, id="not modified, which nobody asked"),
    pytest.param(400, True, id="unavailable: a bad request"),
    pytest.param(401, True, id="unavailable: a login"),
    pytest.param(403, True, id="unavailable: forbidden"),
    pytest.param(404, True, id="unavailable: not found"),
    pytest.param(410, True, id="unavailable: gone"),
    pytest.param(412, True, id="unavailable: a challenge"),
    pytest.param(429, False, id="too many requests: come back later"),
    pytest.param(451, True, id="unavailable: for legal reasons"),
    pytest.param(500, False, id="unreachable: an error of the server"),
    pytest.param(502, False, id="unreachable: a bad gateway"),
    pytest.param(521, False, id="unreachable: a status of a gate's own making"),
    pytest.param(599, False, id="unreachable: the last of its kind"),
    pytest.param(600, False, id="no status at all"),
]


@pytest.mark.parametrize(("status", "allowed"), STATUSES)
def test_a_status_says_whether_there_are_rules(status: int, *, allowed: bool) -> None:
    assert (read_rules(Response("http://h/robots.txt", status)).refusal is None) is allowed


PADDING = b"# padding\n" * (PARSED // 10)
BODIES = [
    pytest.param(HIDDEN.encode(), False, id="rules"),
    pytest.param(b"\xef\xbb\xbf" + HIDDEN.encode(), False, id="behind a byte order mark"),
    pytest.param(b"# \xd6\xd0\xb9\xfa\n" + HIDDEN.encode(), False, id="behind what is no UTF-8"),
    pytest.param(HIDDEN.replace("\n", "\r\n").encode(), False, id="in lines of DOS"),
    pytest.param(HIDDEN.replace("\n", "\r").encode(), False, id="in lines of old Macs"),
    pytest.param(HIDDEN.encode() + b"#" + b"x" * PARSED, False, id="before 500 KiB of one line"),
    pytest.param(PADDING[:-100] + HIDDEN.encode(), False, id="at the end of 500 KiB"),
    pytest.param(PADDING + HIDDEN.encode(), True, id="behind 500 KiB"),
    pytest.param(b"User-agent: fuhan\nDisallow: /", False, id="for us by name"),
    pytest.param(b"User-agent: other\nDisallow: /", True, id="for others"),
    pytest.param(b"<html><pre>Disallow: /</pre></html>", True, id="in a page that is no rules"),
    pytest.param(b"Disallow: /", True, id="for nobody"),
    pytest.param(b"", True, id="none"),
]


@pytest.mark.parametrize(("body", "allowed"), BODIES)
def test_rules_are_read_however_they_are_written(body: bytes, *, allowed: bool) -> None:
    found = read_rules(Response("http://h/robots.txt", body=body))
    assert found.refusal is None
    assert found.parsed.can_fetch(f"http://h{LETTER}", "fuhan (+https://h)") is allowed


def test_a_rule_that_the_end_of_what_is_read_cuts_in_two_is_no_rule() -> None:
    rule = b"User-agent: *\nDisallow: /list/none/\n"
    start = PADDING[: PARSED - len(rule) + len(b"none/\n")] if PARSED % 10 == 0 else b""
    body = b"#" * (PARSED - len(start) - len(rule) + len(b"none/\n")) + b"\n" + rule
    found = read_rules(Response("http://h/robots.txt", body=body + b"x" * 99))
    assert found.parsed.can_fetch(f"http://h{LETTER}", "fuhan")


def test_what_is_forbidden_is_named_and_not_asked_for(tmp_path: Path) -> None:
    forbidden = text("User-agent: *\nDisallow: /*501\n")
    with serve(Site(robots=forbidden)) as site:
        crawled = crawl(job(tmp_path, site.listing))
        assert (crawled["outcome"], crawled["fetched"]) == ("partial", 1)
        assert reasons(crawled) == ["forbidden by robots.txt"]
        assert LETTER not in site.paths
        site.robots = text(f"User-agent: *\nDisallow: {LIST_PATH}\n")
        assert reasons(crawl(job(tmp_path, site.listing))) == ["forbidden by robots.txt"]


def test_five_redirects_are_followed_within_the_site(tmp_path: Path) -> None:
    def answering(asked: Asked) -> Answer | None:
        number = int(asked.path[4:]) if asked.path.startswith("/hop") else None
        if asked.path == "/robots.txt":
            return moved("/hop1")
        if number is None:
            return None
        return moved(f"/hop{number + 1}", 301) if number < 5 else text(HIDDEN)

    with serve(Site(answering=answering)) as site:
        crawled = crawl(job(tmp_path, site.listing))
    assert reasons(crawled) == ["forbidden by robots.txt"] * 2
    assert site.paths == ["/robots.txt", *(f"/hop{number}" for number in range(1, 6)), LIST_PATH]


def test_a_site_is_not_asked_for_rules_that_are_not_obeyed(tmp_path: Path) -> None:
    with serve(Site(robots=text("", 503))) as site:
        crawled = crawl(job(tmp_path, site.listing, obey_robots=False))
    assert crawled["outcome"] == "complete"
    assert "/robots.txt" not in site.paths


def test_a_small_page_limit_does_not_keep_rules_from_being_read(tmp_path: Path) -> None:
    with serve(Site(robots=text("# padding\n" * 10_000 + HIDDEN))) as site:
        crawled = crawl(job(tmp_path, site.listing, max_page=20_000))
    assert reasons(crawled) == ["forbidden by robots.txt"] * 2


DELAYS = [
    pytest.param("Crawl-delay: 0.6", 0.0, 0.6, id="longer than the configured one"),
    pytest.param("Crawl-delay: 0.1", 0.5, 0.5, id="shorter than the configured one"),
    pytest.param("Crawl-delay: soon", 0.5, 0.5, id="no number"),
    pytest.param("Crawl-delay: -9", 0.5, 0.5, id="less than none"),
    pytest.param("\nUser-agent: fuhan\nCrawl-delay: 0.6", 0.0, 0.6, id="for us by name"),
]


@pytest.mark.parametrize(("line", "delay", "least"), DELAYS)
def test_two_requests_are_as_far_apart_as_the_site_asks(
    tmp_path: Path, line: str, delay: float, least: float
) -> None:
    with serve(Site(robots=text(f"User-agent: *\nAllow: /\n{line}\n"))) as site:
        crawled = crawl(job(tmp_path, site.listing, delay=delay))
    assert crawled["outcome"] == "complete"
    assert len(site.log) == 4
    began, ended = (
        datetime.fromisoformat(crawled[name]) for name in ("started_at", "finished_at")
    )
    # By the crawl's own clock: when a request comes to the site says how busy the machine is too.
    assert ended - began > timedelta(seconds=3 * least - 0.1)


def test_a_pause_without_end_is_told_and_not_passed_over(tmp_path: Path) -> None:
    with serve(Site(robots=text("User-agent: *\nCrawl-delay: 3600\n"))) as site:
        crawled = crawl(job(tmp_path, site.listing))
    assert (crawled["outcome"], site.paths) == ("failed", ["/robots.txt"])
    (reason,) = reasons(crawled)
    assert reason.startswith("robots.txt asks for 3600 s between two requests")


def test_a_crawl_tells_how_long_the_site_made_it_wait(tmp_path: Path) -> None:
    with serve(Site(robots=text("User-agent: *\nCrawl-delay: 1\n"))) as site:
        lines, _ = crawl_lines(job(tmp_path, site.listing))
    told: list[dict[str, Any]] = [line["progress"] for line in lines if "progress" in line]
    assert told[-1]["slowed"] == 3  # the directory and two letters, by a second each
