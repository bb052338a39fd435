"""Each alternative of the differ's patterns matches its own example, and so does the whole."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Sequence

import pytest

import differ
from differ.lexicon.alternatives import Alternative, one_of
from differ.tokens.tokenizer import TOKEN_PATTERNS, TokenPattern, tokens

Table = tuple[Alternative, ...]


def _tables() -> Iterator[tuple[str, Table]]:
    """Yield the tables of all modules, each by its name, also those in dictionaries."""
    for module in pkgutil.walk_packages(differ.__path__, "differ."):
        for name, value in vars(importlib.import_module(module.name)).items():
            tables = value if isinstance(value, dict) else {"": value}
            for key, table in tables.items():
                if isinstance(table, tuple) and table and isinstance(table[0], Alternative):
                    yield f"{module.name}.{name}{key}", table


TABLES = dict(_tables())
each_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


def _marked(example: str) -> tuple[str, tuple[int, int]]:
    """Return the words of an example and where the marked ones stand."""
    before, words, after = example.split("|")
    return before + words + after, (len(before), len(before + words))


def _matches(pattern: str, example: str) -> bool:
    text, span = _marked(example)
    match = re.compile(pattern, re.DOTALL).match(text, span[0])
    return match is not None and match.span() == span


def _unmatched(rows: Sequence[Alternative | TokenPattern]) -> list[str]:
    return [row.example for row in rows if not _matches(row.pattern, row.example)]


def test_the_long_patterns_are_tables() -> None:
    assert len(TABLES) > 40
    assert sum(map(len, TABLES.values())) > 300


@each_table
def test_each_alternative_matches_its_own_example(table: Table) -> None:
    assert not _unmatched(table)


@each_table
def test_the_pattern_of_all_alternatives_matches_each_example(table: Table) -> None:
    whole = one_of(table)
    assert not [row.example for row in table if not _matches(whole, row.example)]


@each_table
def test_no_alternative_before_its_own_matches_an_example(table: Table) -> None:
    for at, row in enumerate(table):
        text, (start, _) = _marked(row.example)
        earlier = [e.pattern for e in table[:at] if re.match(f".{{{start}}}(?:{e.pattern})", text)]
        assert not earlier, row.example


@each_table
def test_no_alternative_is_a_copy_of_another(table: Table) -> None:
    assert len(table) == len({row.pattern for row in table})


def test_each_token_pattern_matches_its_own_example() -> None:
    assert not _unmatched(TOKEN_PATTERNS)


@pytest.mark.parametrize("row", TOKEN_PATTERNS, ids=lambda row: row.name)
def test_a_token_is_of_the_kind_that_its_pattern_says(row: TokenPattern) -> None:
    text, (start, end) = _marked(row.example)
    found = [token for token in tokens(text, 0, len(text)) if token.start == start]
    assert [(token.kind, token.end) for token in found] == [(row.kind, end)]
