"""Draw the pictures of docs/pictures from composed values: python -m bench.charts.

They are the same each time: docs show what fuhan draws, of no real body.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from letters.change import Category, Change, ChangeKind, LetterRef, Significance, Window
from letters.crawl_record import Crawl, CrawlOutcome, PageError
from letters.letter import Form, Kind, Letter
from letters.letter_record import Cause, LetterRecord, Status, Version
from letters.visit_span import VisitOutcome, VisitSpan
from review.languages import LANGUAGES
from review.pictures.changes_by_week import CountedChange, changes_by_week, count_weeks
from review.pictures.coverage_calendar import cover_days, coverage_calendar
from review.pictures.letter_life import letter_life
from review.pictures.session_answers import count_answers, session_answers
from review.timeline import TimelineEvent
from review.translator import Translator

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
DAYS = 180


def changes(chance: random.Random) -> Iterator[CountedChange]:
    """Yield half a year of changes."""
    for _ in range(300):
        at = NOW - timedelta(days=chance.randrange(DAYS))
        weight = chance.choices(list(Significance), (5, 3, 1))[0]
        if chance.random() < 0.15:
            yield CountedChange(at, ChangeKind.WITHDRAWN, Significance.SUBSTANTIVE, frozenset())
        else:
            place = min(len(Category) - 1, int(chance.expovariate(0.5)))
            yield CountedChange(at, ChangeKind.EDITED, weight, frozenset([list(Category)[place]]))


def crawls(chance: random.Random) -> Iterator[Crawl]:
    """Yield a crawl for most days, some of them partial."""
    for day in range(DAYS):
        at = NOW - timedelta(days=day, hours=chance.randrange(3))
        outcome, errors = CrawlOutcome.COMPLETE, 0
        if day in (20, 21, 77):
            continue
        if day in (50, 51):
            outcome, errors = CrawlOutcome.FAILED, 1
        elif day % 23 == 5:
            outcome, errors = CrawlOutcome.PARTIAL, chance.randrange(1, 40)
        reasons = tuple(PageError("https://gov.example/", "timed out") for _ in range(errors))
        yield Crawl(day, "example", outcome, at, at, errors=reasons)


def answers(chance: random.Random) -> Iterator[tuple[str, date, int]]:
    """Yield the days on which letters that answer four sessions were listed."""
    for year, session in enumerate(
        ("五届四次会议", "五届五次会议", "六届一次会议", "六届二次会议")
    ):
        for _ in range(chance.randrange(30, 120)):
            days = int(chance.gammavariate(2, 25))
            yield session, date(2023 + year, 5, 1) + timedelta(days=days), 1


def life() -> tuple[LetterRecord, list[TimelineEvent]]:
    """Return a letter that was edited once and withdrawn, and its timeline."""
    letter = Letter("https://gov.example/1.html", Kind.PROPOSAL, Form.REPLY, "复函")
    first, gone = NOW - timedelta(days=150), NOW - timedelta(days=20)
    record = LetterRecord(
        1, "example", Status.WITHDRAWN, letter, None, (), 2, 2, first, gone - timedelta(hours=6)
    )
    edited = first + timedelta(days=64)
    window = Window(edited - timedelta(days=7), edited)
    spans = [
        VisitSpan(VisitOutcome.LETTER, None, first, edited - timedelta(days=20), 44),
        VisitSpan(
            VisitOutcome.UNREACHED,
            "timed out",
            edited - timedelta(days=19),
            edited - timedelta(days=8),
            9,
        ),
        VisitSpan(VisitOutcome.LETTER, None, edited - timedelta(days=7), record.last_seen, 71),
        VisitSpan(VisitOutcome.GONE, "404", gone, NOW, 20),
    ]
    events = [TimelineEvent(span.first_at, visit=span) for span in spans]
    for number, at in enumerate((first, edited), start=1):
        version = Version(1, number, Cause.PUBLISHER, at, letter.url, "", "", letter)
        events.append(TimelineEvent(at, version=version))
    of = LetterRef(1, letter.url, letter.title, None, "example")
    for place, (kind, between) in enumerate(
        ((ChangeKind.EDITED, window), (ChangeKind.WITHDRAWN, Window(record.last_seen, gone))),
        start=1,
    ):
        change = Change(
            place, of, kind, Significance.SUBSTANTIVE, False, 1, 2, between.before, between
        )
        events.append(TimelineEvent(between.before, change=change))
    return record, events


def main() -> None:
    """Write each picture in both languages."""
    FOLDER.mkdir(exist_ok=True)
    since = (NOW - timedelta(days=DAYS)).date()
    for language in LANGUAGES:
        translator, chance = Translator(language, ZONE), random.Random(3)
        days = cover_days(crawls(chance), since, NOW.date(), ZONE)
        drawn = {
            "changes": changes_by_week(count_weeks(changes(chance), ZONE), translator),
            "coverage": coverage_calendar(days, "example", translator),
            "sessions": session_answers(count_answers(answers(chance)), "example", translator),
            "letter": letter_life(*life(), translator),
        }
        for name, svg in drawn.items():
            target = FOLDER / f"{name}.{language}.svg"
            target.write_text(f"{svg}\n", encoding="utf-8")
            print(target)


if __name__ == "__main__":
    main()
