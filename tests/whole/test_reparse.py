"""A better reader or differ tells the past better; it never invents an edit."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import pytest

import crawler.reparse as again
from letters.change import Category, Edit
from letters.letter import Letter
from storage.archive import Archive, open_archive


@pytest.fixture
def lived(small: Any) -> Any:
    """A project that saw a night of edits and its confirmation."""
    replica, project = small
    project.crawl()
    replica.advance()
    project.crawl()
    project.crawl()
    return project


@contextmanager
def archive_of(project: Any) -> Iterator[Archive]:
    url = f"sqlite:///{project.folder}/data/fuhan.db"
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
        patched.setattr(again, "PARSER", "another")
        rehearsed = again.reparse(archive, "proposals", dry_run=True)
        assert lived.changes("--baseline") == changes
        done = again.reparse(archive, "proposals", dry_run=False)
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
        assert again.reparse(archive, "proposals", dry_run=False)["retold"] > 3
    vague = lived.changes("--baseline")
    assert {edit["category"] for change in vague for edit in change["edits"]} == {"wording"}
    assert [change["id"] for change in vague] == [change["id"] for change in changes]
    lived.run("verify")

    lived.run("reparse")
    assert lived.changes("--baseline") == changes
    lived.run("verify")
