"""What a crawl plans after any story: all that asks for a visit, and who is most urgent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import floor

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from crawler.plan import Plan
from crawler.record.recorder import Recorder
from crawler.revisit_policy import learned_rates
from crawler.sweep_pace import sweep_pace
from letters.addresses import DirectoryRow, KnownAddress
from letters.letter_record import Status
from letters.urls import url_key
from letters.visit_span import VisitOutcome
from storage.derived.addresses import known_addresses
from storage.derived.edit_history import history_of
from storage.schema.tables import changes, crawls, letters
from tests.crawler.record.source import (
    EMPTY,
    GONE,
    UNMODIFIED,
    UNREACHED,
    ComposedSource,
    page_of,
    title_of,
    url_of,
)

WEEK = timedelta(days=7)  # within which each letter is visited, by default
NUMBERS = ("0001", "0002", "0003", "0004")
NIGHT = st.fixed_dictionaries(
    {
        "days": st.sampled_from([0, 1, 9, 40]),
        "whole": st.booleans(),
        "answers": st.dictionaries(
            st.sampled_from(NUMBERS),
            st.sampled_from(["same", "edited", GONE, UNREACHED, EMPTY, UNMODIFIED]),
        ),
        "listed": st.sets(st.sampled_from(NUMBERS)),
        "asked": st.booleans(),
    }
)


def rows_of(numbers: Sequence[str], title: str = "") -> list[DirectoryRow]:
    urls = {number: url_of(number) for number in numbers}
    return [
        DirectoryRow(url_key(url), url, title_of(number) + title, None)
        for number, url in urls.items()
    ]


def plan(source: ComposedSource, rows: list[DirectoryRow], **job: object) -> Plan:
    """Return the plan of a crawl that reads these rows, and then is cut off."""
    recorder = Recorder(source.archive, replace(source.job, **job), source.clock)  # type: ignore[arg-type]
    known, _ = recorder.unlisted_addresses({row.key for row in rows})
    recorded = recorder.record_directory(rows, source.clock(), whole=False)
    return recorder.plan(known, recorded)


def others(source: ComposedSource, plan: Plan) -> list[str]:
    """Return the numbers of the letters to visit beside those that may have moved, in order."""
    with source.archive.reading() as connection:
        at = {each.id: each for each in known_addresses(connection, source.job.source.name)}
    revisits = (at[each] for each in plan.revisits)
    return [each.url[-9:-5] for each in (*plan.others, *revisits)]


def with_revisits(source: ComposedSource, budget: int | None) -> None:
    source.job = replace(source.job, source=replace(source.job.source, revisits=budget))


def crawled(source: ComposedSource, budget: int | None = 0) -> ComposedSource:
    """Return a source whose letters were read, an hour ago each."""
    with_revisits(source, budget)
    source.crawl({url_of(number): page_of(number) for number in NUMBERS})
    source.clock.at += timedelta(hours=1)
    return source


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    nights=st.lists(NIGHT, max_size=4),
    listed=st.sets(st.sampled_from(NUMBERS)),
    title=st.sampled_from(["", "", "（更新）"]),
    budget=st.none() | st.integers(0, 3),
)
def test_a_plan_is_what_all_that_is_on_record_asks_for(
    source: ComposedSource,
    nights: list[dict[str, object]],
    listed: set[str],
    title: str,
    budget: int | None,
) -> None:
    source.job = replace(source.job, source=replace(source.job.source, name=unused(source)))
    with_revisits(source, budget)
    for night in nights:
        live(source, night)
    rows = rows_of(sorted(listed), title)
    before = Recorder(source.archive, source.job, source.clock).known_addresses()
    changed = {
        row.key
        for row in rows
        for each in before
        if each.key == row.key and (each.listed_title, each.listed_on) != (row.title, None)
    }
    planned = plan(source, rows)
    keys = {row.key for row in rows}
    with source.archive.reading() as connection:
        known = known_addresses(connection, source.job.source.name)
        first, due, calm = expected(known, keys, changed)
        order = by_urgency(connection, source.job.source.name, calm, source.clock.at)
        swept = [] if budget is None else swept_first(connection, source, calm)
    assert [each.id for each in planned.first] == first
    assert [each.id for each in planned.others] == due
    assert list(planned.revisits) == [
        *swept,
        *[each for each in order if each not in swept][:budget],
    ]


def unused(source: ComposedSource) -> str:
    """Return a name that no source of the archive has: an example begins without a past."""
    return f"s{source.clock().timestamp():.0f}"  # its clock is never set back


def live(source: ComposedSource, night: dict[str, object]) -> None:
    """Crawl a directory that lists some letters, whose pages answer as `night` says."""
    pages = {"same": page_of, "edited": lambda number: page_of(number).replace("800", "900")}
    answers = {
        url_of(number): pages[said](number) if said in pages else said
        for number, said in sorted(night["answers"].items())  # type: ignore[attr-defined]
    }
    urls = tuple(answers) if night["asked"] else ()
    listed = [url_of(number) for number in sorted(night["listed"])]  # type: ignore[call-overload]
    source.crawl(answers, listed, whole=bool(night["whole"]), urls=urls)
    source.clock.at += timedelta(days=int(str(night["days"])))


def expected(
    known: list[KnownAddress], listed: set[str], changed: set[str]
) -> tuple[list[int], list[int], list[int]]:
    """Return what is visited first, what is due and what is calm, by each address on record."""
    first, due, calm = [], [], []
    for each in known:
        if each.letter_id is None:
            asked = each.first_listed_at is None and each.outcome is VisitOutcome.BROKEN
            if each.key in listed or asked:
                due.append(each.id)
        elif each.key not in listed and each.status is not Status.WITHDRAWN:
            first.append(each.id)
        elif (
            each.key in changed
            or each.status is not Status.PUBLISHED
            or each.outcome is not VisitOutcome.LETTER
            or each.has_open_files
        ):
            due.append(each.id)
        else:
            calm.append(each.letter_id)
    return first, due, calm


def by_urgency(
    connection: Connection, source: str, calm: list[int], now: datetime
) -> dict[int, float]:
    """Return the urgency of calm letters by their addresses, the greatest first."""
    urgencies = {}
    rates = learned_rates(history_of(connection, source))
    for row in connection.execute(select(letters).where(letters.c.id.in_(calm))):
        edited = changes.c.letter_id == row.id, changes.c.kind == "edited"
        edits = connection.execute(select(func.count()).where(*edited)).scalar_one()
        rate = rates.rate(row.first_seen, row.listed_on, edits, now)
        waited = floor(now.timestamp()) - floor(row.last_seen.timestamp())
        urgencies[row.address_id] = rate * waited * waited
    return dict(sorted(urgencies.items(), key=lambda each: (-each[1], each[0])))


def swept_first(connection: Connection, source: ComposedSource, calm: list[int]) -> list[int]:
    """Return the addresses of the calm letters that wait longest, as many as keep the pace."""
    name, now = source.job.source.name, source.clock.at
    whole = crawls.c.source == name, crawls.c.mode != "urls"
    began = select(crawls.c.started_at).where(*whole).order_by(crawls.c.id.desc())
    published = letters.c.source == name, letters.c.status == "published"
    rows = connection.execute(select(letters).where(*published)).all()
    pace, share = sweep_pace(WEEK, list(connection.execute(began).scalars())), len(rows)
    if pace is not None:
        within = [sum(now - row.last_seen < age for row in rows) for age in pace.ages]
        share = pace.share(len(rows), within)
    waiting = sorted((row.last_seen, row.address_id) for row in rows if row.id in calm)
    return [each for _, each in waiting][:share]


def test_new_letters_come_before_old_ones(source: ComposedSource) -> None:
    crawled(source, budget=1)
    assert others(source, plan(source, rows_of([*NUMBERS, "0009"]))) == ["0009", "0001"]


def test_a_budget_bounds_only_visits_for_quiet_edits(source: ComposedSource) -> None:
    assert others(source, plan(crawled(source), rows_of(NUMBERS))) == []
    with_revisits(source, 3)
    assert len(others(source, plan(source, rows_of(NUMBERS)))) == 3
    with_revisits(source, 0)
    assert others(source, plan(source, rows_of(NUMBERS), full=True)) == list(NUMBERS)
    assert others(source, plan(source, rows_of(NUMBERS, "（更新）"))) == list(NUMBERS), (
        "other titles"
    )


def test_a_letter_that_is_not_listed_is_visited_first_whatever_the_budget(
    source: ComposedSource,
) -> None:
    planned = plan(crawled(source), rows_of(NUMBERS[1:]))
    assert ([each.url[-9:-5] for each in planned.first], others(source, planned)) == (["0001"], [])


def test_a_letter_that_is_edited_again_and_again_is_visited_sooner(source: ComposedSource) -> None:
    crawled(source, budget=1)
    answers = {url_of(number): page_of(number) for number in NUMBERS}
    for night in range(5):
        edited = page_of("0003").replace("800", f"{night + 1}00")
        source.crawl(answers | {url_of("0003"): edited})
        source.clock.at += timedelta(days=1)
    assert others(source, plan(source, rows_of(NUMBERS))) == ["0003"]


def test_each_crawl_visits_its_share_of_those_that_wait_longest(source: ComposedSource) -> None:
    crawled(source)
    answers = {url_of(number): page_of(number) for number in NUMBERS}
    visited = []
    for _ in range(6):
        source.clock.at += timedelta(days=1)
        planned = others(source, plan(source, rows_of(NUMBERS)))
        source.crawl({url_of(each): answers[url_of(each)] for each in planned}, answers)
        visited += planned
    assert visited[:4] == list(NUMBERS)


def test_a_crawl_of_all_letters_is_of_all_whatever_was_visited(source: ComposedSource) -> None:
    crawled(source)
    assert sorted(others(source, plan(source, rows_of(NUMBERS), full=True))) == list(NUMBERS)
