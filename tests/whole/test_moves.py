"""Letters that move, come back, stand twice, or whose address is given to another."""

import re
from copy import copy
from typing import Any

import pytest

from replica.document import Document
from replica.faults import altered, page, redirect, status
from tests.whole.story import Story


def test_a_listed_address_that_leads_to_the_letter_s_new_page_is_the_letter(story: Story) -> None:
    there = story.letter.path.replace("/zwgk/", "/new/zwgk/")
    body = story.replica.answer(story.letter.path).body
    story.replica.faults.add(f"^{there}", page(body))
    story.replica.faults.add(f"{story.letter.docid}[.]", redirect(there))
    for _ in range(3):
        story.crawl()
    assert story.kinds() == []
    assert story.status() == "published"


def test_a_listed_address_that_leads_to_another_letter_says_nothing_of_its_own(
    story: Story,
) -> None:
    other = story.replica.directory.documents[5]
    story.replica.faults.add(f"{story.letter.docid}[.]", redirect(other.path))
    for _ in range(3):
        assert "another document" in story.crawl("partial")["errors"][0]["reason"]
    assert story.kinds() == []


@pytest.mark.parametrize("correction", [None, ("401121", "401122")])
def test_a_letter_published_again_under_a_new_id_is_relocated_with_its_corrections(
    story: Story, correction: tuple[str, str] | None
) -> None:
    old = story.letter
    story.letter = copy(old)
    old.served, old.is_listed = "gone", False
    story.letter.docid += 900_000
    story.letter.made_on = "20221103"
    story.replica.directory.documents.append(story.letter)
    if correction:
        story.letter.replace(*correction)
    crawl = story.crawl()
    assert (crawl["relocated"], crawl["published"], crawl["edited"]) == (1, 0, 0)
    (change,) = story.told()
    assert change["letter"]["url"] == story.replica.url + story.letter.path
    assert len(change["edits"]) == bool(correction)
    story.crawl()
    story.crawl()
    assert story.kinds() == ["relocated"]
    assert len(story.quick.letters()) == 12


def test_a_new_page_waits_while_the_old_one_gives_no_answer(story: Story) -> None:
    """Nobody knows yet whether it is a copy or the letter itself at a new address."""
    moved = copy(story.letter)
    story.letter.served, story.letter.is_listed = "gone", False
    moved.docid += 900_000
    story.replica.directory.documents.append(moved)
    story.replica.faults.add(f"{story.letter.docid}[.]", status(412), times=1)
    crawl = story.crawl("partial")
    assert crawl["published"] == crawl["relocated"] == 0
    assert any("may be letter" in error["reason"] for error in crawl["errors"])
    assert story.crawl()["relocated"] == 1
    assert story.kinds() == ["relocated"]


def test_a_letter_listed_at_a_new_url_that_gives_no_answer_is_not_withdrawn(story: Story) -> None:
    moved = copy(story.letter)
    story.letter.served, story.letter.is_listed = "gone", False
    moved.docid += 900_000
    story.replica.directory.documents.append(moved)
    story.replica.faults.add(f"{moved.docid}[.]", status(502))
    for _ in range(3):
        story.crawl("partial")
    assert story.kinds() == []
    assert story.status() == "suspect"
    story.replica.faults.clear()
    story.crawl()
    assert story.kinds() == ["relocated"]


def test_a_letter_whose_new_url_leaves_the_directory_too_is_withdrawn(story: Story) -> None:
    moved = copy(story.letter)
    story.letter.served, story.letter.is_listed = "gone", False
    moved.docid += 900_000
    story.replica.directory.documents.append(moved)
    story.replica.faults.add(f"{moved.docid}[.]", status(502))
    story.crawl("partial")
    first = story.project.rows("crawls", "--format", "jsonl")[0]
    story.crawl("partial")
    story.replica.directory.documents.remove(moved)
    story.crawl()
    (change,) = story.told()
    assert change["kind"] == "withdrawn"
    assert change["window"]["before"] < first["finished_at"]


