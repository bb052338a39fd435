"""Alarms as people and programs see them: what is wrong, since when, what to do, until when."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from letters.alarm import Alarm, AlarmKind
from letters.alarm_words import ADVICE
from storage.alarms.alarm_history import alarms_turn, open_alarms, record_alarms
from storage.database.archive import Archive
from tests.archive_copy import new_archive

NOON = datetime(2026, 11, 28, 4, tzinfo=UTC)  # in Beijing
HOUR = timedelta(hours=1)
CITY = Alarm(AlarmKind.UNREACHABLE, "timed out", NOON, "demo", host="gov.example")
DISK = Alarm(AlarmKind.DISK, "less than 256 MiB are free where the database is", NOON - HOUR)
DESK, MAIL = (
    Alarm(AlarmKind.ALERTS, "no answer", NOON, subject=each) for each in ("desk", "mail")
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(new_archive(tmp_path / "fuhan.db")) as opened:
        yield opened


@pytest.fixture
def browser(archive: Archive, visitor: Callable[..., TestClient]) -> TestClient:
    return visitor(over=archive)


def judge(archive: Archive, *standing: Alarm, at: datetime = NOON) -> None:
    with archive.writing() as connection:
        turn = alarms_turn(open_alarms(connection), standing, list(AlarmKind), at)
        record_alarms(connection, turn)


def test_health_is_ok_and_says_what_is_degraded_without_a_name(
    archive: Archive, browser: TestClient
) -> None:
    assert browser.get("/healthz").text == "ok\n"
    judge(archive, CITY, DISK, DESK, MAIL)
    answer = browser.get("/healthz")
    assert answer.status_code == 200
    assert answer.text.splitlines() == [
        "ok",
        "degraded: disk (1) since 2026-11-28T03:00:00+00:00",
        "degraded: unreachable (1) since 2026-11-28T04:00:00+00:00",
        "degraded: alerts (2) since 2026-11-28T04:00:00+00:00",
    ]
    judge(archive)
    assert browser.get("/healthz").text == "ok\n"


def test_health_says_what_does_not_work_before_what_is_degraded(
    archive: Archive, visitor: Callable[..., TestClient]
) -> None:
    judge(archive, DISK)
    answer = visitor("the schedule does not run", over=archive).get("/healthz")
    assert (answer.status_code, answer.text) == (503, "the schedule does not run\n")


def test_metrics_count_what_stands_by_kind_and_source(
    archive: Archive, browser: TestClient
) -> None:
    def samples() -> dict[tuple[str, str], float]:
        found = {
            each.name: each
            for each in text_string_to_metric_families(browser.get("/metrics").text)
        }
        return {
            (each.labels["kind"], each.labels["source"]): each.value
            for each in found["fuhan_alarms"].samples
        }

    judge(archive, CITY, DESK, MAIL)
    assert samples() == {("unreachable", "demo"): 1, ("alerts", ""): 2}
    judge(archive)
    assert samples() == {}


def test_the_first_page_says_what_is_wrong_in_either_language(
    archive: Archive, browser: TestClient
) -> None:
    assert 'role="alert"' not in browser.get("/").text
    judge(archive, CITY, DISK)
    shown = browser.get("/?lang=en").text
    assert "<b>demo</b> unreachable since 2026-11-28 12:00: timed out" in shown
    assert "<b>Service</b> disk nearly full since 2026-11-28 11:00" in shown
    assert "<b>demo</b> 无法访问，自 2026-11-28 12:00 起：超时" in browser.get("/?lang=zh").text
    judge(archive)
    assert 'role="alert"' not in browser.get("/").text


def test_the_first_page_shows_some_alarms_and_counts_the_others(
    archive: Archive, browser: TestClient
) -> None:
    judge(archive, *(Alarm(AlarmKind.OVERDUE, "", NOON, f"s{each:02}") for each in range(25)))
    shown = browser.get("/?lang=en").text
    assert shown.count('role="alert"') == 20
    assert "and 5 more alarms" in shown


def test_the_page_of_alarms_says_what_to_do_and_when_each_ended(
    archive: Archive, browser: TestClient
) -> None:
    assert "No alarm stands." in browser.get("/alarms?lang=en").text
    judge(archive, CITY)
    shown = browser.get("/alarms?lang=en").text
    assert ADVICE[AlarmKind.UNREACHABLE] in shown
    assert "as of 2026-11-28 12:00" in shown  # nobody has judged it since
    judge(archive, at=NOON + HOUR)
    shown = browser.get("/alarms?lang=en").text
    assert "No alarm stands." in shown
    assert "2026-11-28 13:00" in shown
    assert "timed out" not in browser.get("/alarms?state=standing").text


def test_alarms_come_in_pages(archive: Archive, browser: TestClient) -> None:
    for hours in range(7):
        judge(archive, DISK, at=NOON + hours * HOUR)
        judge(archive, at=NOON + hours * HOUR)
    found, path = [], "/api/alarms?limit=3"
    while path:
        answer = browser.get(path)
        found += [each["id"] for each in answer.json()]
        path = answer.links.get("next", {}).get("url", "")  # type: ignore[attr-defined]
    assert found == [7, 6, 5, 4, 3, 2, 1]


def test_the_api_tells_programs_the_same(archive: Archive, browser: TestClient) -> None:
    judge(archive, CITY, DISK)
    judge(archive, CITY, at=NOON + HOUR)
    (standing,) = browser.get("/api/alarms?state=standing").json()
    (ended,) = browser.get("/api/alarms?state=ended").json()
    assert (standing["kind"], standing["source"], standing["host"]) == (
        "unreachable",
        "demo",
        "gov.example",
    )
    assert (standing["ended_at"], standing["judged_at"]) == (None, "2026-11-28T05:00:00+00:00")
    assert (ended["kind"], ended["source"]) == ("disk", None)
    assert (ended["since"], ended["ended_at"]) == (
        "2026-11-28T03:00:00+00:00",
        "2026-11-28T05:00:00+00:00",
    )
    assert [each["id"] for each in browser.get("/api/alarms?source=demo").json()] == [
        standing["id"]
    ]
    assert browser.get("/api/alarms?state=over").status_code == 400
