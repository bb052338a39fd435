"""Whom the database chooses for another visit: by λτ², exactly, among all letters on record."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from math import floor
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert

from letters.edit_rates import AGES, EditRates
from storage.database.archive import Archive
from storage.derived.revisits import (
    address_keys,
    count_listed,
    count_published,
    count_visited,
    longest_waiting,
    unsettled_addresses,
    urgent_addresses,
)
from storage.schema.tables import addresses, letter_files, letters
from tests.archive_copy import new_archive

NOW = datetime(2026, 11, 24, 6, 30, 0, 400_000, tzinfo=UTC)
RATES = EditRates.of([0.02 / (1 + each) for each in range(len(AGES))], 0.5)
DAYS = st.integers(-2, 4000) | st.floats(0, 30)
LETTER = st.fixed_dictionaries(
    {
        "first_seen": DAYS.map(lambda days: NOW - timedelta(days=days)),
        "last_seen": DAYS.map(lambda days: NOW - timedelta(days=days)),
        "listed_on": st.none() | st.dates(date(2010, 1, 1), date(2027, 1, 1)),
        "edits": st.integers(0, 4),
        "status": st.sampled_from(["published"] * 4 + ["suspect", "withdrawn", "delisted"]),
        "source": st.sampled_from(["s", "s", "s", "t"]),
        "is_open": st.sampled_from([False, False, False, True]),
        "is_listed": st.booleans(),
    }
)
CASES = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def fill(connection: Connection, drawn: list[dict[str, Any]]) -> None:
    """Insert a letter for each of `drawn`, whose number is its id and its address's."""
    for number, each in enumerate(drawn, 1):
        row = {name: value for name, value in each.items() if not name.startswith("is_")}
        nothing = {"version": 1, "digest": "", "title": ""}
        row |= {"id": number, "address_id": number, **nothing}
        listed_at = NOW if each["is_listed"] else None
        place = {"id": number, "source": each["source"], "key": f"k{number}", "url": "u"}
        connection.execute(insert(letters).values(row))
        connection.execute(
            insert(addresses).values(place | {"letter_id": number, "first_listed_at": listed_at})
        )
        if each["is_open"]:
            file = {"letter_id": number, "url": "f", "gone_crawls": 0, "is_open": True}
            connection.execute(insert(letter_files).values(file))


def settled(drawn: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    return {
        number: each
        for number, each in enumerate(drawn, 1)
        if each["source"] == "s" and each["status"] == "published" and not each["is_open"]
    }


def urgency(each: dict[str, Any]) -> float:
    rate = RATES.rate(each["first_seen"], each["listed_on"], each["edits"], NOW)
    waited = max(floor(NOW.timestamp()) - floor(each["last_seen"].timestamp()), 0)
    return rate * waited * waited


@CASES
@given(st.lists(LETTER, max_size=12), st.none() | st.integers(0, 12))
def test_those_of_greatest_urgency_are_chosen_that_first(
    archive: Archive, drawn: list[dict[str, Any]], limit: int | None
) -> None:
    with archive.rehearsing() as connection:
        fill(connection, drawn)
        chosen = urgent_addresses(connection, "s", RATES, NOW, limit)
    order = sorted(settled(drawn).items(), key=lambda each: (-urgency(each[1]), each[0]))
    assert chosen == [number for number, _ in order][:limit]


@CASES
@given(
    st.lists(LETTER, max_size=12),
    st.integers(0, 12),
    st.sets(st.integers(0, 60), min_size=1, max_size=28),
)
def test_those_that_waited_longest_come_first_and_questions_are_named_apart(
    archive: Archive, drawn: list[dict[str, Any]], limit: int, days: set[int]
) -> None:
    moments = [NOW - timedelta(days=each) for each in sorted(days)]
    with archive.rehearsing() as connection:
        fill(connection, drawn)
        waiting = longest_waiting(connection, "s", limit)
        published = count_published(connection, "s")
        visited = count_visited(connection, "s", moments)
        unsettled = set(unsettled_addresses(connection, "s"))
        keys = address_keys(connection, "s")
        listed = count_listed(connection, "s")
    order = sorted(settled(drawn).items(), key=lambda each: (each[1]["last_seen"], each[0]))
    seen = [
        each["last_seen"]
        for each in drawn
        if each["source"] == "s" and each["status"] == "published"
    ]
    ours = {number for number, each in enumerate(drawn, 1) if each["source"] == "s"}
    assert waiting == [number for number, _ in order][:limit]
    assert published == len(seen)
    assert visited == [sum(at > moment for at in seen) for moment in moments]
    assert unsettled == ours - settled(drawn).keys()
    assert keys == {f"k{number}" for number in ours}
    is_there = {"published", "suspect"}
    assert listed == sum(
        each["source"] == "s" and each["is_listed"] and each["status"] in is_there
        for each in drawn
    )


def test_a_choice_reads_no_table_whole(tmp_path: Path) -> None:
    """Hundreds of thousands of rows of other sources are none of its business."""
    statements: list[str] = []
    opened = new_archive(tmp_path / "fuhan.db")
    with closing(opened), opened.reading() as connection:
        sqlite: Any = connection.connection.dbapi_connection
        sqlite.set_trace_callback(statements.append)
        urgent_addresses(connection, "s", RATES, NOW, 5)
        longest_waiting(connection, "s", 5)
        count_published(connection, "s")
        count_visited(connection, "s", [NOW, NOW - timedelta(days=1)])
        unsettled_addresses(connection, "s")
        address_keys(connection, "s")
        count_listed(connection, "s")
        sqlite.set_trace_callback(None)
        plans = [
            row[3]
            for statement in statements
            for row in sqlite.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]
    assert len(plans) > len(statements)
    assert not [plan for plan in plans if plan.startswith(("SCAN letters", "SCAN addresses"))]
