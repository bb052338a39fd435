"""Begins and ends the alarm of the ledger by what `fuhan verify` finds, service or not."""

import logging
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

from fuhan.alert_wiring import alert_plan, now
from fuhan.config.sections import Config
from fuhan.watch_list import known_sources
from letters.alarm import Alarm, AlarmKind
from review.alerts.alarm_notices import AlarmAudience, write_alarm_notices
from scheduler.housekeeping import damage_found
from storage.alarms.alarm_history import alarms_turn, open_alarms, record_alarms
from storage.audit import Damage
from storage.database.archive import Archive, ArchiveError, open_archive
from storage.database.errors import StorageError, reason
from storage.housekeeping.nightly_check import check_state, record_verified

log = logging.getLogger(__name__)


def record_check(config: Config, archive: Archive, damages: Sequence[Damage]) -> None:
    """Record what a check of the whole archive found, where that is news.

    An archive that can't be written, such as a copy on other media, is checked all the same: who
    runs the check sees what it found.
    """
    try:
        if not damages and _is_well(archive):
            return
        audience = alert_plan(_known(config, archive), archive).audience
        with (
            closing(open_archive(config.database, create=False)) as written,
            written.writing() as connection,
        ):
            _record(connection, damages, now(), audience)
    except (ArchiveError, StorageError, OSError) as error:
        log.debug("the alarm can't be recorded: %s", reason(error))


def _known(config: Config, archive: Archive) -> Config:
    """Return `config` with the sources that people added, unless what they decided is damaged."""
    try:
        with archive.reading() as connection:
            return known_sources(config, connection).config
    except (ValueError, StorageError) as error:  # a word, JSON, a moment, a text that is none
        log.debug("sources that were added can't be read: %s", error)
        return config


def _is_well(archive: Archive) -> bool:
    with archive.reading() as connection:
        is_open = any(alarm.kind is AlarmKind.LEDGER for alarm in open_alarms(connection))
        return not (is_open or check_state(connection).damaged)


def _record(
    connection: Any, damages: Sequence[Damage], at: datetime, audience: AlarmAudience
) -> None:
    places = record_verified(connection, damages, at)
    standing = [Alarm(AlarmKind.LEDGER, damage_found(places), at)] if places else []
    turn = alarms_turn(open_alarms(connection), standing, {AlarmKind.LEDGER}, at)
    write_alarm_notices(connection, record_alarms(connection, turn), audience)
