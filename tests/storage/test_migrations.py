"""What an archive of an earlier schema says once it was brought forward, in either database."""

import json
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from fuhan.archive_audit import audit
from storage import queries
from storage.database.archive import open_archive
from storage.derived.newest import letter_row
from storage.facts import ledger
from storage.queries import ChangeFilter
from storage.schema.tables import addresses
from tests.storage.old_archive import DAYS, Old
from tests.storage.packed_before import pack_as_before


@pytest.fixture
def old(url: str) -> Old:
    return Old(url)


def test_letters_of_a_first_whole_directory_are_marked_and_later_ones_not(old: Old) -> None:
    for day, whole in enumerate((False, True, True, False)):
        old.crawl(day, whole=whole)
    partial, first, second, late = (old.address(day) for day in range(4))
    marked = {old.letter(1, partial), old.letter(2, first), old.letter(4, old.address(1))}
    later = {old.letter(3, second), old.letter(4, late), old.letter(4, old.address(2))}
    assert old.baseline() == marked
    assert not later & marked


def test_a_source_whose_directory_was_never_read_whole_has_no_news(old: Old) -> None:
    for day in range(3):
        old.crawl(day, whole=False)
    assert {old.letter(3, old.address(2)), old.letter(3, old.address(None))} == old.baseline()


def test_one_source_says_nothing_of_another(old: Old) -> None:
    old.crawl(0, source="other")
    mine = old.crawl(1, whole=False)
    change = old.letter(mine, old.address(1))
    assert old.baseline() == {change}


def test_a_letter_asked_for_by_its_url_is_as_late_as_the_crawl_that_read_it(old: Old) -> None:
    old.crawl(0, whole=False)
    early = old.letter(1, old.address(None))
    old.crawl(1)
    of_the_first = old.letter(2, old.address(None))
    old.crawl(2)
    old.letter(3, old.address(None))
    assert old.baseline() == {early, of_the_first}


def test_a_letter_listed_by_the_crawl_that_read_it_is_judged_by_the_order_of_crawls(
    old: Old,
) -> None:
    old.crawl(9)  # its clock was ahead
    old.crawl(1)
    old.letter(2, old.address(1))
    assert old.baseline() == set()


def test_another_letter_at_the_address_of_a_first_one_is_news(old: Old) -> None:
    old.crawl(0)
    address = old.address(0)
    first = old.letter(1, address)
    old.crawl(1)
    old.letter(2, address)
    assert old.baseline() == {first}


def test_only_published_letters_are_marked(old: Old) -> None:
    old.crawl(0)
    change = old.letter(1, old.address(0))
    old.change(1, 1, "edited")
    assert old.baseline() == {change}


def test_changes_of_before_were_announced_when_they_were_detected(old: Old) -> None:
    old.crawl(0)
    old.letter(1, old.address(0))
    with closing(open_archive(old.url, create=False)) as archive, archive.reading() as connection:
        (change,) = queries.changes(connection, ChangeFilter())
    assert change.announced_at == change.detected_at == DAYS[1]


BESIDE = ("baseline", "announced_at")
# What schema 0003 had of the indexes that were replaced since, and what has come since.
EARLIER = (
    "changes_by_time ON changes (detected_at)",
    "letters_by_source ON letters (source, listed_on)",
    "crawls_by_source ON crawls (source, started_at)",
    "reviews_by_change ON reviews (change_id)",
)
_LATER = """
SELECT type, name FROM sqlite_master WHERE type = 'trigger' OR type = 'index' AND sql IS NOT NULL AND
(name IN ('changes_announced', 'snapshots_further') OR name LIKE 'news%' OR name LIKE 'baseline%'
OR name IN ('alarms_open', 'reviews_by_change', 'addresses_never_listed') OR name LIKE 'letters_by_s%' OR name LIKE 'letters_by_l%' OR name LIKE 'crawls%') ORDER BY type DESC
"""