def test_two_live_copies_are_twins_and_it_is_said_where_they_differ(story: Story) -> None:
    twin = copy(story.letter)
    twin.docid += 900_000
    twin.replace("401121", "401122")
    story.replica.directory.documents.append(twin)
    assert story.crawl()["published"] == 1
    assert story.kinds() == []
    rows = story.quick.letters()
    twins = [row for row in rows if row["twins"]]
    assert {row["twins"][0] for row in twins} == {row["id"] for row in twins}
    shown = story.project.run("show", str(twins[0]["id"]))
    assert f"twin {twins[1]['id']}" in shown
    assert "401121" in shown
    assert "401122" in shown


def moved(story: Story, letter: Document, by: int = 900_000) -> Document:
    """Publish a copy of `letter` under a new id."""
    new = copy(letter)
    new.docid += by
    story.replica.directory.documents.append(new)
    return new


def take_away(letter: Document) -> None:
    letter.served, letter.is_listed = "gone", False


def url(story: Story, letter: Document) -> str:
    return story.replica.url + letter.path


def test_a_letter_that_moved_is_known_by_the_address_where_it_stands(story: Story) -> None:
    new = moved(story, story.letter)
    take_away(story.letter)
    story.crawl()
    (row,) = [each for each in story.quick.letters() if each["url"] == url(story, new)]
    shown = story.project.rows("show", url(story, new), "--format", "json")
    assert shown[0]["url"] == row["url"] == story.told()[0]["letter"]["url"]
    story.quick.assert_sound()


def test_a_letter_that_moves_back_to_its_first_address_is_relocated_twice(story: Story) -> None:
    new = moved(story, story.letter)
    take_away(story.letter)
    story.crawl()
    story.letter.served, story.letter.is_listed = "page", True
    take_away(new)
    for _ in range(3):
        story.crawl()
    assert story.kinds() == ["relocated", "relocated"]
    assert story.status() == "published"
    story.quick.assert_sound()


def test_a_row_that_the_directory_forgot_at_a_left_address_is_no_hole(story: Story) -> None:
    moved(story, story.letter)
    take_away(story.letter)
    story.crawl()
    story.letter.is_listed = True
    story.crawl()
    assert story.kinds() == ["relocated"]


def test_another_letter_at_an_address_that_was_left_is_published(story: Story) -> None:
    moved(story, story.letter)
    take_away(story.letter)
    story.crawl()
    other = story.replica.directory.documents.pop(5)
    story.letter.title, story.letter.blocks = other.title.replace("第", "第9"), other.blocks
    story.letter.blocks = [(kind, text.replace("《", "《新")) for kind, text in other.blocks]
    story.letter.served, story.letter.is_listed = "page", True
    assert story.crawl()["published"] == 1
    assert story.kinds()[:1] == ["relocated"]
    story.quick.assert_sound()


def test_another_letter_at_the_address_of_a_withdrawn_one_is_published_when_confirmed(
    story: Story,
) -> None:
    take_away(story.letter)
    story.crawl()
    story.crawl()
    other = story.replica.directory.documents[5]
    story.letter.title = other.title.replace("第", "第9")
    story.letter.blocks = [(kind, text.replace("《", "《新")) for kind, text in other.blocks]
    story.letter.served, story.letter.is_listed = "page", True
    story.letter.state += 1
    assert "another letter" in story.crawl("partial")["errors"][0]["reason"]
    assert story.crawl()["published"] == 1
    assert story.kinds() == ["withdrawn"]
    published = story.project.changes("--kind", "published")[-1]
    assert story.told()[0]["window"]["before"] <= published["window"]["after"]
    assert [row["status"] for row in story.quick.letters()].count("withdrawn") == 1
    old, new = (
        [
            each["details"]["outcome"]
            for each in story.project.rows("history", str(letter), "--format", "jsonl")
            if each["event"] == "visit"
        ]
        for letter in (story.told()[0]["letter"]["id"], published["letter"]["id"])
    )
    assert (old, new) == (["letter", "gone", "broken"], ["letter"])
    crawls = story.project.rows("crawls", "--format", "jsonl")
    assert published["window"]["before"] < crawls[0]["started_at"]  # when it was first seen
    story.crawl()
    story.quick.assert_sound()


def test_a_corrected_subject_does_not_hide_that_a_letter_moved(story: Story) -> None:
    new = moved(story, story.letter)
    take_away(story.letter)
    subject = str(new.fields["subject"])
    new.replace(subject, subject.replace("的建议", "等的建议"))
    crawl = story.crawl()
    assert (crawl["relocated"], crawl["published"]) == (1, 0)
    assert any(each["field"] == "subject" for each in story.told()[0]["edits"])


