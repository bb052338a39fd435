"""What becomes of statements whose connection breaks before, while, and after they are written."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

from scheduler.queue import retrying_job_manager
from scheduler.queue.retrying_job_manager import RetryingJobManager

BROKEN, NOT_FOUND, WRITTEN = psycopg.OperationalError(), psycopg.errors.RaiseException(), None
SERVER_TIME = datetime(2001, 1, 1, tzinfo=UTC)  # whose clock is far behind ours
JOB = Job(id=7, queue="q", lock=None, queueing_lock="city", task_name="crawl", attempts=1)
ROW = JOB.asdict() | {"args": {}, "queue_name": "q"}


class Connector:
    """A connector of which each statement ends as is said."""

    def __init__(self, *ends: Exception | None) -> None:
        self._ends: Iterator[Exception | None] = iter(ends)
        self.count = 0
        self.values: dict[str, Any] = {}  # of the last statement
        self.given_out: list[dict[str, Any]] = []

    async def execute_query_async(self, query: str, **values: Any) -> dict[str, Any]:
        if query == "SELECT now() AS at":
            return {"at": SERVER_TIME}
        self.count += 1
        self.values = values
        if cause := next(self._ends):
            raise cause if isinstance(cause, ConnectorException) else ConnectorException from cause
        return {}

    execute_query_one_async = execute_query_async

    async def execute_query_all_async(self, _query: str, **values: Any) -> list[dict[str, Any]]:
        """Return what this worker is said to run and is not said to have in hand."""
        said = [row for row in self.given_out if row["id"] not in values["in_hand"]]
        self.given_out = []  # it ends meanwhile
        return said


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying_job_manager, "_WAITS", (0.0, 0.0, 0.0))


def manager(connector: Connector) -> RetryingJobManager:
    return RetryingJobManager(connector)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ends", "count"),
    [
        pytest.param((WRITTEN,), 1, id="written"),
        pytest.param((BROKEN, BROKEN, WRITTEN), 3, id="written at last"),
        pytest.param((BROKEN, NOT_FOUND), 2, id="written as the connection broke"),
    ],
)
def test_a_job_is_ended_or_put_back_once(ends: tuple[Exception | None, ...], count: int) -> None:
    connector = Connector(*ends)
    asyncio.run(manager(connector).finish_job(JOB, Status.SUCCEEDED, delete_job=True))
    assert connector.count == count
    again = Connector(*ends)
    asyncio.run(manager(again).retry_job(JOB))
    assert again.count == count


@pytest.mark.parametrize("seconds", [None, 0, 60])
def test_a_job_waits_by_the_clock_that_gives_it_out(seconds: int | None) -> None:
    connector = Connector(WRITTEN)
    at = None if seconds is None else datetime.now(UTC) + timedelta(seconds=seconds)
    asyncio.run(manager(connector).retry_job(JOB, at))
    late = SERVER_TIME + timedelta(seconds=seconds or 0) - connector.values["retry_at"]
    assert timedelta(0) <= late < timedelta(minutes=1)


@pytest.mark.parametrize(
    "ends",
    [
        pytest.param((BROKEN,) * 3, id="no connection for long"),
        pytest.param((NOT_FOUND,), id="a job that is not there"),
        pytest.param((psycopg.errors.UndefinedTable(),), id="a table that is not there"),
    ],
)
def test_a_job_that_can_not_be_ended_is_an_error(ends: tuple[Exception, ...]) -> None:
    with pytest.raises(ConnectorException):
        asyncio.run(manager(Connector(*ends)).finish_job(JOB, Status.FAILED, delete_job=True))


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(BROKEN, id="the connection breaks"),
        pytest.param(
            UniqueViolation(constraint_name="", queueing_lock=None), id="its host is busy"
        ),
        pytest.param(psycopg.errors.ForeignKeyViolation(), id="the worker was taken for lost"),
    ],
)
def test_a_worker_that_can_be_given_no_job_just_now_goes_on(end: Exception) -> None:
    assert asyncio.run(manager(Connector(end)).fetch_job(["q"], 1)) is None


def test_a_broken_connection_misses_a_beat() -> None:
    connector = Connector(BROKEN)
    asyncio.run(manager(connector).update_heartbeat(1))
    assert connector.count == 1


def test_another_failure_of_a_statement_is_not_passed_over() -> None:
    gone = psycopg.errors.UndefinedTable()
    with pytest.raises(ConnectorException):
        asyncio.run(manager(Connector(gone)).fetch_job(["q"], 1))
    with pytest.raises(ConnectorException):
        asyncio.run(manager(Connector(gone)).update_heartbeat(1))


def test_what_is_not_in_hand_is_put_back() -> None:
    connector = Connector(WRITTEN, WRITTEN)
    connector.given_out = [ROW]
    asyncio.run(manager(connector).update_heartbeat(1))
    assert (connector.count, connector.values["job_id"]) == (2, 7)


def test_what_has_ended_as_it_is_to_be_put_back_misses_no_beat() -> None:
    connector = Connector(WRITTEN, NOT_FOUND)
    connector.given_out = [ROW]
    asyncio.run(manager(connector).update_heartbeat(1))
    assert connector.count == 2
