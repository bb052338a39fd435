"""An archive that is packed anew: fewer bytes, and nothing else is another."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from fuhan.archive_audit import audit
from storage import queries
from storage.compaction.compact_source import SourceCompaction
from storage.compaction.dictionary_choice import better_dictionary
from storage.compaction.repack import Compacted
from storage.compaction.vacuum import vacuum
from storage.database.archive import Archive, finish_copy, open_archive, open_copy
from storage.export.archive_rows import copy_rows, index_rows
from storage.facts.dictionaries import (
    Dictionary,
    Purpose,
    forget_dictionaries,
    raw_dictionary,
)
from storage.facts.evidence import forget_earlier_pages, load_evidence
from storage.facts.packed_letters import base_version, load_letter_bytes
from storage.schema.tables import dictionaries, evidence, metadata, snapshots, versions
from tests.storage.packed_before import pack_as_before

_FORMS = {"evidence": ("dictionary", "packed", "packed_sha256"), "versions": ("letter",)}


@pytest.fixture
def before(two_crawls: Path, url: str) -> Iterator[Archive]:
    """Return an archive of two crawls, packed as archives were before dictionaries."""
    copy = open_copy(url)
    source = open_archive(f"sqlite:///{two_crawls}", create=False)
    with closing(source), source.reading() as connection:
        list(copy_rows(connection, copy))
    list(index_rows(copy))
    with copy.writing() as connection:
        pack_as_before(connection)
    finish_copy(copy)
    with closing(copy):
        yield copy
    forget_dictionaries()


def compacted(archive: Archive) -> Compacted:
    compaction = SourceCompaction(archive, "demo")
    list(compaction.run())
    return compaction.done


def rows(archive: Archive) -> dict[str, list[Any]]:
    """Return all rows but for how what they hold is packed."""
    kept = {}
    with archive.reading() as connection:
        for table in metadata.sorted_tables:
            if table is not dictionaries:
                names = [c for c in table.c if c.name not in _FORMS.get(table.name, ())]
                kept[table.name] = sorted(map(repr, connection.execute(select(*names))))
    return kept


def contents(archive: Archive) -> tuple[dict[str, bytes], dict[int, bytes]]:
    """Return all evidence and letters, unpacked."""
    forget_dictionaries()
    forget_earlier_pages()
    with archive.reading() as connection:
        digests = connection.execute(select(evidence.c.sha256)).scalars().all()
        letters = connection.execute(select(versions.c.id, versions.c.letter)).all()
        return (
            {each: load_evidence(connection, each) for each in digests},
            {row.id: load_letter_bytes(connection, row.letter) for row in letters},
        )


def size(archive: Archive) -> int:
    with archive.reading() as connection:
        lengths = (evidence.c.packed, versions.c.letter, dictionaries.c.packed)
        query = (select(func.coalesce(func.sum(func.length(each)), 0)) for each in lengths)
        return sum(connection.execute(each).scalar_one() for each in query)


def test_it_keeps_fewer_bytes_changes_nothing_else_and_does_nothing_twice(
    before: Archive,
) -> None:
    assert audit(before).damages == []
    kept, said, bytes_before = rows(before), contents(before), size(before)
    done = compacted(before)
    assert done.pages > 0
    assert done.letters > 0
    assert done.unreadable == 0
    assert bytes_before - size(before) == done.saved > 0
    assert rows(before) == kept
    assert contents(before) == said
    assert audit(before).damages == []
    assert compacted(before) == Compacted()
    vacuum(before)
    assert contents(before) == said


def test_what_was_edited_is_a_difference_from_what_was_there_before(
    before: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def poor(source: str, purpose: Purpose, *_others: object) -> Dictionary:
        return raw_dictionary(source, purpose, b"nothing of it")

    monkeypatch.setattr("storage.compaction.compact_source.better_dictionary", poor)
    compacted(before)
    with before.reading() as connection:
        kept = connection.execute(select(versions.c.number, versions.c.letter)).all()
    assert {base_version(row.letter) is not None for row in kept if row.number > 1} == {True}
    assert {base_version(row.letter) for row in kept if row.number == 1} == {None}


def test_no_page_needs_the_page_of_another_letter_any_more(before: Archive) -> None:
    primes = select(snapshots.c.sha256).order_by(snapshots.c.id).limit(1)
    with before.reading() as connection:
        first = connection.execute(primes).scalar_one()
        needing = select(evidence.c.sha256).where(evidence.c.dictionary == first)
        of_first = versions.join(snapshots, snapshots.c.id == versions.c.snapshot_id)
        letter_id = (
            select(versions.c.letter_id).select_from(of_first).where(snapshots.c.sha256 == first)
        )
        versions_of = queries.versions(connection, connection.execute(letter_id).scalar_one())
        own = {each.evidence for each in versions_of}
        others = set(connection.execute(needing).scalars()) - own
    assert len(others) > 7
    compacted(before)
    with before.writing() as connection:
        of_first = update(evidence).where(evidence.c.sha256 == first)
        connection.execute(of_first.values(packed=b"damaged"))
    forget_earlier_pages()
    with before.reading() as connection:
        assert all(load_evidence(connection, each) for each in others)


CUT_OFF = """
import sys
from storage.compaction import compact_source
from storage.database.archive import open_archive
compact_source._BATCH = 2
list(compact_source.SourceCompaction(open_archive(sys.argv[1], create=False), "demo").run())
"""


@pytest.mark.parametrize("place", ["before-commit:1", "after-commit:2", "before-commit:4"])
def test_one_that_was_killed_leaves_a_sound_archive_and_goes_on(
    before: Archive, place: str
) -> None:
    said = contents(before)
    url = before.url.render_as_string(hide_password=False)
    environment = os.environ | {"FUHAN_FAILPOINT": place}
    command = [sys.executable, "-c", CUT_OFF, url]
    assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL
    assert contents(before) == said
    assert audit(before).damages == []
    compacted(before)
    assert contents(before) == said
    assert compacted(before) == Compacted()


def test_what_cannot_be_read_is_counted_and_left_as_it_is(before: Archive) -> None:
    compacted(before)
    with before.writing() as connection:
        connection.execute(delete(dictionaries))
    forget_dictionaries()
    assert compacted(before).unreadable > 10
    places = [damage.place for damage in audit(before).damages]
    named = {place.partition(" ")[0] for place in places}
    assert {"dictionary", "evidence", "version"} <= named


def test_a_copy_of_a_dictionary_that_is_lost_is_named_and_harms_nothing(before: Archive) -> None:
    compacted(before)
    said = contents(before)
    with before.writing() as connection:
        connection.execute(delete(dictionaries).where(dictionaries.c.copy == 0))
        names = set(connection.execute(select(dictionaries.c.name)).scalars())
    assert contents(before) == said
    damages = audit(before).damages
    assert {damage.place for damage in damages} == {f"dictionary {name}" for name in names}


SHORT = [b'{"number": %d, "office": "the office of city planning"}' % each for each in range(300)]


def test_a_trained_dictionary_is_taken_where_it_keeps_fewer_bytes_of_all() -> None:
    pages = [b"%d <body>%s</body>" % (each, bytes(range(256)) * 4) for each in range(60)]
    assert better_dictionary("s", Purpose.PAGES, [], 0, None) is None
    first = better_dictionary("s", Purpose.PAGES, pages[:2], 2, None)
    assert first == raw_dictionary("s", Purpose.PAGES, pages[0])
    assert better_dictionary("s", Purpose.PAGES, pages, 60, first) is None
    poor = raw_dictionary("s", Purpose.LETTERS, b"nothing of it")
    trained = better_dictionary("s", Purpose.LETTERS, SHORT, 10**6, poor)
    assert trained is not None
    assert sum(len(trained.compress(each)) for each in SHORT) < sum(
        len(poor.compress(each)) for each in SHORT
    )
    assert better_dictionary("s", Purpose.LETTERS, SHORT, 10**6, trained) is None


def test_a_compacted_archive_is_copied_whole_to_another_database(
    before: Archive, tmp_path: Path
) -> None:
    compacted(before)
    with closing(open_copy(f"sqlite:///{tmp_path}/other.db")) as copy:
        with before.reading() as connection:
            list(copy_rows(connection, copy))
        list(index_rows(copy))
        finish_copy(copy)
        assert contents(copy) == contents(before)
        assert audit(copy).damages == []
