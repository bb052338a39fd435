"""Each state of a letter, told by what its page and its directory did, crawl by crawl."""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from replica.compose import compose
from replica.faults import CHALLENGE, MAINTENANCE, SORRY, page, status, too_short
from replica.nights import edit
from replica.server import Replica
from tests.whole.story import Story


def test_gone_and_unlisted_in_two_crawls_is_withdrawn(story: Story) -> None:
    story.letter.served, story.letter.is_listed = "gone", False
    assert story.crawl()["withdrawn"] == 0
    assert story.status() == "suspect"
    assert story.crawl()["withdrawn"] == 1
    (change,) = story.told()
    first, second = story.project.rows("crawls", "--format", "jsonl")[1::-1][:2]
    assert change["kind"] == "withdrawn"
    assert change["window"]["after"] < first["started_at"] < change["window"]["before"]
    assert change["window"]["before"] < second["started_at"] < change["detected_at"]
    assert story.crawl()["withdrawn"] == 0


def test_a_stub_that_is_still_listed_on_a_healthy_host_is_withdrawn(story: Story) -> None:
    story.letter.served = "stub"
    story.crawl()
    story.crawl()
    assert story.kinds() == ["withdrawn"]


def test_a_host_that_says_of_most_letters_that_they_are_gone_withdraws_none(story: Story) -> None:
    for each in story.replica.directory.documents[:8]:
        each.served = "gone"
    for _ in range(3):
        story.crawl()
    assert story.kinds() == []


@pytest.mark.parametrize(
    "fault", [status(503), status(412), page(CHALLENGE), page(MAINTENANCE), page(b"")]
)
def test_a_page_that_fails_however_often_is_suspect_and_never_withdrawn(
    story: Story, fault: Any
) -> None:
    story.letter.is_listed = False
    story.replica.faults.add(str(story.letter.docid), fault)
    for _ in range(3):
        story.crawl("partial")
    assert story.kinds() == []
    assert story.status() == "suspect"
    assert len(story.visits()) == 2  # the first, and one span of three with its reason
    story.replica.faults.clear()
    story.letter.is_listed = True
    story.crawl()
    assert story.kinds() == []
    assert story.status() == "published"


def test_a_sorry_page_of_one_morning_is_nothing(story: Story) -> None:
    story.replica.faults.add(str(story.letter.docid), page(SORRY), times=1)
    story.crawl()
    assert story.status() == "suspect"
    story.crawl()
    assert story.kinds() == []
    assert story.status() == "published"


def test_a_crawl_that_did_not_read_the_directory_to_its_end_does_not_count(
    tmp_path: Path, watch: Callable[..., Any], quick: Callable[..., Any]
) -> None:
    with Replica(compose(letters=20, suggestions=0)) as served:
        story = Story(quick(served, watch(tmp_path, served.listing("proposal"))))
        story.crawl()
        story.letter.served, story.letter.is_listed = "gone", False
        story.crawl()
        served.faults.add("index_1", status(500), times=1)
        story.crawl("partial")
        assert story.kinds() == []
        story.crawl()
        assert story.kinds() == ["withdrawn"]


def test_unlisted_in_two_crawls_and_still_served_is_delisted_and_listed_again_is_restored(
    story: Story,
) -> None:
    story.letter.is_listed = False
    assert story.crawl()["delisted"] == 0
    assert story.crawl()["delisted"] == 1
    assert story.status() == "delisted"
    story.letter.is_listed = True
    assert story.crawl()["restored"] == 1
    delisted, restored = story.told()
    assert delisted["window"]["after"] < delisted["window"]["before"] < restored["window"]["after"]
    assert restored["edits"] == []
    assert story.status() == "published"


def test_a_row_that_vanishes_for_one_crawl_is_nothing(story: Story) -> None:
    for is_listed in (False, True, False, True):
        story.letter.is_listed = is_listed
        story.crawl()
    assert story.kinds() == []


def test_what_comes_back_with_other_words_is_restored_with_its_edits(story: Story) -> None:
    story.letter.served, story.letter.is_listed = "gone", False
    story.crawl()
    story.crawl()
    edit(story.letter, "401121", "401122")
    story.letter.served, story.letter.is_listed = "page", True
    crawl = story.crawl()
    assert (crawl["restored"], crawl["edited"]) == (1, 0)
    _, restored = story.told()
    assert [(each["field"], each["old"], each["new"]) for each in restored["edits"]] == [
        ("postcode", "401121", "401122")
    ]
    assert restored["window"]["after"] < restored["window"]["before"]


def test_what_comes_back_behind_the_directory_is_restored_once(story: Story) -> None:
    """Its page was put back after the directory had been read, its row shows in the next crawl."""
    story.letter.served, story.letter.is_listed = "gone", False
    story.crawl()
    story.crawl()
    story.letter.served = "page"
    story.crawl()
    assert story.status() == "published"
    story.letter.is_listed = True
    story.crawl()
    assert story.kinds() == ["withdrawn", "restored"]
    story.quick.assert_sound()


def test_what_comes_back_and_stays_off_the_directory_is_delisted_in_time(story: Story) -> None:
    story.letter.served, story.letter.is_listed = "gone", False
    story.crawl()
    story.crawl()
    story.letter.served = "page"
    for _ in range(3):
        story.crawl()
    assert story.kinds() == ["withdrawn", "restored", "delisted"]
    for change in story.told():
        assert change["window"]["after"] < change["window"]["before"]


