"""Ledger entries are read and written as they were, byte for byte, whichever fuhan wrote them."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from fuhan.archive_audit import audit
from letters.visit_span import VisitOutcome
from storage.audit.expected_rows import ExpectedRows
from storage.audit.ledger_chain import read_ledger
from storage.database.archive import Archive, open_archive
from storage.facts import ledger
from storage.facts.entries import (
    ChangeEntry,
    ChangeFact,
    ChangesReleasedEntry,
    CrawlBegunEntry,
    Entry,
    FileEntry,
    UnknownEntry,
    VisitEntry,
    read_entry,
)
from tests.archive_copy import new_archive
from tests.storage import ledger_story

# The ledgers of the story as the fuhan of 2026-11-28 wrote them.
RECORDED = [
    json.loads(line)
    for line in Path(__file__).with_name("ledger.jsonl").read_text(encoding="utf-8").splitlines()
]
AT = datetime(2026, 11, 24, tzinfo=UTC)
MOMENT = AT.isoformat()
DIGEST = re.compile("[0-9a-f]{64}")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, list[Any]]]:
    """Return an archive in which the story was lived through, and the entries of its ledgers."""
    url = f"sqlite:///{tmp_path_factory.mktemp('story')}/fuhan.db"
    with closing(open_archive(url, create=True)) as archive:
        yield archive, ledger_story.tell(archive)


def written(entry: Entry) -> str:
    return json.dumps(entry.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_each_recorded_entry_is_written_again_as_it_was() -> None:
    for row in RECORDED:
        assert written(read_entry(json.loads(row["facts"]))) == row["facts"]


def test_the_recorded_entries_are_chains() -> None:
    heads: dict[str, str] = {}
    for row in RECORDED:
        heads[row["source"]] = ledger.link(heads.get(row["source"], ledger.START), row["facts"])
        assert heads[row["source"]] == row["hash"]


def test_an_entry_of_each_kind_is_recorded() -> None:
    kinds = {type(read_entry(json.loads(row["facts"]))) for row in RECORDED}
    assert kinds == {*get_args(Entry)} - {UnknownEntry}


def test_evidence_md_names_the_key_of_each_kind() -> None:
    """The first key of its table that an entry has says of which kind it is."""
    text = (Path(__file__).parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")
    rows = text.partition("| key | ")[2].partition("\n\n")[0].splitlines()[2:]
    keys = [key for row in rows for key in re.findall("`([a-z]+)`", row.split("|")[1])]
    kinds: dict[str, type] = {}
    for row in RECORDED:
        facts = json.loads(row["facts"])
        kind = type(read_entry(facts))
        assert kinds.setdefault(next(key for key in keys if key in facts), kind) is kind
    assert len({*kinds.values()}) == len(kinds) == len(keys)


def test_what_is_recorded_today_is_written_as_it_was_then(
    lived: tuple[Archive, list[dict[str, str]]],
) -> None:
    """Digests aside: they are of what parser and differ read, which may get better."""
    today, then = (
        [(row["source"], DIGEST.sub("", row["facts"])) for row in rows]
        for rows in (lived[1], RECORDED)
    )
    assert today == then


def test_the_archive_of_the_story_is_sound(lived: tuple[Archive, list[dict[str, str]]]) -> None:
    assert audit(lived[0]).damages == []


VISIT = {"look": 1, "url": "u", "at": MOMENT, "outcome": "letter"}

OLDER = [
    pytest.param(
        {"begin": 1, "at": MOMENT}, CrawlBegunEntry(1, AT), id="a crawl's mode was not kept"
    ),
    pytest.param(
        VISIT, VisitEntry(1, "u", AT, VisitOutcome.LETTER), id="nor when a page was asked for"
    ),
    pytest.param(
        {"change": {"id": 1, "seal": "s"}},
        ChangeEntry(ChangeFact(1, "s")),
        id="nor what is beside the seal of a change",
    ),
    pytest.param(
        {"released": [1, 2]}, ChangesReleasedEntry((1, 2)), id="nor when it was released"
    ),
    pytest.param(
        {"file": "u", "at": MOMENT, "sha256": "s"},
        FileEntry("u", AT, "s", None),
        id="nor what a file says",
    ),
]


@pytest.mark.parametrize(("facts", "entry"), OLDER)
def test_entries_of_before_are_read(facts: dict[str, Any], entry: Entry) -> None:
    assert read_entry(facts) == entry


MALFORMED = [
    pytest.param({**VISIT, "at": "noon"}, "Invalid isoformat string: 'noon'", id="no moment"),
    pytest.param({"look": 1, "url": "u", "at": MOMENT}, "'outcome'", id="a key is missing"),
    pytest.param(
        {**VISIT, "outcome": "eaten"}, "'eaten' is not a valid VisitOutcome", id="no outcome"
    ),
    pytest.param({**VISIT, "moved": [1]}, "not enough values to unpack", id="half a pair"),
    pytest.param({**VISIT, "version": [1]}, "list indices must be", id="a list for an object"),
    pytest.param({"cleared": {"id": 7}}, "'at'", id="a part lacks a key"),
    pytest.param([1], "it is no JSON object", id="a list"),
]


@pytest.mark.parametrize(("facts", "reason"), MALFORMED)
def test_a_malformed_entry_is_named(tmp_path: Path, facts: Any, reason: str) -> None:
    (damage,) = damages(tmp_path, facts)
    assert damage.startswith("ledger of s, entry 1: its facts cannot be read: ")
    assert reason in damage


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({**VISIT, "weather": "rain"}, id="a key"),
        pytest.param({"weather": "rain"}, id="a whole entry"),
    ],
)
def test_what_a_newer_fuhan_may_add_is_no_damage(tmp_path: Path, facts: dict[str, Any]) -> None:
    assert damages(tmp_path, facts) == []


class Written:
    """An entry that no class of today would write."""

    def __init__(self, facts: Any) -> None:
        self.facts = facts

    def to_json(self) -> Any:
        return self.facts


def damages(folder: Path, facts: Any) -> list[str]:
    """Return what the audit says of a ledger with that entry."""
    with closing(new_archive(folder / "fuhan.db")) as archive:
        with archive.writing() as connection:
            ledger.append(connection, "s", Written(facts))
        with archive.reading() as connection:
            return [str(each) for each in read_ledger(connection, "s", ExpectedRows())]
