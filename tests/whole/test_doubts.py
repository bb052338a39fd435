"""What stands in a directory's place, or cuts it short, is not believed, night after night."""

import json
import re
from collections.abc import Callable, Iterator
from copy import copy
from pathlib import Path
from typing import Any

import pytest

from replica.compose import compose
from replica.faults import SORRY, altered, page, redirect
from replica.server import Replica
from tests.whole.story import Story

HERE = "tagk_53512/$"
NEWS = "".join(
    f"<li><a href='/zwxx/202211/t2022110{day}_998{day}.html' title='新闻{day}'>新闻{day}</a></li>"
    for day in range(1, 7)
)
HOME = f"<html><body><ul>{NEWS}</ul></body></html>"


@pytest.fixture
def story(tmp_path: Path, watch: Callable[..., Any], quick: Callable[..., Any]) -> Iterator[Story]:
    with Replica(compose(letters=24, suggestions=0)) as served:
        story = Story(quick(served, watch(tmp_path, served.listing("proposal"))))
        story.crawl()
        yield story


def unsized(body: bytes) -> bytes:
    """Return a page of the directory that does not say how many rows there are."""
    return re.sub("总记录：[0-9]+".encode(), b"", body)


@pytest.mark.parametrize(
    "served",
    [
        pytest.param(page(HOME), id="the home page under 200"),
        pytest.param(page(SORRY + HOME), id="a sorry page with news"),
        pytest.param(altered(lambda body: unsized(body)[: len(body) * 6 // 10]), id="cut off"),
    ],
)
def test_another_page_in_the_directory_s_place_publishes_and_delists_nothing(
    story: Story, served: Any
) -> None:
    for _ in range(3):
        story.replica.faults.clear()
        story.replica.faults.add(HERE, served)
        crawl = story.crawl("failed")
        assert crawl["published"] == 0
    story.replica.faults.clear()
    story.crawl()
    assert story.kinds() == []
    assert len(story.quick.letters()) == 24


def test_a_directory_that_leads_to_the_news_is_not_read(story: Story) -> None:
    story.replica.faults.add("/zwxx/$", page(HOME))
    story.replica.faults.add(HERE, redirect("/zwxx/"))
    assert "another page" in json.dumps(story.crawl("failed")["errors"])
    assert len(story.quick.letters()) == 24


def test_a_directory_that_turned_over_is_taken_when_a_person_says_so(story: Story) -> None:
    for each in list(story.replica.directory.documents):
        new = copy(each)
        new.docid += 900_000
        new.title = new.title.replace("第", "第7") + "（新）"
        new.blocks = [(kind, text.replace("《", "《新")) for kind, text in new.blocks]
        story.replica.directory.documents.append(new)
        each.is_listed = False
    assert "another page" in json.dumps(story.crawl("failed")["errors"])
    story.crawl("failed")
    assert "another page" in story.project.run("status", code=1)
    story.project.run("resume", "proposals")
    assert story.quick.crawl()["published"] == 24


def test_a_pager_that_ends_too_early_delists_nothing(story: Story) -> None:
    for number in (r"tagk_53512/$", "index_1"):
        story.replica.faults.add(
            number, altered(lambda body: unsized(body).replace(b"createPage(2,", b"createPage(1,"))
        )
    for _ in range(3):
        errors = story.crawl("partial")["errors"]
        assert "its pager ends before this page" in errors[0]["reason"]
    assert story.kinds() == []


def test_a_site_that_moved_all_its_letters_is_followed_by_their_titles(story: Story) -> None:
    for each in list(story.replica.directory.documents):
        new = copy(each)
        new.docid += 900_000
        story.replica.directory.documents.append(new)
        each.served, each.is_listed = "gone", False
    crawl = story.crawl()
    assert crawl["relocated"] == 24
    assert crawl["published"] == 0


def test_letters_that_moved_into_the_list_of_older_ones_are_not_delisted(story: Story) -> None:
    moved = story.replica.directory.documents[-2:]
    rows = "".join(f"<li><a href='{each.path}'>{each.title}</a></li>" for each in moved)
    story.replica.faults.add("/wn/$", page(f"<html><body><ul>{rows}</ul></body></html>"))
    link = "<a href='/wn/'>往年提案</a></body>".encode()
    story.replica.faults.add(HERE, altered(lambda body: body.replace(b"</body>", link)))
    for each in moved:
        each.is_listed = False
    for _ in range(3):
        assert story.crawl()["listed"] == 24
    assert story.kinds() == []
