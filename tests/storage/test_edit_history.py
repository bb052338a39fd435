"""What is kept of letters by their classes: how long they were watched, how often edited."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert

from letters.edit_rates import LetterClass, Watched
from storage.database.archive import Archive
from storage.derived.edit_history import add_history, edited_classes, history_of
from storage.schema.tables import changes, crawls, letters

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
DAY = timedelta(days=1)
YOUNG, OLD = LetterClass(0, 0, 0), LetterClass(10, 0, 1)
NOTHING: Counter[LetterClass] = Counter()


def add_letter(archive: Archive, number: int, **values: object) -> None:
    row = {"id": number, "address_id": number, "version": 1, "digest": "", "title": "", "edits": 0}
    row |= {"source": "s", "status": "published", "first_seen": NOW - DAY, "last_seen": NOW}
    with archive.writing() as connection:
        connection.execute(insert(letters).values(row | values))


def test_letters_are_watched_from_one_crawl_to_the_next(archive: Archive) -> None:
    add_letter(archive, 1)
    add_letter(archive, 2)
    add_letter(archive, 3, listed_on=date(2016, 5, 1), edits=1)
    add_letter(archive, 4, status="withdrawn")
    add_letter(archive, 5, source="t")
    with archive.writing() as connection:
        add_history(connection, "s", None, NOW - DAY, NOTHING)
        assert history_of(connection, "s") == {}, "a first crawl"
        add_history(connection, "s", NOW - DAY / 2, NOW, Counter({OLD: 2}))
        assert history_of(connection, "s") == {YOUNG: Watched(1.0, 0), OLD: Watched(0.5, 2)}
        add_history(connection, "s", NOW - DAY / 4, NOW, Counter({YOUNG: 1}))
        assert history_of(connection, "s") == {YOUNG: Watched(1.5, 1), OLD: Watched(0.75, 2)}
        add_history(connection, "s", NOW + DAY, NOW, NOTHING)  # a clock that was set back
        assert history_of(connection, "s")[YOUNG] == Watched(1.5, 1)


def test_a_letter_that_is_edited_often_is_of_one_class_from_three_edits_on(
    archive: Archive,
) -> None:
    add_letter(archive, 1, edits=3)
    add_letter(archive, 2, edits=7)
    with archive.writing() as connection:
        add_history(connection, "s", NOW - DAY, NOW, NOTHING)
        assert history_of(connection, "s") == {LetterClass(0, 0, 3): Watched(2.0, 0)}


def test_an_edit_is_of_the_age_that_its_letter_had_amid_the_window(archive: Archive) -> None:
    add_letter(archive, 1, first_seen=NOW - 100 * DAY, edits=1)
    add_letter(archive, 2, first_seen=NOW - 100 * DAY, edits=2)
    row = {"source": "s", "reason": "", "edits": [], "differ": "5", "significance": "minor"}
    row |= {"detected_at": NOW, "before": NOW - 90 * DAY, "held": False, "kind": "edited"}
    with archive.writing() as connection:
        crawl = {"source": "s", "mode": "normal", "started_at": NOW, "counts": {}, "errors": []}
        connection.execute(insert(crawls), [crawl | {"id": 1}, crawl | {"id": 2}])
        for values in (
            {"letter_id": 1, "crawl_id": 1, "after": NOW - 94 * DAY},  # eight days old
            {"letter_id": 2, "crawl_id": 1, "after": None},
            {"letter_id": 2, "crawl_id": 1, "after": None, "held": True},
            {"letter_id": 1, "crawl_id": 1, "after": None, "kind": "restored"},
            {"letter_id": 1, "crawl_id": 2, "after": None},
        ):
            connection.execute(insert(changes).values(row | values))
        classes = edited_classes(connection, 1, {1, 2})
        assert edited_classes(connection, 1, set()) == NOTHING
    assert classes == {LetterClass(2, 2, 0): 1, LetterClass(3, 3, 1): 1}
