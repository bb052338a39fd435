"""Reads stored pages and files again with today's parser, compares again with today's differ."""

from collections import Counter
from typing import Any

from sqlalchemy import Connection, Row

from crawler.http.decoding import UndecodableError
from crawler.page.reader import PageChangedError, PageReader
from crawler.record.change import significance_of
from crawler.record.parser_upgrade import read_again
from crawler.reprocess.reread_files import keep_texts, reread_files
from differ.compare import DIFFER, compare
from letters.change import ChangeKind
from letters.letter import Letter
from storage.database.archive import Archive
from storage.derived.corrections import (
    compared_changes,
    correct_change,
    correct_letter,
    correct_version,
    letters_of,
    retract_change,
    stored_versions,
)
from storage.derived.file_texts import with_file_texts
from storage.derived.search_texts import write_search_text
from storage.facts import ledger
from storage.facts.evidence import EvidenceError
from storage.facts.packed_letters import LetterError, load_letters
from storage.facts.snapshots import stored_pages


def reparse(archive: Archive, source: str, site: str, *, dry_run: bool) -> Counter[str]:
    """Make the versions and changes of `source` again; return what was done, by its name.

    `site` is what its configuration says of its site; auto for a source that is no longer in it.
    A version is corrected in place, its page being what it was; a change is compared
    again between its versions. One whose versions now say the same is taken back, and
    none is ever added: what the publisher did is in the facts, not in the reading.
    With `dry_run` nothing is kept.
    """
    done: Counter[str] = Counter()
    with archive.reading() as connection:
        wanted = letters_of(connection, source)
    for letter_id in wanted:
        texts = reread_files(archive, letter_id)
        with archive.rehearsing() if dry_run else archive.writing() as connection:
            keep_texts(connection, source, texts)
            done["files"] += len(texts)
            try:
                done += _reparse_letter(connection, (source, site), letter_id)
            except LetterError:
                done += Counter(letters=1, pages=1, unreadable=1)
    return done


def _reparse_letter(connection: Connection, of: tuple[str, str], letter_id: int) -> Counter[str]:
    source, site = of
    done = Counter(letters=1)
    read: dict[int, Letter] = {}
    rows = stored_versions(connection, letter_id)
    # Before one of them is corrected: others may be stored as differences from it.
    letters = load_letters(connection, [row.letter for row in rows])
    for row, old in zip(rows, letters, strict=True):
        done["pages"] += 1
        read[row.number] = old
        reader = PageReader.of_site(old.kind, site)
        new = _read(connection, row, old, reader)
        if new is None:
            done["unreadable"] += 1
        elif row.parser != reader.label or new.digest() != row.digest:
            done["corrected"] += new.digest() != row.digest
            read[row.number] = new
            entry = correct_version(connection, row, new, reader.label)
            ledger.append(connection, source, entry)
    write_search_text(connection, letter_id)  # a body cut otherwise has the same digest
    if done["corrected"]:
        correct_letter(connection, letter_id, read[rows[-1].number])
    for change in compared_changes(connection, letter_id):
        done += _compare_again(connection, change, (read, source))
    return done


def _compare_again(
    connection: Connection, change: Row[Any], around: tuple[dict[int, Letter], str]
) -> Counter[str]:
    read, source = around
    states = read[change.from_version], read[change.to_version]
    edits = compare(*(with_file_texts(connection, each) for each in states))
    compared = [edit.as_json() for edit in edits]
    if compared == change.edits:
        return Counter(compared=1)
    if not edits and change.kind == ChangeKind.EDITED.value:
        ledger.append(connection, source, retract_change(connection, change))
        return Counter(compared=1, retracted=1)
    weighed = significance_of(ChangeKind(change.kind), edits)
    entry = correct_change(connection, change, edits, weighed, DIFFER)
    ledger.append(connection, source, entry)
    return Counter(compared=1, retold=1)


def _read(connection: Connection, row: Row[Any], old: Letter, reader: PageReader) -> Letter | None:
    """Return what `reader` reads in a version's page; None where it can't."""
    try:
        return read_again(stored_pages(connection, row.snapshot_id), old, reader)
    except (UndecodableError, PageChangedError, EvidenceError):
        return None
