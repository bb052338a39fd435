"""What is wrong with a source, and what is no alarm though it looks like one."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from letters.crawl_record import CrawlOutcome
from letters.listed_days import listed_days
from scheduler.alarms.facts import ClockJump, Facts
from scheduler.alarms.source_conditions import source_alarms
from scheduler.cron import read_cron
from scheduler.due import Schedule
from storage.alarms.held_records import HeldRecord
from storage.alarms.source_records import SourceRecord
from storage.queries import DriftAlarm
from tests.scheduler.alarms.facts_of import (
    HOUR,
    NOW,
    facts,
    failed,
    kinds,
    read,
    record,
    scheduled,
)

CUT_OFF = SourceRecord(
    "city",
    7,
    NOW - HOUR,
    succeeded_at=NOW - 60 * HOUR,
    begun=3,
    begun_since=NOW - 50 * HOUR,
)
WEEKDAYS = Schedule(6 * HOUR, read_cron("0 9 * * 1-5"), ZoneInfo("Asia/Shanghai"))
SEASONS = tuple(date(year, month, 15) for year in range(2022, 2027) for month in (5, 6, 7, 8))


@pytest.mark.parametrize(
    ("known", "alarms"),
    [
        pytest.param(facts(record()), [], id="crawled an hour ago"),
        pytest.param(facts(record(ago=7)), [], id="late, and its next time is not yet"),
        pytest.param(facts(record(ago=13)), ["overdue city"], id="two times were missed"),
        pytest.param(
            facts(record(ago=34), sources={"city": scheduled("city", schedule=WEEKDAYS)}),
            [],
            id="crawled on weekdays, and it is Saturday",
        ),
        pytest.param(Facts(NOW, {"city": scheduled("city")}), [], id="never crawled"),
        pytest.param(
            Facts(NOW, {"city": scheduled("city")}, serving_since=NOW - 13 * HOUR),
            ["overdue city"],
            id="never crawled by a service that runs for two intervals",
        ),
        pytest.param(
            facts(record(ago=700), serving_since=NOW - HOUR),
            [],
            id="the service was stopped for a month, and makes up for it",
        ),
        pytest.param(
            facts(record(ago=13), serving_since=NOW - 99 * HOUR, jump=ClockJump(NOW, 40_000)),
            [],
            id="the machine slept",
        ),
        pytest.param(
            facts(record(ago=13), serving_since=NOW - 99 * HOUR, planned_since={"city": NOW}),
            [],
            id="it was resumed just now",
        ),
        pytest.param(
            facts(
                record(ago=13),
                failed("town", [12, 1], "timed out"),
                sources={name: scheduled(name) for name in ("city", "town")},
            ),
            ["unreachable town"],
            id="its host does not answer, which another source knows",
        ),
        pytest.param(facts(record(ago=-5)), [], id="the clock was set back"),
        pytest.param(facts(CUT_OFF), ["overdue city"], id="three crawls in a row were cut off"),
        pytest.param(
            facts(CUT_OFF, going_on=frozenset((7,))), [], id="two were cut off, one goes on"
        ),
        pytest.param(
            facts(replace(CUT_OFF, succeeded_at=NOW - 5 * HOUR)),
            [],
            id="three were cut off within one interval",
        ),
    ],
)
def test_a_source_is_overdue_when_crawls_do_not_begin_or_never_end(
    known: Facts, alarms: list[str]
) -> None:
    assert kinds(list(source_alarms(known))) == alarms


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        pytest.param("timed out", "unreachable", id="no answer in time"),
        pytest.param("host not found", "unreachable", id="no such name"),
        pytest.param("connection refused", "unreachable", id="nobody listens"),
        pytest.param(
            "robots.txt: connection refused: disallowed for now (RFC 9309)",
            "unreachable",
            id="nobody listens, as robots.txt was asked for first",
        ),
        pytest.param("through the proxy: timed out", "unreachable", id="through a proxy"),
        pytest.param(
            "robots.txt answered HTTP 503: disallowed for now (RFC 9309)",
            "unreadable",
            id="an error of the server in place of robots.txt",
        ),
        pytest.param("forbidden by robots.txt", "blocked", id="robots.txt"),
        pytest.param("HTTP 403", "blocked", id="forbidden"),
        pytest.param("HTTP 429", "blocked", id="too many requests"),
        pytest.param(
            "the site asks for a browser challenge (HTTP 412)", "blocked", id="challenge"
        ),
        pytest.param("redirected to http://gov.example/: a login", "blocked", id="a login"),
        pytest.param("HTTP 404", "unreadable", id="moved"),
        pytest.param("HTTP 500", "unreadable", id="an error of the server"),
        pytest.param("title missing", "unreadable", id="another page"),
    ],
)
def test_a_second_crawl_that_fails_is_an_alarm_of_its_reason(reason: str, kind: str) -> None:
    assert list(source_alarms(facts(failed("city", [1], reason)))) == []
    (alarm,) = source_alarms(facts(failed("city", [7, 1], reason)))
    assert (alarm.kind, alarm.reason, alarm.since) == (kind, reason, NOW - 7 * HOUR)


@pytest.mark.parametrize(
    ("records", "hosts"),
    [
        pytest.param(
            [failed("city", [7, 1], "timed out"), record("town", ago=9)],
            ["gov.example"],
            id="nothing of the host was read since",
        ),
        pytest.param(
            [failed("city", [7, 1], "timed out"), record("town", ago=2)],
            [None],
            id="another source of the host was read since",
        ),
        pytest.param(
            [failed("city", [7, 1], "timed out"), failed("town", [3, 2], "timed out")],
            ["gov.example", "gov.example"],
            id="all of them fail",
        ),
        pytest.param(
            [failed("city", [7, 1], "HTTP 404"), record("town", ago=9)],
            [None],
            id="it answered, and says nothing of another source",
        ),
        pytest.param(
            [failed("city", [7, 1], "HTTP 500"), failed("town", [3, 2], "HTTP 500")],
            ["gov.example", "gov.example"],
            id="it answers all of them alike",
        ),
    ],
)
def test_an_outage_is_one_of_the_host_where_none_of_its_sources_is_read(
    records: list[SourceRecord], hosts: list[str | None]
) -> None:
    assert [alarm.host for alarm in source_alarms(facts(*records))] == hosts


def test_a_host_says_nothing_of_another() -> None:
    sources = {"city": scheduled("city"), "town": scheduled("town", "town.example")}
    known = facts(failed("city", [7, 1], "timed out"), record("town", ago=13), sources=sources)
    assert kinds(list(source_alarms(known))) == ["unreachable city", "overdue town"]


@pytest.mark.parametrize(
    ("reason", "alarms"),
    [
        pytest.param("timed out", ["unreachable city"], id="waits for a host without an answer"),
        pytest.param("HTTP 404", ["unreadable city", "overdue town"], id="waits for no other"),
    ],
)
def test_a_source_that_waits_for_its_host_is_not_overdue(reason: str, alarms: list[str]) -> None:
    known = facts(failed("city", [7, 1], reason), record("town", ago=13))
    assert kinds(list(source_alarms(known))) == alarms


def test_a_source_that_is_watched_no_more_has_no_alarm() -> None:
    assert list(source_alarms(facts(failed("city", [7, 1], "timed out"), sources={}))) == []


def test_drift_and_held_changes_stand_since_they_were_seen() -> None:
    drift = DriftAlarm(1, "city", 6, NOW - HOUR, "without title", "9 of 9 pages have no title")
    known = facts(record(), drifts={"city": drift}, held={"city": HeldRecord(40, NOW - 2 * HOUR)})
    drifting, mass = source_alarms(known)
    assert (drifting.kind, drifting.reason, drifting.since) == ("drift", drift.reason, NOW - HOUR)
    assert (mass.kind, mass.since) == ("mass", NOW - 2 * HOUR)
    assert "40 changes are held" in mass.reason


@pytest.mark.parametrize(
    ("crawls", "known", "alarms"),
    [
        pytest.param(
            read(60, 60, 100, 100, 100), {}, ["fewer city"], id="two crawls listed fewer"
        ),
        pytest.param(read(60, 100, 100, 100, 100), {}, [], id="one crawl did"),
        pytest.param(read(100, 60, 100, 100, 100), {}, [], id="the one before did"),
        pytest.param(read(90, 90, 100, 100, 100), {}, [], id="a tenth was taken out"),
        pytest.param(read(4, 4, 8, 8, 8), {}, [], id="too few letters to say"),
        pytest.param(read(60, 60, 100, 100), {}, [], id="too few crawls to say what is usual"),
        pytest.param(
            (*read(60, 60), *read(100, 100, 100, whole=False)), {}, [], id="usual is not known"
        ),
        pytest.param(
            read(60, 60, 60, 60, 60, 100, 100), {}, [], id="the directory is smaller for good"
        ),
        pytest.param(read(0, 0, 0, 0, 0), {}, [], id="an empty directory, as ever"),
        pytest.param(
            read(100, 100, whole=False, fetched=2, errors=40),
            {"refusals": ("body container missing",) * 40},
            ["fewer city"],
            id="most pages could not be read",
        ),
        pytest.param(
            read(100, 100, whole=False, fetched=2, errors=40),
            {"refusals": ("HTTP 403",) * 30 + ("timed out",) * 10},
            ["blocked city"],
            id="the directory is served, and letters are refused",
        ),
        pytest.param(
            read(100, 100, whole=False, fetched=50, errors=40), {}, [], id="most were read"
        ),
        pytest.param(
            read(100, 100, whole=False, fetched=0, errors=3), {}, [], id="a few could not be read"
        ),
    ],
)
def test_fewer_letters_than_usual_are_an_alarm(
    crawls: tuple[Any, ...], known: dict[str, Any], alarms: list[str]
) -> None:
    assert kinds(list(source_alarms(facts(record(read=crawls, **known))))) == alarms


def test_pages_that_are_refused_say_why_and_since_when() -> None:
    crawls = tuple(
        replace(each, started_at=NOW - hours * HOUR)
        for each, hours in zip(read(9, 9, fetched=0, errors=9), (1, 7), strict=True)
    )
    refusals = ("HTTP 403",) * 8 + ("timed out",)
    (alarm,) = source_alarms(facts(record(read=crawls, refusals=refusals)))
    assert alarm.since == NOW - 7 * HOUR
    assert alarm.reason == "most pages that were asked for could not be read: HTTP 403"


def test_a_directory_that_drifts_is_no_second_alarm_of_fewer_letters() -> None:
    drift = DriftAlarm(1, "city", 6, NOW, "listed", "the directory lists 6 letters")
    known = facts(record(read=read(6, 6, 100, 100, 100)), drifts={"city": drift})
    assert kinds(list(source_alarms(known))) == ["drift city"]


def test_nothing_new_for_longer_than_ever_is_an_alarm_while_the_directory_is_read() -> None:
    late = NOW.date() - timedelta(days=400)
    days = tuple(day for day in SEASONS if day < late)
    assert kinds(list(source_alarms(facts(record(listed=listed_days(days)))))) == ["quiet city"]
    assert list(source_alarms(facts(record(listed=listed_days(SEASONS))))) == []
    out = failed("city", [7, 1], "timed out", succeeded=100)
    assert kinds(list(source_alarms(facts(replace(out, listed=listed_days(days)))))) == [
        "unreachable city"
    ]


def test_a_crawl_that_was_cut_off_is_no_failure() -> None:
    cut_off = replace(record(), outcome=None, begun=1, begun_since=NOW - HOUR)
    assert list(source_alarms(facts(cut_off))) == []
    assert cut_off.outcome is not CrawlOutcome.FAILED
