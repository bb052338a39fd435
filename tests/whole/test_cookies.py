"""Cookies go back to the site that set them, and nobody else hears of a crawl."""

from pathlib import Path

from tests.whole.network import recorded
from tests.whole.sites import LIST_PATH, Answer, Asked, Site, crawl, job, serve

COOKIES = [
    "id=1",
    "id=2; Domain=127.0.0.1; Path=/",
    "id=3; Domain=.example.com",
    "id=4; Domain=.gov.cn",
    "id=5; Domain=github.io",
    "id=6; Domain=发改委.中国",
    "id=7; Domain=",
    "=; ;;; Expires=never; Max-Age=x",
    "",
]


def test_nobody_but_the_site_is_asked_whatever_cookies_it_sets(tmp_path: Path) -> None:
    def answering(asked: Asked) -> Answer:
        answer = Site().answer(asked)
        for cookie in COOKIES:
            answer = answer.also("Set-Cookie", cookie)
        return answer

    with serve(Site(answering=answering)) as site:
        crawled, hosts = recorded(tmp_path, site)
    assert crawled["outcome"] == "complete"
    assert hosts == {"127.0.0.1"}
    assert set(site.log[-1].headers["cookie"].split("; ")) == {"id=1", "id=2"}


def test_a_site_that_lets_nobody_in_without_its_cookie_is_read(tmp_path: Path) -> None:
    def gate(asked: Asked) -> Answer | None:
        if "CT6T=abc" in asked.headers.get("cookie", ""):
            return None
        return Answer(status=302).also("Location", asked.path).also("Set-Cookie", "CT6T=abc")

    with serve(Site(answering=gate)) as site:
        crawled = crawl(job(tmp_path, site.listing))
    assert (crawled["outcome"], crawled["fetched"]) == ("complete", 2)


def test_a_cookie_has_its_path_and_ends_with_the_crawl(tmp_path: Path) -> None:
    def answering(asked: Asked) -> Answer | None:
        if asked.path == LIST_PATH:
            return Site().answer(asked).also("Set-Cookie", "id=1; Path=/list/202206/")
        return None

    with serve(Site(answering=answering)) as site:
        for _ in range(2):
            site.log.clear()
            crawl(job(tmp_path, site.listing))
            told = {asked.path: asked.headers.get("cookie") for asked in site.log}
            assert told.pop("/robots.txt") is None
            assert told.pop(LIST_PATH) is None
            assert set(told.values()) == {"id=1"}
