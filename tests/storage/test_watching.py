from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from fuhan.archive_audit import audit
from letters.watching import WatchAct, decided_sources
from storage import queries
from storage.audit.damage import Damage
from storage.database.archive import Archive
from storage.database.process_lock import ProcessLock, is_locked
from storage.facts.service_record import (
    ServiceRecord,
    service_record,
    set_service_record,
)
from storage.facts.watch_decisions import (
    SourceKnownError,
    add_source,
    pause_source,
    resume_source,
)
from storage.schema.tables import watch_decisions

AT = datetime(2026, 11, 28, 20, tzinfo=UTC)
CITY = {"name": "city", "agency": "某市", "kind": "proposal", "listing": "http://127.0.0.1:9/"}


def test_what_was_decided_last_is_in_force(archive: Archive) -> None:
    with archive.writing() as connection:
        assert queries.watch_revision(connection) == 0
        added = add_source(connection, CITY, "lin", AT)
        paused = pause_source(connection, "city", "chen", AT + timedelta(hours=1))
        pause_source(connection, "town", "chen", AT)
        resume_source(connection, "town", "lin", AT)
    with archive.reading() as connection:
        decisions = queries.watch_decisions(connection)
        assert queries.watch_revision(connection) == decisions[-1].id
    found = decided_sources(decisions)
    assert (found["city"].added, found["city"].paused) == (added, paused)
    assert found["town"].paused is None
    assert added.entry == CITY


def test_a_name_is_added_once(archive: Archive) -> None:
    with archive.writing() as connection:
        add_source(connection, CITY, "lin", AT)
    with pytest.raises(SourceKnownError, match="city"), archive.writing() as connection:
        add_source(connection, CITY, "chen", AT)


def test_what_is_decided_already_is_not_decided_again(archive: Archive) -> None:
    with archive.writing() as connection:
        assert resume_source(connection, "city", "lin", AT) is None
        assert pause_source(connection, "city", "lin", AT)
        assert pause_source(connection, "city", "chen", AT) is None
        assert len(queries.watch_decisions(connection)) == 1


def test_decisions_are_sealed_by_the_ledger(archive: Archive) -> None:
    with archive.writing() as connection:
        add_source(connection, CITY, "lin", AT)
        pause_source(connection, "city", "lin", AT)
    assert audit(archive).damages == []
    with archive.writing() as connection:
        of_pause = watch_decisions.c.act == WatchAct.PAUSE.value
        connection.execute(update(watch_decisions).where(of_pause).values(who="nobody"))
    assert audit(archive).damages == [Damage("watch decision 2", "it was altered")]


def test_what_the_service_goes_by_is_recorded(archive: Archive) -> None:
    record = ServiceRecord(AT, AT, "d1", {"city": "every 6:00:00"})
    with archive.writing() as connection:
        assert service_record(connection) is None
        set_service_record(connection, record)
        assert service_record(connection) == record
        later = replace(record, read_at=AT + timedelta(hours=1), watched={})
        set_service_record(connection, later)
        assert service_record(connection) == later


def test_a_right_is_one_process_s_until_it_gives_it_back(archive: Archive) -> None:
    lock, other = (ProcessLock(archive.url, "service") for _ in range(2))
    assert not is_locked(archive, "service")
    assert lock.take()
    assert is_locked(archive, "service")
    assert not other.take()
    assert not is_locked(archive, "alerts")
    lock.release()
    assert not is_locked(archive, "service")
