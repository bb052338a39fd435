"""A source whose reading breaks is frozen; nothing is invented, and nothing is lost by it.

Each test is several crawls of a whole source: that most of its letters change at once is what a
single visit cannot show (tests/crawler/record/test_drift.py has the decision alone).
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.job import CrawlJob, Source
from crawler.reprocess.backlog import BacklogJob, read_backlog
from crawler.sites import FAMILIES
from fuhan.archive_audit import audit
from letters.letter import Kind
from replica.compose import compose
from replica.nights import edit
from replica.pages import Design
from replica.server import Replica
from storage.database.archive import Archive, open_archive
from tests.archive_copy import archive_url

LETTERS = 30
BROKEN = Design(outer="xl-main", container="sidebar xl-text")  # by its name it is no body
OTHER = Design(outer="xl-main", container="article-body")  # a template of another bureau
UNDATED = Design(is_dated=False)


@pytest.fixture
def small(tmp_path: Path, watch: Callable[..., Any]) -> Iterator[tuple[Replica, Any]]:
    with Replica(compose(letters=LETTERS, suggestions=0)) as served:
        yield served, watch(tmp_path, served.listing("proposal"))


@contextmanager
def archive_of(project: Any) -> Iterator[Archive]:
    url = archive_url(project.database)
    with closing(open_archive(url, create=False)) as archive:
        yield archive


def asked(replica: Any) -> BacklogJob:
    listing = replica.listing("proposal")
    source = Source("proposals", "重庆市发展和改革委员会", Kind.PROPOSAL, listing)
    return BacklogJob(CrawlJob("", source), datetime.now(UTC))


def told(project: Any) -> list[dict[str, Any]]:
    return [each for each in project.changes() if each["kind"] != "published"]


def statuses(project: Any) -> set[str]:
    return {row["status"] for row in project.rows("letters", "--format", "jsonl")}


def plain(replica: Any) -> list[Any]:
    return [
        each for each in replica.directory.documents if each.form == "reply" and not each.files
    ]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_redesign_that_keeps_the_words_edits_nothing(small: Any) -> None:
    replica, project = small
    project.crawl()
    replica.design = OTHER
    crawl = project.crawl()
    assert crawl["outcome"] == "complete"
    assert crawl["unchanged"] == LETTERS
    assert told(project) == []
    project.run("status")


@dataclass
class Gap:
    """Two nights behind a template that no reader knows: what was edited in them, and when."""

    twice: Any  # the letter that was edited in both
    once: Any
    first: datetime
    second: datetime
    third: datetime


def live_through(replica: Any, project: Any) -> Gap:
    project.crawl()
    replica.design = BROKEN
    twice, once = plain(replica)[:2]
    first = datetime.now(UTC)
    edit(twice, "2022年，全市累计", "2021年，全市累计")
    crawl = project.crawl(code=3)
    assert crawl["edited"] == crawl["withdrawn"] == 0
    assert any("drift" in error["reason"] for error in crawl["errors"])
    second = datetime.now(UTC)
    edit(twice, "2021年，全市累计", "2020年，全市累计")
    edit(once, "401121", "401122")
    project.crawl(code=3)
    assert told(project) == []
    assert statuses(project) == {"suspect"}
    return Gap(twice, once, first, second, datetime.now(UTC))


@pytest.fixture
def mended(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let this process read the template that nobody else can."""

    def mend() -> None:
        trs = FAMILIES["trs"]
        monkeypatch.setitem(FAMILIES, "trs", replace(trs, bodies=(*trs.bodies, ".xl-text")))

    return mend


def test_a_redesign_that_breaks_reading_freezes_versions_until_a_reparse_can_read_it(
    small: Any, mended: Callable[[], None]
) -> None:
    replica, project = small
    live_through(replica, project)
    assert "drift" in project.run("status", code=1)
    assert "the alarm stands" in project.run("reparse")
    assert told(project) == []

    mended()
    with archive_of(project) as archive:
        done = read_backlog(archive, asked(replica))
    assert (done["cleared"], done["told"]) == (1, 3)
    assert statuses(project) == {"published"}
    replica.design = Design()
    assert project.crawl()["outcome"] == "complete"
    assert len(told(project)) == 3
    project.run("status")
    with archive_of(project) as archive:  # in this process, whose reader is the mended one
        assert audit(archive).damages == []
    assert "none of a letter" in project.run("verify", code=4)