@pytest.fixture(scope="module")
def left_by_0003(two_nights: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the archive of two nights as the fuhan of schema 0003 left it."""
    folder = shutil.copytree(two_nights, tmp_path_factory.mktemp("kept") / "demo")
    url = f"sqlite:///{folder}/fuhan.db"
    with closing(open_archive(url, create=False)) as archive, archive.writing() as packed:
        pack_as_before(packed)
    with closing(sqlite3.connect(folder / "fuhan.db")) as connection:
        for kind, name in connection.execute(_LATER).fetchall():
            connection.execute(f"DROP {kind} {name}")
        for index in EARLIER:
            connection.execute(f"CREATE INDEX {index}")
        for column in BESIDE:
            connection.execute(f"ALTER TABLE changes DROP COLUMN {column}")
        later = (("letters", "served_at"), ("snapshots", "first_id"), ("files", "content"))
        later += (
            ("changes", "state"),
            ("changes", "review_id"),
            ("reviews", "tags"),
            ("letters", "addressees"),
            ("letters", "page_digest"),
            ("letters", "edits"),
        )
        for table, column in later:
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute("ALTER TABLE letters ADD COLUMN words TEXT NOT NULL DEFAULT ''")
        searched = ("file_letters", "search_texts", "search_index_grams", "search_index")
        counted = ("letter_counts", "change_counts")
        for table in (
            "letter_files",
            "imports",
            "file_texts",
            "dictionaries",
            "edit_history",
            "outbox",
            "alert_channels",
            "alarm_history",
            "housekeeping",
            "watch_decisions",
            "service_state",
            *searched,
            *counted,
        ):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
        _forget_what_is_told_beside(connection)
        connection.commit()
    return folder / "fuhan.db"


def _forget_what_is_told_beside(connection: sqlite3.Connection) -> None:
    previous = ledger.START
    rows = connection.execute("SELECT id, facts FROM ledger ORDER BY seq").fetchall()
    for entry, told in rows:
        facts = json.loads(told)
        for part in (facts, facts.get("change", {})):
            for name in (*BESIDE, "served", "files", "text"):
                part.pop(name, None)
        line = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        previous = ledger.link(previous, line)
        connection.execute(
            "UPDATE ledger SET facts = ?, hash = ? WHERE id = ?", (line, previous, entry)
        )


@pytest.fixture
def copy(left_by_0003: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(left_by_0003, tmp_path))


def damages(path: Path) -> list[str]:
    with closing(open_archive(f"sqlite:///{path}", create=False)) as archive:
        return [str(damage) for damage in audit(archive).damages]


def test_an_archive_brought_forward_is_sound_and_knows_its_first_letters(copy: Path) -> None:
    assert damages(copy) == []
    with (
        closing(open_archive(f"sqlite:///{copy}", create=False)) as archive,
        archive.reading() as connection,
    ):
        told = list(queries.changes(connection, ChangeFilter()))
    assert {each.kind == "published" for each in told} == {True, False}
    for each in told:  # in the nights of the demo no letter is published
        assert each.baseline == (each.kind == "published"), each


class CutOffError(Exception):
    """Raised in the middle of an upgrade."""


def test_an_upgrade_that_is_cut_off_begins_anew(copy: Path) -> None:
    def end_at_the_third(steps: Iterable[int], total: int) -> None:
        assert total > 3
        for done in steps:
            if done == 3:
                raise CutOffError

    before = copy.read_bytes()
    with pytest.raises(CutOffError):
        open_archive(f"sqlite:///{copy}", create=False, follow=end_at_the_third)
    assert copy.read_bytes() == before
    assert damages(copy) == []


@pytest.mark.parametrize("marked", [0, 1])
def test_a_mark_that_was_turned_is_named_in_an_archive_brought_forward(
    copy: Path, marked: int
) -> None:
    assert damages(copy) == []
    with closing(sqlite3.connect(copy)) as connection:
        (turned,) = connection.execute(
            "SELECT max(id) FROM changes WHERE baseline = ?", [marked]
        ).fetchone()
        connection.execute("UPDATE changes SET baseline = ? WHERE id = ?", [not marked, turned])
        connection.commit()
    assert any(line.startswith(f"baseline change {turned}: ") for line in damages(copy))


def test_a_page_was_last_served_when_its_newest_version_was_or_in_a_whole_sweep(old: Old) -> None:
    old.crawl(0)
    old.sweep(9)
    old.sweep(12)
    for _ in range(3):
        old.letter(1, old.address(0))
    unswept, swept, gone = 1, 2, 3  # each seen last by a 304
    old.see(unswept, last_seen=5)
    old.see(swept, last_seen=10)
    old.see(gone, last_seen=10, gone_at=11)
    with closing(open_archive(old.url, create=False)) as archive, archive.reading() as connection:
        served = [letter_row(connection, each).served_at for each in (unswept, swept, gone)]
    assert served == [DAYS[0], DAYS[9], DAYS[0]]


def test_addresses_are_known_by_keys_that_forget_what_names_no_document(old: Old) -> None:
    for url in ("http://www.gov.example/a.html", "http://gov.example/b.html;jsessionid=1"):
        old.insert("addresses", source="s", key=url.removeprefix("http://"), url=url)
    for source in ("s", "t"):  # one that is known already keeps its key
        old.insert(
            "addresses", source=source, key="gov.example/b.html", url="http://gov.example/b.html"
        )
    with closing(open_archive(old.url, create=False)) as archive, archive.reading() as connection:
        keys = [row.key for row in connection.execute(select(addresses).order_by(addresses.c.id))]
    assert keys == [
        *("gov.example/a.html", "gov.example/b.html;jsessionid=1"),
        *("gov.example/b.html", "gov.example/b.html"),
    ]
