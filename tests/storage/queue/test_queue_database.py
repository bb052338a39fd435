"""The queue's tables are made where they are missing or outdated, beside whatever else is there."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from procrastinate.schema import SchemaManager
from sqlalchemy import make_url

from storage.database.process_lock import QUEUE, ProcessLock
from storage.queue.archive_state import archive_state
from storage.queue.attempts import begin_attempt
from storage.queue.queue_database import (
    QueueDatabase,
    QueueError,
    QueueOwner,
    digest,
    libpq_url,
)
from storage.queue.queue_state import QueueState, read_state
from storage.queue.tables import FORMAT
from storage.queue.workers import add_worker
from tests.postgres_server import new_database, sessions_ending_late

LIBRARY = SchemaManager.get_schema()
OWNER = QueueOwner("0.1.0", "0012", "1/5", digest(LIBRARY))


@pytest.fixture
def queue(postgres: str) -> Iterator[QueueDatabase]:
    with new_database(postgres) as url, closing(QueueDatabase(url)) as made:
        yield made


def workers(queue: QueueDatabase) -> list[str]:
    return [each.name for each in state(queue).workers]


def state(queue: QueueDatabase) -> QueueState:
    with queue.transaction() as connection:
        return read_state(connection, lively=60)


def add(queue: QueueDatabase, name: str) -> None:
    with queue.transaction() as connection:
        add_worker(connection, name, "0.1.0")


def test_a_queue_that_nobody_made_has_no_owner(queue: QueueDatabase) -> None:
    assert queue.owner() is None


def test_a_queue_is_made_empty_beside_what_else_is_in_the_database(queue: QueueDatabase) -> None:
    with queue.transaction() as connection:
        connection.exec_driver_sql("CREATE TABLE public.others (id integer)")
    queue.prepare(OWNER, LIBRARY)
    assert queue.owner() == OWNER
    assert state(queue) == QueueState(0, None, ())
    with queue.transaction() as connection:
        connection.exec_driver_sql("SELECT id FROM public.others")


def test_the_next_service_keeps_the_tables_and_names_itself(queue: QueueDatabase) -> None:
    queue.prepare(OWNER, LIBRARY)
    add(queue, "one")
    queue.prepare(replace(OWNER, version="0.2.0"), LIBRARY)
    assert queue.owner() == replace(OWNER, version="0.2.0")
    assert workers(queue) == ["one"]


@pytest.mark.parametrize(
    "before",
    [
        pytest.param({"library": "another"}, id="another version of Procrastinate"),
        pytest.param({"format": FORMAT - 1}, id="an older fuhan"),
    ],
)
def test_tables_of_before_are_made_anew(queue: QueueDatabase, before: dict[str, object]) -> None:
    queue.prepare(replace(OWNER, **before), LIBRARY)  # type: ignore[arg-type]
    add(queue, "one")
    queue.prepare(OWNER, LIBRARY)
    assert queue.owner() == OWNER
    assert workers(queue) == []


def test_tables_of_a_newer_fuhan_are_refused_and_stay(queue: QueueDatabase) -> None:
    newer = replace(OWNER, format=FORMAT + 1, version="9.0")
    queue.prepare(newer, LIBRARY)
    add(queue, "one")
    with pytest.raises(QueueError, match=r"was made by a newer fuhan \(9\.0\)"):
        queue.prepare(OWNER, LIBRARY)
    assert queue.owner() == newer
    assert workers(queue) == ["one"]


def test_one_service_at_a_time_fills_the_queue(queue: QueueDatabase) -> None:
    first, second = ProcessLock(queue.url, QUEUE), ProcessLock(queue.url, QUEUE)
    assert first.take()
    assert first.take()  # still
    assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_what_a_service_gives_back_is_free_before_its_session_has_ended(
    queue: QueueDatabase,
) -> None:
    first, second = ProcessLock(queue.url, QUEUE), ProcessLock(queue.url, QUEUE)
    with sessions_ending_late():
        assert first.take()
        first.release()
        assert second.take()
        second.release()


def test_a_worker_not_heard_of_for_long_is_left_out(queue: QueueDatabase) -> None:
    queue.prepare(OWNER, LIBRARY)
    add(queue, "one")
    with queue.transaction() as connection:
        connection.exec_driver_sql("UPDATE workers SET seen_at = now() - interval '61 seconds'")
    assert workers(queue) == []


def test_a_crawl_whose_worker_was_lost_waits(queue: QueueDatabase) -> None:
    queue.prepare(OWNER, LIBRARY)
    with queue.transaction() as connection:
        worker = add_worker(connection, "one", "0.1.0")
        job = connection.exec_driver_sql(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, queueing_lock)"
            " VALUES ('crawls', 'crawl', 'doing', 'city') RETURNING id"
        ).scalar_one()
        begin_attempt(connection, job, worker)
    assert (state(queue).waiting, state(queue).running) == (0, 1)
    with queue.transaction() as connection:
        connection.exec_driver_sql("UPDATE workers SET seen_at = now() - interval '61 seconds'")
    assert (state(queue).waiting, state(queue).running) == (1, 0)


def test_two_databases_of_a_server_are_two_archives(postgres: str) -> None:
    with new_database(postgres) as one, new_database(postgres) as other:
        assert archive_state(one) == archive_state(one)
        assert archive_state(one).identity != archive_state(other).identity
        assert archive_state(one).schema is None


def test_a_session_gives_up_a_server_that_confirms_nothing(postgres: str) -> None:
    with new_database(postgres) as url:
        said = make_url(url).update_query_dict({"tcp_user_timeout": "5000"})
        hasty = said.render_as_string(hide_password=False)
        assert waits_of_engine(url) == waits_of_libpq(url) == ("25000", "10", "3")
        assert waits_of_engine(hasty) == waits_of_libpq(hasty) == ("5000", "10", "3")


def waits_of_engine(url: str) -> tuple[str, ...]:
    with closing(QueueDatabase(url)) as queue, queue.transaction() as connection:
        return waits(connection.connection.driver_connection)


def waits_of_libpq(url: str) -> tuple[str, ...]:
    with psycopg.connect(libpq_url(url)) as session:
        return waits(session)


def waits(session: Any) -> tuple[str, ...]:
    """Return milliseconds for what was sent, seconds until it is asked for life, how often."""
    given = session.info.get_parameters()
    return given["tcp_user_timeout"], given["keepalives_idle"], given["keepalives_count"]
