"""Facts follow the archive: what was written since is read, and nothing else again."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from letters.crawl_record import CrawlOutcome
from scheduler.alarms import fact_reader as module
from scheduler.alarms.fact_reader import FactReader
from scheduler.alarms.facts import Watched
from storage.database.archive import Archive
from storage.facts.crawls import CrawlEnd, begin_crawl, end_crawl
from storage.outbox.channel_states import ChannelState, set_channel_state
from storage.outbox.notices import Notice, add_notices
from tests.archive_copy import new_archive
from tests.scheduler.alarms.facts_of import HOUR, NOW, scheduled

WATCHED = Watched.of([scheduled("city"), scheduled("town")], {"desk": timedelta(0)})


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(new_archive(tmp_path / "fuhan.db")) as opened:
        yield opened


def begin(archive: Archive, source: str) -> int:
    with archive.writing() as connection:
        return begin_crawl(connection, source, "normal", NOW)


def end(archive: Archive, crawl_id: int) -> None:
    with archive.writing() as connection:
        end_crawl(connection, crawl_id, CrawlEnd(CrawlOutcome.COMPLETE, NOW, None, None, {}, []))


def test_a_crawl_is_known_as_it_begins_and_as_it_ends(archive: Archive) -> None:
    reader = FactReader(archive)
    assert reader.read(WATCHED, NOW).records == {}
    crawl_id = begin(archive, "city")
    found = reader.read(WATCHED, NOW)
    assert found.records["city"].outcome is None
    assert found.going_on == frozenset()  # nobody has its lock
    end(archive, crawl_id)
    assert reader.read(WATCHED, NOW).records["city"].outcome is CrawlOutcome.COMPLETE


def test_only_sources_whose_newest_crawl_changed_are_read_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[set[str] | None] = []
    read = module.source_records

    def recorded(connection: object, names: set[str] | None = None) -> object:
        asked.append(names)
        return read(connection, names)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "source_records", recorded)
    end(archive, begin(archive, "city"))
    reader = FactReader(archive)
    reader.read(WATCHED, NOW)
    reader.read(WATCHED, NOW)
    end(archive, begin(archive, "town"))
    assert set(reader.read(WATCHED, NOW).records) == {"city", "town"}
    assert [names for names in asked if names != set()] == [None, {"town"}]


def test_channels_are_those_of_the_configuration(archive: Archive) -> None:
    with archive.writing() as connection:
        failing = ChannelState(failed_since=NOW, failures=3)
        set_channel_state(connection, "desk", failing)
        set_channel_state(connection, "gone", failing)
        add_notices(connection, [Notice("desk", "alarm 1 begun", NOW - HOUR, about={})])
    (name, channel), *others = FactReader(archive).read(WATCHED, NOW).channels.items()
    assert (name, channel.state.failures, channel.oldest, others) == (
        "desk",
        3,
        NOW - HOUR,
        [],
    )


@pytest.mark.sqlite("the disk of a server is another's")
def test_the_disk_is_that_of_the_database(archive: Archive) -> None:
    disk = FactReader(archive).read(WATCHED, NOW).disk
    assert disk is not None
    assert disk.free > 0
    assert disk.database > 100_000
