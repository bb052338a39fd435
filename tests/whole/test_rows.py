"""A row that is spelt otherwise today is the same letter; one that can't be followed is doubt."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from replica.compose import compose
from replica.faults import Send, altered
from replica.server import Replica
from tests.whole.story import Story

HERE = "tagk_53512/$"
LINK = re.compile(rb'href="([^"]*t\d{8}_\d+\.html)"')


def spelt(change: Callable[[str], str]) -> Send:
    """Return what serves the directory with the links of its first three rows changed."""

    def alter(body: bytes) -> bytes:
        links = iter(range(len(LINK.findall(body))))

        def new(found: re.Match[bytes]) -> bytes:
            link = found[1].decode()
            return f'href="{change(link) if next(links) < 3 else link}"'.encode()

        return LINK.sub(new, body)

    return altered(alter)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda link: f"{link};jsessionid=7F03AB.node1", id="a session"),
        pytest.param(lambda link: link.replace("/", "\\"), id="backslashes"),
        pytest.param(lambda link: f"{link}\u200b", id="a zero width space"),
        pytest.param(lambda link: f" {link}?from=singlemessage#top", id="a query and a fragment"),
        pytest.param(lambda link: link.replace("./", ".//"), id="a doubled slash"),
    ],
)
def test_letters_whose_links_are_spelt_otherwise_stay_listed(
    story: Story, change: Callable[[str], str]
) -> None:
    story.replica.faults.add(HERE, spelt(change))
    for _ in range(3):
        assert story.crawl()["listed"] == 12
    story.replica.faults.clear()
    story.crawl()
    assert story.told() == []
    story.quick.assert_sound()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda _: "http://other.example/a/t20220617_1.html", id="another site"),
        pytest.param(lambda _: "http://[", id="no URL"),
        pytest.param(lambda _: "javascript:void(0)", id="a script"),
        pytest.param(lambda _: "/info/1033/2207.htm", id="an unknown form of address"),
    ],
)
def test_letters_whose_links_cant_be_followed_are_in_doubt_and_not_delisted(
    story: Story, change: Callable[[str], str]
) -> None:
    story.replica.faults.add(HERE, spelt(change))
    for _ in range(3):
        crawl = story.crawl("partial")
        reasons = [each["reason"] for each in crawl["errors"]]
        assert any("a row of a known letter leads to" in reason for reason in reasons), reasons
    story.replica.faults.clear()
    story.crawl()
    assert story.told() == []


def pinned(body: bytes) -> bytes:
    """Return a page of the directory whose first row stands twice and whose last is lost."""
    rows: list[Any] = re.findall(rb"<li class=.clearfix.*?</li>", body, re.DOTALL)
    mine = [row for row in rows if LINK.search(row)]
    return body.replace(mine[-1], b"").replace(mine[0], mine[0] + mine[0])


def test_a_row_that_stands_twice_hides_none_that_is_lost(story: Story) -> None:
    story.replica.faults.add(HERE, altered(pinned))
    for _ in range(3):
        crawl = story.crawl("partial")
        assert [each["reason"] for each in crawl["errors"]] == [
            "it says it holds 12 rows, 11 were seen"
        ]
    assert story.told() == []


@pytest.mark.parametrize(
    "sign",
    [
        "<script>var totalPage = 12;</script>",
        "<div class='pagination' count='180' rows='15'></div>",
        "<a href='javascript:toPage(2)'>下一页</a>",
    ],
)
def test_nothing_is_taken_off_a_list_that_was_read_in_part(story: Story, sign: str) -> None:
    def alter(body: bytes) -> bytes:
        lost = re.sub("//wcm分页，总记录：[0-9]+|createPage\\(\\d.*".encode(), b"", body)
        return lost.replace(b"</body>", f"{sign}</body>".encode())

    for each in story.replica.directory.documents[:2]:
        each.is_listed = False
    story.letter.served = "gone"
    story.replica.faults.add(HERE, altered(alter))
    for _ in range(3):
        story.crawl("partial")
    assert story.told() == []
    story.replica.faults.clear()
    for _ in range(2):
        story.crawl()
    assert sorted(story.kinds()) == ["delisted", "withdrawn"]


def test_a_row_that_moved_on_while_the_pages_were_read_is_seen_by_a_second_walk(
    tmp_path: Path, watch: Callable[..., Any], quick: Callable[..., Any]
) -> None:
    def unsized(body: bytes) -> bytes:
        return re.sub("总记录：[0-9]+".encode(), b"", body)

    def without_first(body: bytes) -> bytes:
        return unsized(body).replace(
            re.findall(rb"<li class=.clearfix.*?</li>", body, re.DOTALL)[0], b""
        )

    with Replica(compose(letters=24, suggestions=0)) as served:
        watcher = quick(served, watch(tmp_path, served.listing("proposal")))
        served.faults.add("tagk_53512/(index_1.html)?$", altered(unsized))
        watcher.crawl()
        for _ in range(3):
            served.faults.clear()
            served.faults.add("index_1[.]html$", altered(without_first), times=1)
            served.faults.add("tagk_53512/(index_1.html)?$", altered(unsized))
            crawl = watcher.crawl()
            assert (crawl["outcome"], crawl["listed"]) == ("complete", 24)
        assert watcher.changes() == []


def test_links_with_a_user_or_of_any_length_are_asked_for(story: Story) -> None:
    change = spelt(
        lambda link: link.replace("./", story.replica.listing("proposal").replace("//", "//web@"))
    )
    story.replica.faults.add(HERE, change)
    assert story.crawl()["listed"] == 12
    story.replica.faults.clear()
    long = spelt(lambda link: f"{link}?q={'x' * 3000}")
    story.replica.faults.add(HERE, long)
    crawl = story.crawl()
    assert (crawl["listed"], crawl["unchanged"]) == (12, 12)
    assert story.told() == []
