"""Buttons that lead to an earlier month or year of a directory: 上个月, 上一年度."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from crawler.directory.signs_of_more.pager_elements import (
    ShortElement,
    click_script,
    is_disabled,
    leads_nowhere,
)
from crawler.directory.signs_of_more.sign import Sign, quoted
from crawler.elements import names_of, with_ancestors

_EARLIER = re.compile(r"[<«‹←◀]*(?:上(?:一|个|一个)?|前一个?)(?:月份?|季度?|年度?)[>»›]*")
_CALENDAR = re.compile(r"calendar|date-?pick|rili|wdate|laydate|ui-datepicker", re.IGNORECASE)
_CALENDAR_LEVELS = 4  # elements around a button of a calendar
_BUTTONS = {"a", "button", "input"}


def earlier_period_signs(short: Iterable[ShortElement]) -> Iterator[Sign]:
    """Yield each button of an earlier period: the directory shows one period at a time.

    A calendar has such buttons too, and shows no rows.
    """
    for node, text in short:
        if not _EARLIER.fullmatch(text):
            continue
        href = (node.attributes.get("href") or "").strip()
        acts = node.tag in _BUTTONS or click_script(node) is not None or not leads_nowhere(href)
        around = islice(with_ancestors(node), _CALENDAR_LEVELS)
        is_calendar = any(_CALENDAR.search(name) for each in around for name in names_of(each))
        if acts and not (is_calendar or is_disabled(node)):
            yield Sign(f"it shows one period at a time: {quoted(text)}")
