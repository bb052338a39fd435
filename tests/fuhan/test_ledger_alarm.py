"""What `fuhan verify` finds is an alarm, and ends as it finds nothing; with a service or without."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from fuhan.config.load import load_config
from fuhan.config.sections import Config
from fuhan.ledger_alarm import record_check
from storage.alarms.alarm_history import open_alarms
from storage.audit import Damage
from storage.database.archive import Archive, open_archive
from storage.outbox.notices import sendable

HURT = Damage("version 7", "its words are not those of its digest")
CONFIG = """
sources: [{name: city, agency: 某市, kind: proposal, listing: 'http://127.0.0.1:9/'}]
notify: [{name: desk, url: 'json://127.0.0.1:9'}]
"""


@pytest.fixture
def config(folder: Path) -> Config:
    (folder / "config.yaml").write_text(CONFIG, "utf-8")
    return load_config(folder / "config.yaml", {})


@pytest.fixture
def archive(config: Config) -> Iterator[Archive]:
    with closing(open_archive(config.database, create=True)) as opened:
        yield opened


def test_what_is_found_is_an_alarm_that_is_sent_once_and_so_is_its_end(
    config: Config, archive: Archive
) -> None:
    for damages in ([HURT], [HURT], []):
        record_check(config, archive, damages)
        with archive.reading() as connection:
            reasons = [alarm.reason for alarm in open_alarms(connection)]
            sent = ["until" in (each.about or {}) for each in sendable(connection, "desk", ())]
        assert reasons == ["damage was found: version 7"] * len(damages)
    assert sent == [False, True]


def test_an_archive_that_is_well_is_not_written(config: Config, archive: Archive) -> None:
    before = archive.write_mark()
    record_check(config, archive, [])
    assert archive.write_mark() == before


def test_a_check_whose_alarm_can_not_be_recorded_ends_as_any_other(
    config: Config, archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    with archive.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE alarm_history RENAME TO hidden")
    with caplog.at_level("DEBUG", "fuhan.ledger_alarm"):
        record_check(config, archive, [HURT])
    assert caplog.messages[0].startswith("the alarm can't be recorded: ")


@pytest.mark.usefixtures("held")
def test_who_verifies_by_hand_sees_the_alarm_in_the_status(fuhan: Any) -> None:
    """Of what is held there no ledger knows."""
    assert fuhan("verify").code == 4
    told = fuhan("status", "--format", "jsonl")
    assert (told.code, "ledger broken since " in told.err) == (1, True)
    assert "damage was found: " in told.err
