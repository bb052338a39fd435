"""The picture of one letter's life: listed, served, its versions, the windows of its changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from letters.change import ChangeKind
from letters.letter_record import LetterRecord
from letters.visit_span import VisitOutcome
from review.pictures.drawing import INK, WIDTH, draw
from review.timeline import TimelineEvent
from review.translator import Translator

_LANE = 34
_LEAST = 4  # pixels of a bar: a single visit is to be seen
_SHADES: Final = {"listed": "#b9c7d3", "served": "#8f8a7f", "gone": INK, "doubtful": "#e4dfd2"}
_SERVED: Final = {VisitOutcome.LETTER: "served", VisitOutcome.GONE: "gone"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A time in one lane; both ends in UTC."""

    lane: str  # listed | served | changes
    name: str  # what it is: listed, served, gone, doubtful, or the id of a change
    since: datetime
    until: datetime


def life_bars(record: LetterRecord, events: Iterable[TimelineEvent]) -> list[Bar]:
    """Return the bars of a letter's life, from its timeline."""
    ordered = sorted(events, key=lambda event: event.at)
    bars = _listed(record, ordered)
    for event in ordered:
        if event.visit:
            name = _SERVED.get(event.visit.outcome, "doubtful")
            bars.append(Bar("served", name, event.visit.first_at, event.visit.last_at))
        if event.change and not event.change.baseline:
            window = event.change.window
            since = window.after or window.before
            bars.append(Bar("changes", str(event.change.id), since, window.before))
    return bars


def _listed(record: LetterRecord, events: Sequence[TimelineEvent]) -> list[Bar]:
    """Return when the directory listed the letter, as its changes say."""
    bars, since = [], record.first_seen
    is_listed = True
    for event in events:
        kind = event.change.kind if event.change else None
        if kind in (ChangeKind.WITHDRAWN, ChangeKind.DELISTED) and event.change and is_listed:
            bars.append(Bar("listed", "listed", since, event.change.window.before))
            is_listed = False
        if kind is ChangeKind.RESTORED and event.change:
            since, is_listed = event.change.window.before, True
    if is_listed:
        bars.append(Bar("listed", "listed", since, record.last_seen))
    return bars


def letter_life(
    record: LetterRecord, events: Sequence[TimelineEvent], translator: Translator
) -> str:
    """Return the picture as SVG, on the clock of the translator's zone."""
    bars = life_bars(record, events)
    lanes = {name: translator.phrase(f"picture.life_{name}") for name in ("listed", "served")}
    lanes |= {name: translator.phrase(f"picture.life_{name}") for name in ("versions", "changes")}
    versions = [
        {
            "lane": lanes["versions"],
            "at": _clock(event.at, translator),
            "label": str(event.version.number),
        }
        for event in events
        if event.version
    ]
    spec = {
        "title": translator.phrase("picture.life"),
        "width": WIDTH,
        "height": {"step": _LANE},
        "encoding": {
            "y": {
                "field": "lane",
                "type": "nominal",
                "sort": list(lanes.values()),
                "axis": {"title": None, "ticks": False, "domain": False, "grid": True},
            }
        },
        "layer": [*_bar_layers(bars, lanes, translator), *_version_layers(versions)],
    }
    return draw(spec, describe_life(record, events, translator))


def describe_life(
    record: LetterRecord, events: Sequence[TimelineEvent], translator: Translator
) -> str:
    """Return what the picture shows in one sentence."""
    return translator.phrase(
        "picture.life_described",
        since=translator.moment(record.first_seen),
        until=translator.moment(record.last_seen),
        versions=record.versions,
        changes=sum(1 for event in events if event.change and not event.change.baseline),
    )


def _bar_layers(
    bars: Sequence[Bar], lanes: dict[str, str], translator: Translator
) -> list[dict[str, object]]:
    names = {name: translator.phrase(f"picture.life_{name}") for name in _SHADES}
    spans = [_span(bar, lanes, translator) for bar in bars if bar.lane != "changes"]
    windows = [_span(bar, lanes, translator) for bar in bars if bar.lane == "changes"]
    for span in spans:
        span["name"] = names[span["name"]]
    time = {"type": "temporal", "scale": {"type": "utc"}}
    ends = {
        "x": {
            "field": "since",
            **time,
            "axis": {"title": None, "format": "%Y-%m-%d", "tickCount": 6},
        },
        "x2": {"field": "until"},
    }
    colour = {"domain": list(names.values()), "range": list(_SHADES.values())}
    bar = {"type": "bar", "height": 12, "minBandSize": _LEAST, "aria": False}
    window = {"type": "bar", "height": 12, "color": "#fff", "stroke": INK, "aria": False}
    label = {"type": "text", "dy": -12, "align": "left", "fontSize": 10, "aria": False}
    start = {"x": {"field": "since", **time}, "text": {"field": "name"}}
    return [
        {
            "data": {"values": spans},
            "mark": bar,
            "encoding": {**ends, "color": {"field": "name", "type": "nominal", "scale": colour}},
        },
        {"data": {"values": windows}, "mark": window, "encoding": ends},
        {"data": {"values": windows}, "mark": label, "encoding": start},
    ]


def _span(bar: Bar, lanes: dict[str, str], translator: Translator) -> dict[str, str]:
    ends = {"since": _clock(bar.since, translator), "until": _clock(bar.until, translator)}
    return {"lane": lanes[bar.lane], "name": bar.name, **ends}


def _version_layers(versions: list[dict[str, str]]) -> list[dict[str, object]]:
    at = {"field": "at", "type": "temporal", "scale": {"type": "utc"}}
    tick = {"type": "tick", "color": INK, "thickness": 3, "size": 16, "aria": False}
    text = {"type": "text", "dy": -14, "aria": False}
    return [
        {"data": {"values": versions}, "mark": tick, "encoding": {"x": at}},
        {
            "data": {"values": versions},
            "mark": text,
            "encoding": {"x": at, "text": {"field": "label"}},
        },
    ]


def _clock(at: datetime, translator: Translator) -> str:
    """Return a moment as the clock of the zone shows it, for a scale of type utc."""
    return at.astimezone(translator.zone).strftime("%Y-%m-%dT%H:%M:%SZ")
