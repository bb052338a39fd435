"""Dates of rows that are printed without their year: 06-17 under a heading 2022年."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.row_links import RowLink
from crawler.directory.row_parts import row_element
from crawler.elements import ancestors, with_ancestors
from letters.text import squashed
from letters.urls import url_dated_on

_DAY = re.compile(
    r"[\[［（(]?(?:(?P<month>\d\d)[-/.](?P<day>\d\d)|(?P<m>\d{1,2})月(?P<d>\d{1,2})日)[\]］）)]?"
)
_YEAR = re.compile(r"(?P<year>20\d\d)年?度?")
_LONGEST = 40  # code points of a year's heading, with blanks around it
_MOST_OTHERS = 2  # links between a year's heading and the first row under it: 更多
_LEVELS = 3  # elements between a link and the one that holds its date
_YEAR_FOLDER = re.compile(r"/(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])?(?:/|\d\d/)")
_APART = timedelta(days=31)  # a page is made at most so long before or after it is listed
_PARTS = "span, em, i, td, time, b, div, p"


def with_years(tree: LexborHTMLParser, links: Sequence[RowLink]) -> tuple[RowLink, ...]:
    """Return rows with the dates that they print without a year, where a year is known.

    It is that of the heading over their list, or in their URL; None where the two disagree, or
    where neither says one.
    """
    days = {
        link.anchor.mem_id: day
        for link in links
        if link.row.listed_on is None and (day := _day_of(link.anchor))
    }
    if not days:
        return tuple(links)
    headed = _years_over(tree, {link.anchor.mem_id for link in links})
    return tuple(_dated(link, days, headed) for link in links)


def _dated(
    link: RowLink, days: Mapping[int, tuple[int, int]], headed: Mapping[int, int]
) -> RowLink:
    at = link.anchor.mem_id
    if at not in days:
        return link
    listed_on = _with_year(link.row.url, days[at], headed.get(at))
    return replace(link, row=replace(link.row, listed_on=listed_on))


def _day_of(anchor: LexborNode) -> tuple[int, int] | None:
    """Return the month and the day that are printed in a row and nothing else there."""
    row = row_element(anchor)
    around = [row] if row is not None else list(islice(with_ancestors(anchor), _LEVELS))
    for node in around:
        if len(node.css("a")) > 1 and row is None:
            return None
        found = {_as_day(text) for text in _texts(node)} - {None}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _texts(node: LexborNode) -> Iterator[str]:
    for part in node.css(_PARTS):
        yield part.text()
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""


def _as_day(text: str) -> tuple[int, int] | None:
    match = _DAY.fullmatch(squashed(text))
    return (int(match["month"] or match["m"]), int(match["day"] or match["d"])) if match else None


def _years_over(tree: LexborHTMLParser, anchors: set[int]) -> dict[int, int]:
    """Return the year of the heading over each link, by the link's id.

    A year that is a link, or comes after another with no row between them, is one of several
    tabs; one behind which other links come is of another part of the page.
    """
    years: dict[int, int] = {}
    heading: int | None = None
    printed, others = 0, 0  # years and links since the last row
    for node in tree.body.traverse(include_text=True) if tree.body is not None else ():
        if node.mem_id in anchors:
            heading = heading if others <= _MOST_OTHERS else None
            years |= {node.mem_id: heading} if heading is not None else {}
            printed, others = 0, 0
        elif node.tag == "a":
            others += 1
        elif (year := _year_of(node)) is not None:
            printed, others = printed + 1, 0
            heading = year if printed == 1 and not _is_linked(node) else None
    return years


def _year_of(node: LexborNode) -> int | None:
    """Return the year that is all that an element says, by its text node."""
    around = node.parent
    text = node.text_content if node.tag == "-text" and around is not None else None
    match = _YEAR.fullmatch(squashed(text)) if text and len(text) < _LONGEST else None
    is_all = match and around is not None and squashed(around.text()) == match[0]
    return int(match["year"]) if match and is_all else None


def _is_linked(node: LexborNode) -> bool:
    return any(each.tag in {"a", "option"} for each in islice(ancestors(node), _LEVELS))


def _with_year(url: str, day: tuple[int, int], heading: int | None) -> date | None:
    """Return the day in the year that the heading and the URL agree on; None where they don't."""
    by_url = _days_by_url(url, day)
    if by_url is None:
        return _date(heading, day) if heading else None
    only = by_url.pop() if len(by_url) == 1 else None
    return only if only and heading in {None, only.year} else None


def _days_by_url(url: str, day: tuple[int, int]) -> set[date] | None:
    """Return the days that a URL with a date allows; None for a URL without a year."""
    folder = _YEAR_FOLDER.search(url)
    if made_on := url_dated_on(url):
        return _days_near(made_on, day, _APART)
    if folder and folder["month"]:
        middle = date(int(folder["year"]), int(folder["month"]), 15)
        return _days_near(middle, day, _APART * 1.5)
    if folder is None:
        return None
    of_year = _date(int(folder["year"]), day)
    return {of_year} if of_year else set()


def _days_near(near: date, day: tuple[int, int], most: timedelta) -> set[date]:
    days = (_date(year, day) for year in range(near.year - 1, near.year + 2))
    return {each for each in days if each and abs(each - near) <= most}


def _date(year: int, day: tuple[int, int]) -> date | None:
    try:
        return date(year, *day)
    except ValueError:  # 02-29 of another year
        return None
