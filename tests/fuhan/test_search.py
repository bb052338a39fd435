"""Searching from the command line, and the index behind it."""

from collections.abc import Callable
from typing import Any

import pytest

Fuhan = Callable[..., Any]  # the command line, as a shell would call it


def test_an_archive_not_made_yet_has_nothing_to_search(fuhan: Fuhan) -> None:
    assert fuhan("letters", "--search", "停车").out == ""
    assert fuhan("reindex").out == "0 letters can be searched\n"


@pytest.mark.usefixtures("held")
def test_the_index_is_written_anew_and_finds_what_it_found(fuhan: Fuhan) -> None:
    before = fuhan("letters", "--search", "718.4", "--format", "jsonl").out
    assert before
    count = len(fuhan("letters", "--format", "jsonl").out.splitlines())
    assert fuhan("reindex").out == f"{count} letters can be searched\n"
    assert fuhan("letters", "--search", "718.4", "--format", "jsonl").out == before


def test_too_many_words_are_refused_in_one_line(fuhan: Fuhan) -> None:
    refused = fuhan("letters", "--search", " ".join(map(str, range(51))))
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "fuhan: --search: expected at most 50 words, found 51\n"