@pytest.mark.parametrize("share", [0.6, 0.7, 0.8, 0.9])
def test_a_page_cut_off_by_its_own_length_is_no_edit(story: Story, share: float) -> None:
    new = copy(story.letter)
    new.docid, new.title = new.docid + 900_000, new.title.replace("第", "第9")
    story.replica.directory.documents.insert(0, new)
    for docid in (story.letter.docid, new.docid):
        story.replica.faults.add(f"_{docid}[.]", too_short(share))
    crawl = story.crawl("partial")
    assert crawl["published"] == crawl["edited"] == 0
    story.replica.faults.clear()
    assert story.crawl()["published"] == 1
    assert story.kinds() == []


def test_one_url_under_two_anchors_with_two_titles_is_one_letter_and_no_edit(story: Story) -> None:
    first, second = story.replica.directory.documents[:2]
    listing = story.replica.answer("/zwgk/zfxxgkml/jytabl/tagk_53512/").body.decode()
    href, title = f"t{first.made_on}_{first.docid}.html", second.title
    row = f'<li><a href="./{first.made_on[:6]}/{href}" title="{title}">{title}</a></li>'
    twice = listing.replace('<li class="empty">', f'{row}<li class="empty">')
    assert twice != listing
    for served in (twice, listing, twice):
        story.replica.faults.clear()
        story.replica.faults.add("tagk_53512/$", page(served))
        story.crawl()
    assert story.kinds() == []


def test_a_gutted_letter_is_suspect_once_and_a_grave_edit_when_confirmed(story: Story) -> None:
    story.letter.blocks = story.letter.blocks[:2]
    story.letter.state += 1
    crawl = story.crawl("partial")
    assert (crawl["edited"], story.status()) == (0, "suspect")
    assert "characters are left" in crawl["errors"][0]["reason"]
    assert story.crawl()["edited"] == 1
    (change,) = story.told()
    assert change["significance"] == "substantive"
    assert change["window"]["after"] < change["window"]["before"] < change["detected_at"]
    assert story.status() == "published"


def test_a_letter_whose_body_is_missing_for_a_day_was_never_edited(story: Story) -> None:
    blocks = story.letter.blocks
    story.letter.blocks = []
    story.letter.state += 1
    story.crawl("partial")
    assert story.status() == "suspect"
    story.letter.blocks = blocks
    story.letter.state += 1
    story.crawl()
    assert story.kinds() == []
    assert [outcome for outcome, _ in story.visits()] == ["letter", "broken", "letter"]


def test_another_letter_in_a_page_s_place_is_no_edit_before_it_is_confirmed(story: Story) -> None:
    other = story.replica.directory.documents[5]
    body = story.replica.answer(other.path).body
    story.replica.faults.add(str(story.letter.docid), page(body))
    crawl = story.crawl("partial")
    assert "another letter" in crawl["errors"][0]["reason"]
    story.replica.faults.clear()
    story.crawl()
    assert story.kinds() == []


def test_an_edit_that_a_second_look_does_not_confirm_is_not_told(story: Story) -> None:
    before = story.replica.answer(story.letter.path).body
    story.letter.replace("401121", "401122")
    after = story.replica.answer(story.letter.path).body
    story.letter.replace("401122", "401121")
    story.replica.faults.add(str(story.letter.docid), page(after), times=1)
    crawl = story.crawl("partial")
    assert before != after
    assert "disagree" in crawl["errors"][0]["reason"]
    story.crawl()
    assert story.kinds() == []


def test_a_published_date_that_moves_is_an_edit_of_its_own(story: Story) -> None:
    was = story.letter.fields["published_on"]
    story.letter.fields["published_on"] = "2022-01-31"
    story.letter.state += 1
    story.crawl()
    ((only,),) = [each["edits"] for each in story.told()]
    assert (only["op"], only["field"], only["category"]) == ("replace", "published_on", "date")
    assert (only["old"], only["new"]) == (was, "2022-01-31")
    shown = story.project.run("show", story.replica.url + story.letter.path)
    made = datetime.strptime(story.letter.made_on, "%Y%m%d")  # noqa: DTZ007 - a day
    days = (made - datetime(2022, 1, 31)).days  # noqa: DTZ001
    assert f"made {days} days after the date that it bears" in shown


def test_a_page_made_about_when_it_says_is_not_marked(story: Story) -> None:
    assert "back-dated" not in story.project.run("show", story.replica.url + story.letter.path)


def test_held_changes_are_released_when_the_next_crawl_sees_the_same(story: Story) -> None:
    for each in story.replica.directory.documents[:8]:
        edit(each, "401121", "401122")
    story.crawl()
    assert {each["held"] for each in story.told()} == {True}
    story.quick.assert_sound()
    story.crawl()
    assert {each["held"] for each in story.told()} == {False}
    story.quick.assert_sound()


def test_a_person_releases_a_held_change_and_is_remembered(story: Story) -> None:
    for each in story.replica.directory.documents[:8]:
        edit(each, "401121", "401122")
    story.crawl()
    first, second, *_ = story.told()
    assert "accepted" in story.project.run("review", str(first["id"]), "--state", "accepted")
    story.project.run("review", str(second["id"]), "--state", "flagged", "--note", "问一下")
    held = {each["id"]: each["held"] for each in story.told()}
    assert (held[first["id"]], held[second["id"]]) == (False, True)
    assert "问一下" in story.project.run("history", str(second["letter"]["id"]))
    assert "7 changes are held" in story.project.run("status", code=1)
    for each in story.told()[1:]:
        story.project.run("review", str(each["id"]), "--state", "dismissed")
    story.project.run("status")
    story.project.run("review", "9999", "--state", "accepted", code=2)
    story.quick.assert_sound()
