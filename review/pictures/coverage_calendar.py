"""The calendar of coverage: a day a square, and what is known of each hole."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from letters.crawl_record import Crawl, CrawlOutcome
from review.pictures.drawing import INK, draw, moment
from review.translator import Translator

_HOLES = 8  # that are explained, newest first
_SQUARE = 20  # pixels
_LINE = 16
# The best outcome of a day's crawls, the best first; none: there was no crawl.
_OUTCOMES: Final = {"complete": "#bfd0de", "partial": "#8f8a7f", "failed": INK, "none": "#fff"}


@dataclass(frozen=True, slots=True)
class DayCoverage:
    """How the crawls of one day ended, at best."""

    outcome: str  # complete | partial | failed | none
    unjudged: int = 0  # pages without a verdict; 0 where it is complete
    reason: str = ""  # of most of them; "": nothing was recorded


def cover_days(
    crawls: Iterable[Crawl], since: date, until: date, zone: ZoneInfo
) -> dict[date, DayCoverage]:
    """Return the coverage of each day from `since` to `until`, by when crawls began."""
    days = {
        since + timedelta(days=step): DayCoverage("none")
        for step in range((until - since).days + 1)
    }
    ranks = list(_OUTCOMES)
    for crawl in crawls:
        day, coverage = crawl.started_at.astimezone(zone).date(), _coverage(crawl)
        if day in days and ranks.index(coverage.outcome) < ranks.index(days[day].outcome):
            days[day] = coverage
    return days


def _coverage(crawl: Crawl) -> DayCoverage:
    if crawl.outcome is CrawlOutcome.COMPLETE:
        return DayCoverage("complete")
    reasons = Counter(each.reason for each in crawl.errors)
    reason = reasons.most_common(1)[0][0] if reasons else ""
    outcome = "partial" if crawl.outcome is CrawlOutcome.PARTIAL else "failed"
    return DayCoverage(outcome, reasons.total(), reason)


def coverage_calendar(
    days: Mapping[date, DayCoverage], source: str, translator: Translator
) -> str | None:
    """Return the picture as SVG, the holes explained below the squares; None: no days."""
    if not days:
        return None
    outcomes = {name: translator.phrase(f"picture.day_{name}") for name in _OUTCOMES}
    holes = [(day, each) for day, each in sorted(days.items()) if each.outcome != "complete"]
    spec = {
        "title": translator.phrase("picture.calendar", source=source),
        "spacing": 12,
        "vconcat": [_squares(days, outcomes, translator), _explained(holes[::-1], translator)],
    }
    return draw(spec, describe_calendar(days, translator))


def describe_calendar(days: Mapping[date, DayCoverage], translator: Translator) -> str:
    """Return what the picture shows in one sentence."""
    counts = Counter(each.outcome for each in days.values())
    values = {name: counts[name] for name in _OUTCOMES}
    return translator.phrase("picture.calendar_described", days=len(days), **values)


def _squares(
    days: Mapping[date, DayCoverage], outcomes: Mapping[str, str], translator: Translator
) -> dict[str, object]:
    weekdays = translator.phrase("picture.weekdays")
    values = [
        {
            "week": moment(day - timedelta(days=day.weekday())),
            "weekday": day.weekday(),
            "outcome": outcomes[each.outcome],
            "mark": str(each.unjudged) if each.unjudged else "",
            "ink": "#fff" if each.outcome == "failed" else INK,
        }
        for day, each in days.items()
    ]
    position = {
        "x": {
            "field": "week",
            "type": "ordinal",
            "timeUnit": "utcyearmonthdate",
            "axis": {
                "title": translator.phrase("picture.calendar_axis"),
                "format": "%m-%d",
                "labelAngle": -90,
                "domain": False,
                "ticks": False,
            },
        },
        "y": {
            "field": "weekday",
            "type": "ordinal",
            "sort": list(range(7)),
            "axis": {
                "title": None,
                "labelExpr": f"'{weekdays}'[datum.value]",
                "domain": False,
                "ticks": False,
            },
        },
    }
    colour = {
        "field": "outcome",
        "type": "nominal",
        "sort": list(outcomes.values()),
        "scale": {"domain": list(outcomes.values()), "range": list(_OUTCOMES.values())},
        "legend": {"symbolType": "square", "symbolStrokeColor": INK, "symbolStrokeWidth": 0.5},
    }
    rect = {"type": "rect", "stroke": "#66625a", "strokeWidth": 0.5, "aria": False}
    text = {"type": "text", "fontSize": 9, "aria": False}
    return {
        "data": {"values": values},
        "width": {"step": _SQUARE},
        "height": {"step": _SQUARE},
        "encoding": position,
        "layer": [
            {"mark": rect, "encoding": {"color": colour}},
            {
                "mark": text,
                "encoding": {
                    "text": {"field": "mark"},
                    "color": {"field": "ink", "type": "nominal", "scale": None},
                },
            },
        ],
    }


def _explained(holes: list[tuple[date, DayCoverage]], translator: Translator) -> dict[str, object]:
    lines = [_hole_line(day, each, translator) for day, each in holes[:_HOLES]]
    if holes[_HOLES:]:
        lines.append(translator.phrase("picture.more_holes", count=len(holes) - _HOLES))
    return {
        "data": {"values": [{"line": line, "place": at} for at, line in enumerate(lines)]},
        "mark": {"type": "text", "align": "left", "x": 0, "fontSize": 12, "aria": False},
        "height": {"step": _LINE},
        "encoding": {
            "y": {"field": "place", "type": "ordinal", "axis": None},
            "text": {"field": "line"},
        },
    }


def _hole_line(day: date, coverage: DayCoverage, translator: Translator) -> str:
    if coverage.outcome == "none":
        return translator.phrase("picture.hole_no_crawl", day=day)
    if coverage.unjudged:
        reason = translator.phrase(
            "picture.hole_pages",
            count=coverage.unjudged,
            reason=translator.reason(coverage.reason),
        )
    else:
        reason = translator.phrase("picture.hole_cut_off")
    outcome = translator.phrase(f"picture.day_{coverage.outcome}")
    return translator.phrase("picture.hole", day=day, outcome=outcome, reason=reason)
