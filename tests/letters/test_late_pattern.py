"""Patterns that few pages need are compiled when one is first asked for."""

import re

import pytest

from letters import late_pattern as module
from letters.late_pattern import compile_late_patterns, late_pattern


@pytest.fixture(autouse=True)
def patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_patterns", [])


def test_a_late_pattern_is_not_compiled_before_it_is_asked_for() -> None:
    not_closed = late_pattern("(")
    with pytest.raises(re.error):
        not_closed()


def test_a_late_pattern_is_compiled_once_with_its_flags() -> None:
    page = late_pattern("page", re.IGNORECASE)
    assert page().fullmatch("Page")
    assert page() is page()


def test_a_process_from_which_others_are_forked_compiles_all() -> None:
    late_pattern("page")
    late_pattern("(")
    with pytest.raises(re.error):
        compile_late_patterns()
