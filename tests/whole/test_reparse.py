"""A better reader or differ tells the past better; it never invents an edit."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from typing import Any

import pytest

import crawler.reprocess.reparse as again
from crawler.job import AUTO
from crawler.page.dom import Page
from crawler.page.reader import read_page
from letters.change import Category, Edit
from letters.letter import Kind, Letter
from letters.letter_record import Cause
from letters.visit_span import VisitOutcome
from storage import queries
from storage.database.archive import Archive, open_archive
from tests.archive_copy import archive_url
from tests.whole.mornings import EDITED, SOURCE, URL, WHOLE, Mornings


@pytest.fixture
def lived(small: Any) -> Any:
    """A project that saw a night of edits and its confirmation: pages as real crawls store them."""
    replica, project = small
    project.crawl()
    replica.advance()
    project.crawl()
    project.crawl()
    return project


@contextmanager
def archive_of(project: Any) -> Iterator[Archive]:
    url = archive_url(project.database)
    with closing(open_archive(url, create=False)) as archive:
        yield archive


def _letters(project: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = project.rows("letters", "--format", "jsonl")
    return rows


def test_another_reader_corrects_versions_and_invents_no_edit(
    lived: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes, letters = lived.changes("--baseline"), _letters(lived)
    real = again.read_again

    def without_contacts(*given: Any) -> Letter | None:
        letter = real(*given)
        return letter and replace(letter, contact=None)

    with monkeypatch.context() as patched, archive_of(lived) as archive:
        patched.setattr(again, "read_again", without_contacts)
        patched.setattr("crawler.page.reader.PARSER", "another")
        rehearsed = again.reparse(archive, "proposals", AUTO, dry_run=True)
        assert lived.changes("--baseline") == changes
        done = again.reparse(archive, "proposals", AUTO, dry_run=False)
        assert done == rehearsed
        assert done["corrected"] > 50
    corrected = _letters(lived)
    assert {letter["contact"] for letter in corrected} == {None}
    assert [each["versions"] for each in corrected] == [each["versions"] for each in letters]
    told = {change["id"]: change["window"] for change in changes}
    assert all(told[change["id"]] == change["window"] for change in lived.changes("--baseline"))
    lived.run("verify")

    lived.run("reparse")
    assert _letters(lived) == letters
    lived.run("verify")


def test_another_differ_tells_old_changes_anew_and_adds_none(
    lived: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = lived.changes("--baseline")
    real = again.compare

    def vaguer(old: Letter, new: Letter) -> tuple[Edit, ...]:
        edits = real(old, new)
        return tuple(replace(edit, category=Category.WORDING, detail=None) for edit in edits)

    with monkeypatch.context() as patched, archive_of(lived) as archive:
        patched.setattr(again, "compare", vaguer)
        assert again.reparse(archive, "proposals", AUTO, dry_run=False)["retold"] > 3
    vague = lived.changes("--baseline")
    assert {edit["category"] for change in vague for edit in change["edits"]} == {"wording"}
    assert [change["id"] for change in vague] == [change["id"] for change in changes]
    lived.run("verify")

    lived.run("reparse")
    assert lived.changes("--baseline") == changes
    lived.run("verify")


UNSEEN = {
    "variation selector": ("建设", "建\ufe0f设"),
    "filler": ("停车位", "停\u3164车位"),
    "Braille blank": ("停车场", "停车场\u2800"),
    "ideographic variation": ("赵小华", "赵\U000e0100小华"),
    "hidden table": ("日</p>", "日</p><table hidden><tr><td>甲</td><td>乙</td></tr></table>"),
    "off-screen": ("日</p>", "日</p><p style='position:absolute;left:-9999px'>藏</p>"),
    "a file's counter": (
        "</div>",
        "<a href='./P020220617000000001.pdf'>表.pdf（下载：{}）</a></div>",
    ),
}


@pytest.fixture
def as_before(monkeypatch: pytest.MonkeyPatch) -> Callable[[], AbstractContextManager[None]]:
    """Return what reads as parser 3 did: whatever stands in a source is a letter's word."""

    @contextmanager
    def before() -> Iterator[None]:
        with monkeypatch.context() as patched:
            for name in ("body.canonical", "dom.canonical", "attachments.canonical"):
                patched.setattr(f"crawler.page.{name}", lambda text: " ".join(text.split()))
            for name in ("body", "dom", "attachments"):
                patched.setattr(f"crawler.page.{name}.without_counter", lambda words: words)
            links = "crawler.page.body.without_counters_of_links"
            patched.setattr(links, lambda line: line.translate({2: None, 3: None}))
            patched.setattr("crawler.page.dom.remove_hidden", lambda *_: None)
            patched.setattr("crawler.page.reader.PARSER", "3")
            yield

    return before


@pytest.mark.parametrize(("old", "new"), UNSEEN.values(), ids=UNSEEN)
def test_what_a_parser_before_took_for_words_is_no_edit_when_they_go(
    mornings: Mornings,
    as_before: Callable[[], AbstractContextManager[None]],
    old: str,
    new: str,
) -> None:
    whole, edited = (html.replace(old, new, 1) for html in (WHOLE, EDITED))
    with as_before():
        mornings.see(whole.format(1), whole.format(1))
    with mornings.archive.reading() as connection:
        letter = queries.letter(connection, 1)
    assert letter
    assert letter.letter.digest() != read_page(Page(whole.format(1), URL), Kind.PROPOSAL).digest()
    assert mornings.see(whole.format(1), whole.format(2)) == [VisitOutcome.LETTER] * 2
    assert mornings.told() == []
    mornings.see(edited.format(3))
    (change,) = mornings.told()
    assert [(edit.old, edit.new) for edit in change.edits] == [("718", "918")]
    with mornings.archive.reading() as connection:
        causes = [each.cause for each in queries.versions(connection, 1)]
    assert causes == [Cause.PUBLISHER, Cause.REPARSE, Cause.PUBLISHER]


@pytest.mark.parametrize(("old", "new"), UNSEEN.values(), ids=UNSEEN)
def test_an_edit_that_nobody_could_see_is_taken_back(
    mornings: Mornings,
    as_before: Callable[[], AbstractContextManager[None]],
    old: str,
    new: str,
) -> None:
    first = WHOLE if "{}" not in new else WHOLE.replace(old, new, 1).format(1)
    with as_before():
        mornings.see(first, WHOLE.replace(old, new, 1).format(2))
    assert len(mornings.told()) == 1
    done = again.reparse(mornings.archive, SOURCE.name, AUTO, dry_run=False)
    assert done["retracted"] == 1
    assert mornings.told() == []
    assert mornings.see(WHOLE.replace(old, new, 1).format(3)) == [VisitOutcome.LETTER]
    assert mornings.told() == []