def test_a_number_without_a_session_does_not_make_another_letter_the_same(story: Story) -> None:
    bare = "关于第12号提案的答复"
    first, second = story.letter, story.replica.directory.documents[5]
    for each in (first, second):
        each.title = bare
        each.blocks = [
            block for block in each.blocks if "《" not in block[1] and "号" not in block[1]
        ]
        each.state += 1
    take_away(second)
    for _ in range(2):
        story.quick.crawl()
    take_away(first)
    story.crawl()
    story.crawl()
    before = len(story.kinds())
    new = moved(story, second)
    new.served, new.is_listed = "page", True
    assert story.crawl()["published"] == 1
    assert "relocated" not in story.kinds()[before:]


def test_a_letter_that_comes_back_elsewhere_moved_after_it_was_withdrawn(story: Story) -> None:
    take_away(story.letter)
    story.crawl()
    story.crawl()
    new = moved(story, story.letter)
    new.served, new.is_listed = "page", True
    story.crawl()
    withdrawn, relocated = story.told()
    assert (withdrawn["kind"], relocated["kind"]) == ("withdrawn", "relocated")
    assert withdrawn["window"]["before"] <= relocated["window"]["after"]


def test_a_page_asked_for_by_its_url_waits_where_it_may_be_a_known_letter(story: Story) -> None:
    new = moved(story, story.letter)
    new.is_listed = False
    take_away(story.letter)
    crawl: dict[str, Any] = story.project.crawl("--url", url(story, new), code=3)
    assert "may be letter" in crawl["errors"][0]["reason"]
    new.is_listed = True
    assert story.crawl()["relocated"] == 1
    assert story.kinds() == ["relocated"]


def bare(letter: Document, member: str, year: int) -> None:
    """Let a letter bear nothing but the title of a paper that is handed in year after year."""
    letter.title = "关于修缮城西水渠的建议"
    letter.blocks = [
        ("p", f"{member}代表："),
        ("p", "您提出的《关于修缮城西水渠的建议》收悉。现答复如下："),
        ("p", f"{year}年我局将疏浚水渠{year - 1990}公里，确保灌溉期前完工，并加强日常巡查。" * 2),
        ("p", "甲市水利局"),
        ("p", f"{year}年6月3日"),
    ]
    letter.state += 1


@pytest.mark.parametrize("is_old_served", [False, True])
def test_the_same_title_of_another_year_is_another_letter(
    story: Story, *, is_old_served: bool
) -> None:
    old = story.letter
    new = moved(story, old)
    new.is_listed = False
    bare(old, "王小明", 2023)
    for _ in range(3):
        story.quick.crawl()
    before = len(story.kinds())
    bare(new, "李大海", 2024)
    new.is_listed = True
    if not is_old_served:
        take_away(old)
    for _ in range(2):
        story.crawl()
    assert story.kinds()[before:] == ([] if is_old_served else ["withdrawn"])
    shown = {each["url"]: each for each in story.quick.letters()}
    assert shown[url(story, new)]["twins"] == []
    assert shown[url(story, new)]["version"] == 1


def test_on_a_directory_that_was_read_in_part_nothing_moved(story: Story) -> None:
    new = moved(story, story.letter)
    take_away(story.letter)
    more = b"<script>var totalPage = 7;</script></body>"
    story.replica.faults.add("tagk_53512/$", altered(lambda body: body.replace(b"</body>", more)))
    reasons = [each["reason"] for each in story.crawl("partial")["errors"]]
    assert any("held back until the directory is read to its end" in each for each in reasons)
    assert story.kinds() == []
    story.replica.faults.clear()
    assert story.crawl()["relocated"] == 1
    assert story.told()[0]["letter"]["url"] == url(story, new)


def test_a_twin_is_published_though_its_title_says_nothing_and_no_visit_is_due(
    story: Story,
) -> None:
    """The page of the letter that it may be is visited for it, whatever the budget."""
    every_title = re.compile(r'title="[^"]*第[^"]*">[^<]*<')
    untitled = altered(lambda body: every_title.sub(">复函<", body.decode()).encode())
    story.replica.faults.add("tagk_53512/$", untitled)
    story.crawl()
    moved(story, story.letter)
    story.quick.revisits = 0
    assert story.crawl()["published"] == 1
