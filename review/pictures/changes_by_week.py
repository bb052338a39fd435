"""The picture of how many changes each week brought, by what was changed and by weight."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from letters.change import Category, Change, ChangeKind, Significance
from review.pictures.drawing import SHADES, WIDTH, draw, moment
from review.translator import Translator

_WHOLE = "whole"  # the row of changes of a letter as a whole: withdrawn, restored, …
_ROW_HEIGHT = 36
_LEAST_TIME = timedelta(weeks=8)  # that is shown, however few weeks there are


@dataclass(frozen=True, slots=True)
class CountedChange:
    """What is counted of a change."""

    detected_at: datetime
    kind: ChangeKind
    significance: Significance
    categories: frozenset[Category]  # of its edits


def counted_change(change: Change) -> CountedChange:
    """Return what is counted of `change`."""
    categories = frozenset(edit.category for edit in change.edits)
    return CountedChange(change.detected_at, change.kind, change.significance, categories)


WeekCounts = Counter[tuple[date, str, Significance]]  # Monday, category or _WHOLE, weight


def count_weeks(changes: Iterable[CountedChange], zone: ZoneInfo) -> WeekCounts:
    """Return how many changes there are of each week, category and weight; no published ones.

    A change with edits of several categories counts in each of them.
    """
    counts: WeekCounts = Counter()
    for change in changes:
        if change.kind is ChangeKind.PUBLISHED:
            continue
        day = change.detected_at.astimezone(zone).date()
        monday = day - timedelta(days=day.weekday())
        rows = {category.value for category in change.categories} or {_WHOLE}
        counts.update((monday, row, change.significance) for row in rows)
    return counts


def changes_by_week(counts: WeekCounts, translator: Translator) -> str | None:
    """Return the picture as SVG: a row for each category, the fullest first; None: no changes."""
    if not counts:
        return None
    totals = Counter[str]()
    for (_, row, _), count in counts.items():
        totals[row] += count
    names = {row: f"{_row_name(row, translator)}  {totals[row]}" for row in totals}
    weights = [translator.term("significance", each.value) for each in Significance]
    values = [
        {
            "week": moment(monday),
            "end": moment(monday + timedelta(days=6)),
            "row": names[row],
            "weight": translator.term("significance", weight.value),
            "from": below,
            "to": below + count,
        }
        for monday, row, weight, below, count in _stacked(counts)
    ]
    spec = {
        "title": translator.phrase("picture.weeks"),
        "data": {"values": values},
        "mark": {"type": "bar", "stroke": "#fff", "strokeWidth": 0.5, "aria": False},
        "width": WIDTH,
        "height": _ROW_HEIGHT,
        "spacing": 8,
        "encoding": {
            "x": {
                "field": "week",
                "type": "temporal",
                "axis": {
                    "title": translator.phrase("picture.weeks_axis"),
                    "format": "%Y-%m-%d",
                    "tickCount": 8,
                    "grid": False,
                },
                "scale": {"type": "utc", "domain": _domain(counts)},
            },
            "x2": {"field": "end"},
            "y": {
                "field": "from",
                "type": "quantitative",
                "axis": {"title": None, "tickCount": 2, "tickMinStep": 1, "format": "d"},
            },
            "y2": {"field": "to"},
            "row": {
                "field": "row",
                "sort": [names[row] for row, _ in totals.most_common()],
                "header": {"title": None, "labelAngle": 0, "labelAlign": "left"},
            },
            "color": {"field": "weight", "sort": weights, "scale": _scale(weights)},
        },
    }
    return draw(spec, describe_weeks(counts, translator))


def describe_weeks(counts: WeekCounts, translator: Translator) -> str:
    """Return what the picture shows in one sentence."""
    weeks = Counter[date]()
    for (monday, _, _), count in counts.items():
        weeks[monday] += count
    if not weeks:
        return translator.phrase("picture.weeks_none")
    fullest, most = max(weeks.items(), key=lambda week: (week[1], week[0]))
    return translator.phrase(
        "picture.weeks_described",
        since=min(weeks),
        until=max(weeks) + timedelta(days=6),
        week=fullest,
        most=most,
    )


def _stacked(counts: WeekCounts) -> Iterator[tuple[date, str, Significance, int, int]]:
    """Yield each count with how many of the same week and row stand below it: the weightiest."""
    below = Counter[tuple[date, str]]()
    for weight in Significance:
        for (monday, row, of_weight), count in sorted(counts.items()):
            if of_weight is weight:
                yield monday, row, weight, below[monday, row], count
                below[monday, row] += count


def _row_name(row: str, translator: Translator) -> str:
    return (
        translator.phrase("picture.whole") if row == _WHOLE else translator.term("category", row)
    )


def _domain(counts: WeekCounts) -> list[str]:
    mondays = [monday for monday, _, _ in counts]
    end = max(mondays) + timedelta(days=7)
    return [moment(min(*mondays, end - _LEAST_TIME)), moment(end)]


def _scale(weights: list[str]) -> dict[str, list[str]]:
    return {"domain": weights, "range": list(SHADES)}
