"""An answer that is kept is what would be made anew, whoever wrote since, and takes bounded room."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, event
from starlette.testclient import TestClient

from letters.alarm import Alarm, AlarmKind
from letters.review import Decision, ReviewState
from review.app import create_app
from review.kept_answers import KeptAnswers, MadeAnswer, made_answer
from review.settings import ReviewSettings
from storage import queries
from storage.alarms.alarm_history import alarms_turn, record_alarms
from storage.database.archive import Archive, open_archive
from storage.derived.held_changes import set_held
from storage.facts.drift_alarms import PERSON, clear_alarm, raise_alarm
from storage.facts.reviews import add_review
from tests.archive_copy import archive_url, copy_archive
from tests.review.conftest import SOURCE, ZONE, ServiceBeside
from tests.storage.test_page_plans import Asked

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
PATHS = (
    *("/", "/?lang=en", "/metrics", "/feed.atom", "/feed.atom?source=demo&lang=en"),
    *("/api/letters?limit=3", "/api/changes?limit=9", "/api/changes?state=open&since=2000d"),
)
RENAME = "UPDATE letters SET title = '{}' WHERE id = (SELECT min(letter_id) FROM changes)"


@pytest.fixture(scope="module")
def file(two_nights: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("kept") / "fuhan.db"
    copy_archive(two_nights / "fuhan.db", copy)
    return copy


@pytest.fixture(scope="module")
def read(file: Path) -> Iterator[Archive]:
    with closing(open_archive(archive_url(file), create=False)) as opened:
        yield opened


@pytest.fixture(scope="module")
def written(file: Path) -> Iterator[Archive]:
    """Yield the same archive as another process has it."""
    with closing(open_archive(archive_url(file), create=False)) as opened:
        yield opened


def newest(connection: Connection) -> int:
    return next(each.id for each in queries.changes(connection, queries.ChangeFilter()))


def decide(connection: Connection, state: ReviewState) -> None:
    add_review(connection, newest(connection), Decision(state, None), "editor", NOW)


def alarm(connection: Connection) -> None:
    if (known := queries.open_drift_alarm(connection, "demo")) is not None:
        clear_alarm(connection, known, PERSON, NOW)
    else:
        raise_alarm(connection, "demo", 1, NOW, ("title missing", "12 of 12 letters"))


def disk(connection: Connection) -> None:
    stands = not queries.open_alarms(connection)
    now = [Alarm(AlarmKind.DISK, "1 GiB left", NOW)] if stands else []
    turn = alarms_turn(queries.open_alarms(connection), now, [*AlarmKind], NOW)
    record_alarms(connection, turn)


WRITES: dict[str, Callable[[Connection], Any]] = {
    "nothing": lambda _: None,
    "accepted": lambda connection: decide(connection, ReviewState.ACCEPTED),
    "dismissed": lambda connection: decide(connection, ReviewState.DISMISSED),
    "held": lambda connection: set_held(connection, [newest(connection)], held=True),
    "released": lambda connection: set_held(connection, [newest(connection)], held=False),
    "alarm": alarm,
    "disk": disk,
    "renamed": lambda connection: connection.exec_driver_sql(RENAME.format("甲")),
    "renamed again": lambda connection: connection.exec_driver_sql(RENAME.format("乙")),
}


def visitor(archive: Archive, service: ServiceBeside) -> TestClient:
    shown = ReviewSettings(sources=(SOURCE,), timezone=ZONE)
    return TestClient(create_app(archive, shown, service), base_url="http://127.0.0.1:8321")


def answers(browser: TestClient) -> list[tuple[str, dict[str, str]]]:
    got = []
    for path in ("/healthz", *PATHS):
        browser.cookies.clear()  # one keeps a language
        got.append(browser.get(path))
    return [(each.text, dict(each.headers)) for each in got]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*WRITES]),
            st.booleans(),
            st.sampled_from([None, "ill"]),
            st.booleans(),
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=8, deadline=None)
def test_the_next_answer_shows_what_anybody_wrote(
    read: Archive, written: Archive, steps: list[tuple[str, bool, str | None, bool]]
) -> None:
    service = ServiceBeside()
    keeping = visitor(read, service)
    for write, is_here, service.reason, is_planned in steps:
        service.runs = {"demo": NOW} if is_planned else {}
        with (read if is_here else written).writing() as connection:
            WRITES[write](connection)
        assert answers(keeping) == answers(visitor(read, service)), write


def test_an_answer_is_made_once_until_something_is_written_or_its_inputs_differ(
    read: Archive, written: Archive
) -> None:
    kept, made = KeptAnswers(read), []

    def make() -> MadeAnswer:
        made.append(len(made))
        return made_answer(b"%d" % len(made))

    def get(inputs: str) -> bytes:
        return kept.get("page", inputs, make).body

    assert [get("a"), get("a"), get("b"), get("b")] == [b"1", b"1", b"2", b"2"]
    with written.writing() as connection:
        connection.exec_driver_sql(RENAME.format("丙"))
    assert [get("b"), get("b")] == [b"3", b"3"]


def test_what_is_written_while_an_answer_is_made_is_in_the_next_one(
    read: Archive, written: Archive
) -> None:
    kept = KeptAnswers(read)

    def make_beside_a_writer() -> MadeAnswer:
        with read.reading() as connection:
            seen = connection.exec_driver_sql("SELECT count(*) FROM reviews").scalar_one()
        with written.writing() as connection:
            decide(connection, ReviewState.ACCEPTED)
        return made_answer(b"%d" % seen)

    first = kept.get("page", None, make_beside_a_writer).body
    assert int(kept.get("page", None, make_beside_a_writer).body) == int(first) + 1


def test_the_answers_asked_for_last_are_kept_and_no_more_than_there_is_room_for(
    read: Archive,
) -> None:
    kept, asked = KeptAnswers(read, most_bytes=250), []

    def get(key: str) -> None:
        kept.get(key, None, lambda: (asked.append(key), MadeAnswer(b"x" * 100, b""))[1])

    for key in "abacab":
        get(key)
    assert "".join(asked) == "abcb"  # c took the place of b, which was not asked for since


def words(header: str) -> set[str]:
    return {*header.split(", ")}


def test_who_takes_gzip_gets_the_same_words_packed(read: Archive) -> None:
    browser = visitor(read, ServiceBeside())
    for path in PATHS:
        with browser.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as packed:
            assert packed.headers["content-encoding"] == "gzip"
            text = gzip.decompress(b"".join(packed.iter_raw())).decode()
        plain = browser.get(path, headers={"Accept-Encoding": "identity"})
        assert plain.text == text
        assert "content-encoding" not in plain.headers
        assert words(plain.headers["vary"]) == words(packed.headers["vary"])
        assert plain.headers.get("etag") == packed.headers.get("etag")


@pytest.mark.sqlite("a server numbers transactions of other archives, too")
def test_who_asks_whether_all_is_well_is_answered_without_a_query_until_something_is_written(
    read: Archive, written: Archive
) -> None:
    browser, asked = visitor(read, ServiceBeside()), Asked()
    before = browser.get("/healthz").text
    event.listen(Engine, "before_cursor_execute", asked.hear)
    try:
        assert browser.get("/healthz").text == before
        assert asked.queries == []
        with written.writing() as connection:
            disk(connection)
        asked.queries.clear()
        assert browser.get("/healthz").text != before
        assert len(asked.queries) == 1
    finally:
        event.remove(Engine, "before_cursor_execute", asked.hear)
