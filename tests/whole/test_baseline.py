"""The letters of a source's first crawl are kept, and are no news."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.reprocess.backlog import BacklogJob, read_backlog
from crawler.sites import FAMILIES
from letters.change import Change, ChangeKind, Significance
from replica import faults
from replica.compose import compose
from replica.document import Document
from replica.pages import Design
from replica.server import Replica
from storage import queries
from storage.queries import ChangeFilter

LETTERS = 18  # two pages of a directory
SECOND_PAGE = "index_1"


class First:
    """A directory that nobody has crawled yet, and what watches it."""

    def __init__(self, quick: Any) -> None:
        self.replica: Replica = quick.replica
        self.quick = quick
        self.letter: Document = self.replica.directory.documents[0]  # the newest

    def crawl(self, outcome: str = "complete", **asked: Any) -> None:
        crawl = self.quick.crawl(**asked)
        assert crawl["outcome"] == outcome, crawl["errors"]

    def url(self) -> str:
        return self.replica.url + self.letter.path

    def told(self) -> list[Change]:
        with self.quick.archive() as archive, archive.reading() as connection:
            return list(queries.changes(connection, ChangeFilter()))

    def is_baseline(self) -> bool:
        """Return what is said of the one letter, which was published once."""
        (mine,) = (each for each in self.told() if each.letter.url == self.url())
        assert mine.kind is ChangeKind.PUBLISHED
        return mine.baseline


@pytest.fixture
def first(tmp_path: Path, watch: Callable[..., Any], quick: Callable[..., Any]) -> Iterator[First]:
    with Replica(compose(letters=LETTERS, suggestions=0)) as served:
        yield First(quick(served, watch(tmp_path, served.listing("proposal"))))


def _hide(first: First) -> None:
    first.letter.is_listed = False


def _show(first: First) -> None:
    first.letter.is_listed = True


def of_the_first_crawl(first: First) -> None:
    first.crawl()


def published_later(first: First) -> None:
    _hide(first)
    first.crawl()
    _show(first)
    first.crawl()


def read_later(first: First) -> None:
    first.replica.faults.add(f"_{first.letter.docid}", faults.status(503))
    first.crawl("partial")
    first.replica.faults.clear()
    first.crawl()


def not_served_until_later(first: First) -> None:
    first.letter.served = "gone"
    first.crawl("partial")
    first.letter.served = "page"
    first.crawl()


def left_over_by_a_limit(first: First) -> None:
    first.letter = first.replica.directory.documents[-1]
    first.crawl(limit=LETTERS // 2)
    assert first.url() not in {each.letter.url for each in first.told()}
    first.crawl()


def of_a_directory_read_in_part(first: First) -> None:
    first.replica.faults.add(SECOND_PAGE, faults.status(503))
    first.crawl("partial")
    first.replica.faults.clear()
    first.crawl()


def listed_after_a_part_and_before_the_whole(first: First) -> None:
    first.replica.faults.add(SECOND_PAGE, faults.status(503))
    _hide(first)
    first.crawl("partial")
    _show(first)
    first.crawl("partial")


def listed_in_part_after_the_whole(first: First) -> None:
    _hide(first)
    first.crawl()
    _show(first)
    first.replica.faults.add(SECOND_PAGE, faults.status(503))
    first.crawl("partial")


def published_later_and_read_later_still(first: First) -> None:
    _hide(first)
    first.crawl()
    _show(first)
    read_later(first)


def asked_for_before_any_crawl(first: First) -> None:
    first.crawl(urls=(first.url(),))


def asked_for_before_any_crawl_and_listed_then(first: First) -> None:
    first.crawl(urls=(first.url(),))
    first.crawl()


def asked_for_in_vain_and_listed_by_the_first_crawl(first: First) -> None:
    first.replica.faults.add(f"_{first.letter.docid}", faults.status(503))
    first.crawl("partial", urls=(first.url(),))
    first.crawl("partial")
    first.replica.faults.clear()
    first.crawl()


def asked_for_after_the_first_crawl(first: First) -> None:
    _hide(first)
    first.crawl()
    first.crawl(urls=(first.url(),))


def while_a_clock_was_set_back(first: First) -> None:
    _hide(first)
    first.crawl(late=86400)
    _show(first)
    first.crawl()


@pytest.mark.parametrize(
    ("story", "baseline"),
    [
        pytest.param(story, baseline, id=story.__name__.replace("_", " "))
        for story, baseline in (
            (of_the_first_crawl, True),
            (published_later, False),
            (read_later, True),
            (not_served_until_later, True),
            (left_over_by_a_limit, True),
            (of_a_directory_read_in_part, True),
            (listed_after_a_part_and_before_the_whole, True),
            (listed_in_part_after_the_whole, False),
            (published_later_and_read_later_still, False),
            (asked_for_before_any_crawl, True),
            (asked_for_before_any_crawl_and_listed_then, True),
            (asked_for_in_vain_and_listed_by_the_first_crawl, True),
            (asked_for_after_the_first_crawl, False),
            (while_a_clock_was_set_back, False),
        )
    ],
)
def test_only_a_letter_that_was_proved_to_come_later_is_news(
    first: First, story: Callable[[First], None], *, baseline: bool
) -> None:
    story(first)
    assert first.is_baseline() is baseline
    first.quick.assert_sound()


def test_another_letter_in_the_place_of_a_first_one_is_news(first: First) -> None:
    first.crawl()
    first.letter.served, first.letter.is_listed = "gone", False
    for _ in range(2):
        first.crawl()
    other = first.replica.directory.documents[5]
    first.letter.title = other.title.replace("第", "第9")
    first.letter.blocks = [(kind, text.replace("《", "《新")) for kind, text in other.blocks]
    first.letter.served, first.letter.is_listed = "page", True
    first.letter.state += 1
    first.crawl("partial")
    first.crawl()
    news = [each for each in first.told() if not each.baseline]
    assert [each.kind for each in news] == [ChangeKind.PUBLISHED, ChangeKind.WITHDRAWN]
    assert news[0].letter.url == first.url()


def test_pages_that_waited_for_a_better_reader_are_of_the_crawl_that_fetched_them(
    first: First, monkeypatch: pytest.MonkeyPatch
) -> None:
    first.replica.design = Design(
        outer="xl-main", container="sidebar xl-text"
    )  # by its name no body
    _hide(first)
    first.crawl("partial")
    _show(first)
    first.crawl("partial")
    assert first.told() == []
    trs = FAMILIES["trs"]
    monkeypatch.setitem(FAMILIES, "trs", replace(trs, bodies=(*trs.bodies, ".xl-text")))
    with first.quick.archive() as archive:
        read_backlog(archive, BacklogJob(first.quick.job(), datetime.now(UTC)))
    assert len(first.told()) == LETTERS
    assert first.is_baseline() is False
    assert sum(each.baseline for each in first.told()) == LETTERS - 1
    first.quick.assert_sound()


@pytest.mark.parametrize("weight", Significance)
def test_letters_weigh_what_is_said_new_or_not(first: First, weight: Significance) -> None:
    _hide(first)
    first.crawl(new_letters=weight)
    _show(first)
    first.crawl(new_letters=weight)
    told = {(each.baseline, each.significance, each.reason) for each in first.told()}
    stood, came = "it stood there when its", "first seen after its"
    assert {(baseline, given) for baseline, given, _ in told} == {(True, weight), (False, weight)}
    assert all(reason.startswith(stood if old else came) for old, _, reason in told)


def test_commands_show_first_letters_when_they_are_asked_to(first: First) -> None:
    published_later(first)
    project = first.quick.project
    assert [each["letter"]["url"] for each in project.changes()] == [first.url()]
    assert len(project.changes("--baseline")) == LETTERS
    assert project.changes("--source", "proposals", "--kind", "published") == project.changes()
    old = first.replica.url + first.replica.directory.documents[1].path
    events = project.rows("history", old, "--format", "jsonl")
    assert "published (baseline), minor" in [each["what"] for each in events]
    for words, known in (((), 1), (("--baseline",), LETTERS)):
        project.run("report", *words, "-o", "report.json")
        told = json.loads((project.folder / "report.json").read_text("utf-8"))
        assert (len(told["changes"]), told["counts"]["baseline"]) == (known, LETTERS - 1)