def test_the_gap_is_filled_in_order_with_the_windows_of_its_own_looks(
    small: Any, mended: Callable[[], None]
) -> None:
    replica, project = small
    gap = live_through(replica, project)
    mended()
    with archive_of(project) as archive:
        read_backlog(archive, asked(replica))
    found = told(project)
    assert {each["kind"] for each in found} == {"edited"}
    mine = [each for each in found if each["letter"]["url"].endswith(gap.twice.path)]
    edits = [(edit["old"], edit["new"]) for each in mine for edit in each["edits"]]
    assert edits == [("2022年", "2021年"), ("2021年", "2020年")]
    early, late = ((moment(w["after"]), moment(w["before"])) for w in (c["window"] for c in mine))
    assert early[0] < gap.first < early[1] < gap.second
    assert early[0] < late[0] <= early[1]
    assert gap.second < late[1] < gap.third
    (other,) = (each for each in found if each["letter"]["url"].endswith(gap.once.path))
    assert other["edits"][0]["field"] == "postcode"
    assert moment(other["window"]["after"]) < gap.second < moment(other["window"]["before"])


def test_a_field_that_a_third_of_a_source_loses_at_once_is_no_edit_until_a_person_says_so(
    small: Any,
) -> None:
    replica, project = small
    project.crawl()
    replica.design = UNDATED
    for _ in range(2):
        crawl = project.crawl(code=3)
        assert crawl["edited"] == 0
    assert "published_on" in project.run("status", code=1)
    assert told(project) == []
    assert "the alarm is over" in project.run("resume", "proposals", "--note", "it is so")
    found = told(project)
    assert len(found) == LETTERS
    edits = [each["edits"] for each in found]
    assert {(e["op"], e["field"]) for (e,) in edits} == {("delete", "published_on")}
    crawl = project.crawl()
    assert crawl["outcome"] == "complete"
    assert len(told(project)) == LETTERS
    project.run("status")
    project.run("verify")


def test_one_letter_that_loses_a_field_was_edited(small: Any) -> None:
    replica, project = small
    project.crawl()
    letter = plain(replica)[0]
    number = letter.fields["phone"]
    letter.blocks = [block for block in letter.blocks if number not in block[1]]
    letter.state += 1
    project.crawl()
    ((only,),) = [each["edits"] for each in told(project)]
    assert (only["op"], only["field"], only["old"]) == ("delete", "phone", number)


def test_a_directory_that_lists_far_fewer_delists_nothing_until_a_person_says_so(
    small: Any,
) -> None:
    replica, project = small
    project.crawl()
    hidden = replica.directory.of("proposal")[::2] + replica.directory.of("proposal")[1:6:2]
    for each in hidden:
        each.is_listed = False
    for _ in range(3):
        crawl = project.crawl(code=3)
        assert crawl["delisted"] == crawl["withdrawn"] == 0
    assert "lists 12 letters, it listed 30" in project.run("status", code=1)
    project.run("resume", "proposals")
    crawls = [project.crawl() for _ in range(2)]
    assert [crawl["delisted"] for crawl in crawls] == [0, 18]
    assert {crawl["outcome"] for crawl in crawls} == {"complete"}
    project.run("verify")


def test_what_was_broken_for_a_day_and_came_back_is_told_when_it_is_read(
    small: Any,
) -> None:
    """The alarm outlives the day: edits of the time after it wait with their evidence."""
    replica, project = small
    project.crawl()
    replica.design = BROKEN
    project.crawl(code=3)
    replica.design = Design()
    edit(plain(replica)[0], "401121", "401122")
    before = datetime.now(UTC)
    crawl = project.crawl(code=3)
    assert crawl["unchanged"] == LETTERS - 1
    assert told(project) == []
    words = project.run("reparse")
    assert "the alarm is over" in words
    (change,) = told(project)
    assert moment(change["window"]["after"]) < before < moment(change["window"]["before"])
    assert project.crawl()["outcome"] == "complete"
    assert len(told(project)) == 1
    project.run("verify")
