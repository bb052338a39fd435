"""The picture of sessions: how many letters answer each, and how long their answers take."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from review.pictures.drawing import INK, draw
from review.translator import Translator

_SESSIONS = 20  # that are shown, the newest
_ROW = 26


@dataclass(frozen=True, slots=True)
class SessionAnswers:
    """The letters that answer one session; days are counted from the first that was listed."""

    session: str
    letters: int
    first_on: date
    median_days: int  # until half of them were listed
    last_days: int


def count_answers(rows: Iterable[tuple[str, date, int]]) -> list[SessionAnswers]:
    """Return the sessions, the newest first, of how many letters were listed on each day."""
    by_session: dict[str, Counter[date]] = {}
    for session, listed_on, count in rows:
        by_session.setdefault(session, Counter())[listed_on] += count
    answers = [_answers(session, days) for session, days in by_session.items()]
    return sorted(answers, key=lambda each: (each.first_on, each.session), reverse=True)


def _answers(session: str, days: Counter[date]) -> SessionAnswers:
    first, last, total = min(days), max(days), days.total()
    listed, median = 0, first
    for day in sorted(days):
        listed += days[day]
        if 2 * listed >= total:
            median = day
            break
    return SessionAnswers(session, total, first, (median - first).days, (last - first).days)


def session_answers(
    answers: list[SessionAnswers], source: str, translator: Translator
) -> str | None:
    """Return the picture as SVG: the number of letters, and days to the median and the last."""
    if not answers:
        return None
    values = [
        {
            "session": each.session,
            "letters": each.letters,
            "first": 0,
            "median": each.median_days,
            "last": each.last_days,
            "days": f"{each.median_days} / {each.last_days}",
        }
        for each in answers[:_SESSIONS]
    ]
    order = [each["session"] for each in values]
    session = {"field": "session", "type": "nominal", "sort": order}
    counted = {
        "width": 180,
        "height": {"step": _ROW},
        "encoding": {
            "y": {**session, "axis": {"title": None, "labelLimit": 260}},
            "x": _axis("letters", translator.phrase("picture.sessions_count")),
        },
        "layer": [
            {"mark": {"type": "bar", "color": "#8f8a7f", "height": 12, "aria": False}},
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "aria": False},
                "encoding": {"text": {"field": "letters"}},
            },
        ],
    }
    spec = {
        "title": translator.phrase("picture.sessions", source=source),
        "data": {"values": values},
        "spacing": 40,
        "hconcat": [counted, _durations(session, translator)],
    }
    return draw(spec, describe_answers(answers, translator))


def _durations(session: Mapping[str, object], translator: Translator) -> dict[str, object]:
    axis = _axis("first", translator.phrase("picture.sessions_days"))
    return {
        "width": 380,
        "height": {"step": _ROW},
        "encoding": {"y": {**session, "axis": None}, "x": axis},
        "layer": [
            {
                "mark": {"type": "rule", "color": "#8f8a7f", "strokeWidth": 3, "aria": False},
                "encoding": {"x2": {"field": "last"}},
            },
            {
                "mark": {"type": "tick", "color": INK, "thickness": 3, "size": 16, "aria": False},
                "encoding": {"x": {"field": "median", "type": "quantitative"}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "aria": False},
                "encoding": {
                    "x": {"field": "last", "type": "quantitative"},
                    "text": {"field": "days"},
                },
            },
        ],
    }


def _axis(field: str, title: str) -> dict[str, object]:
    axis = {"title": title, "tickMinStep": 1, "tickCount": 5, "format": "d"}
    return {"field": field, "type": "quantitative", "axis": axis}


def describe_answers(answers: list[SessionAnswers], translator: Translator) -> str:
    """Return what the picture shows in one sentence."""
    fullest = max(answers, key=lambda each: each.letters)
    return translator.phrase(
        "picture.sessions_described",
        count=len(answers),
        session=fullest.session,
        letters=fullest.letters,
        median=fullest.median_days,
    )
