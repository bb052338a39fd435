"""The years of which a script shows the letters: <select onchange> of 2023, 2022, 2021."""

from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.link_targets import target_of
from crawler.directory.signs_of_more.pager_elements import click_script
from crawler.directory.year_links import year_of
from letters.addresses import DirectoryRow
from letters.text import squashed

_SEVERAL = 2  # years, from which on there is a choice


def year_choices(tree: LexborHTMLParser, base: str) -> frozenset[int]:
    """Return the years among which a script lets a reader choose, without an address to read."""
    chosen = [*_years_of_lists(tree), *_years_of_buttons(tree, base)]
    years = frozenset(chosen)
    return years if len(years) >= _SEVERAL else frozenset()


def _years_of_lists(tree: LexborHTMLParser) -> Iterator[int]:
    for choice in tree.css("select[onchange]"):
        years = [(option, year_of(squashed(option.text()))) for option in choice.css("option")]
        if all(year or not _has_digit(option) for option, year in years):
            yield from (year for _, year in years if year)


def _years_of_buttons(tree: LexborHTMLParser, base: str) -> Iterator[int]:
    for node in tree.css("a[href^='javascript:'], [onclick]"):
        year = year_of(squashed(node.text()))
        if year and click_script(node) and target_of(node, base) is None:
            yield year


def _has_digit(option: LexborNode) -> bool:
    return any(map(str.isdecimal, option.text()))


def unlisted_choice(choices: frozenset[int], rows: Iterable[DirectoryRow]) -> str | None:
    """Return in words which year can be chosen of which no row is listed, or None.

    None where no row has a date of any of these years: it is of another part of the page.
    """
    listed = {row.listed_on.year for row in rows if row.listed_on is not None}
    if not (unlisted := choices - listed) or choices.isdisjoint(listed):
        return None
    return f"a script shows other years: no row of {max(unlisted)} is listed"
