"""Adds, pauses and resumes sources by people's decisions, from the command line or the pages."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from fuhan.config.messages import entry_mistake
from fuhan.config.sections import Config, SourceSection
from fuhan.errors import UnknownError, UsageError
from fuhan.probe.agency import UNKNOWN
from fuhan.watch_list import WatchList, directory, known_sources, read_entry
from letters.watching import WatchDecision
from storage.database.advisory_lock import lock_until_end
from storage.database.archive import Archive
from storage.facts.watch_decisions import (
    SourceKnownError,
    add_source,
    pause_source,
    resume_source,
)


def add_to_archive(
    archive: Archive, config: Config, entry: Mapping[str, Any], who: str, at: datetime
) -> WatchDecision:
    """Record that the source of `entry` is watched beside those of `config`.

    Raises UsageError where it can't be: for a mistake in it, or one that is watched already.
    """
    section = _checked(entry)
    try:
        with archive.writing() as connection:
            lock_until_end(connection, "add a source")  # nobody adds the same directory meanwhile
            _refuse_known(known_sources(config, connection), section)
            return add_source(connection, dict(entry), who, at)
    except SourceKnownError as error:
        raise UsageError(str(error)) from error


def pause(
    archive: Archive, listed: WatchList, name: str, who: str, at: datetime
) -> WatchDecision | None:
    """Record that a source is not crawled from now on; None: it is paused already."""
    _refuse_unknown(listed, name)
    with archive.writing() as connection:
        return pause_source(connection, name, who, at)


def resume(
    archive: Archive, listed: WatchList, name: str, who: str, at: datetime
) -> WatchDecision | None:
    """Record that a source is crawled again; None: it is not paused."""
    _refuse_unknown(listed, name)
    with archive.writing() as connection:
        return resume_source(connection, name, who, at)


def exported(section: SourceSection) -> dict[str, Any]:
    """Return a source as config.yaml has it under `sources`: the keys that were given."""
    written = section.model_dump(exclude_unset=True)
    return {key: _as_written(value) for key, value in written.items()}


def _checked(entry: Mapping[str, Any]) -> SourceSection:
    if entry.get("agency") == UNKNOWN:
        raise UsageError("agency: the pages don't say whose they are: give one")
    try:
        return read_entry(entry)
    except ValidationError as error:
        raise UsageError(entry_mistake(error)) from error


def _refuse_known(listed: WatchList, section: SourceSection) -> None:
    for each in listed.config.sources:
        if each.name == section.name:
            raise UsageError(f"a source is named {section.name} already")
        if directory(each) == directory(section):
            raise UsageError(f"{each.name} is a source with this directory already")


def _refuse_unknown(listed: WatchList, name: str) -> None:
    if name not in {each.name for each in listed.config.sources}:
        raise UnknownError(f"source {name!r} is not known")


def _as_written(value: Any) -> Any:
    """Return a value as people write it: a duration with its unit."""
    if isinstance(value, timedelta):
        return re.sub(r"\.?0+$", "", f"{value.total_seconds():f}") + "s"
    if isinstance(value, dict):
        return {key: _as_written(each) for key, each in value.items() if each is not None}
    return value
