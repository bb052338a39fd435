"""Pack all pages and letters of one source anew, letter by letter, in many small transactions.

Whoever cuts it off loses the last of these, and the next time goes through what is done without
writing it again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection, func, select

from storage.compaction.dictionary_choice import better_dictionary
from storage.compaction.repack import Compacted, Repacker
from storage.database.archive import Archive
from storage.facts.dictionaries import (
    DictionaryError,
    Purpose,
    add_dictionary,
    load_dictionary,
    newest_dictionaries,
)
from storage.facts.evidence import EvidenceError, load_evidence
from storage.facts.packed_letters import LetterError, base_version, load_letter_bytes
from storage.facts.snapshots import page_digests
from storage.schema.tables import addresses, letters, snapshots, versions

_BATCH = 50  # letters, or pages, a transaction: others wait for a tenth of a second
_SAMPLES_AT_MOST = {Purpose.PAGES: 128, Purpose.LETTERS: 512}
_Each = TypeVar("_Each")
_SAMPLE_BYTES = 8 * 1024 * 1024  # of all samples of a source


@dataclass(slots=True)
class SourceCompaction:
    """One source that is packed anew; nobody crawls it meanwhile."""

    archive: Archive
    source: str
    done: Compacted = field(default_factory=Compacted)
    _pages: set[str] = field(default_factory=set)  # of its letters

    def steps(self) -> int:
        """Return the number of steps: its letters, and its pages that are no version's."""
        with self.archive.reading() as connection:
            return len(_letters(connection, self.source)) + len(_others(connection, self.source))

    def run(self) -> Iterator[int]:
        """Choose dictionaries and pack all anew; yield a number after each step."""
        with self.archive.reading() as connection:
            letter_ids = _letters(connection, self.source)
            others = _others(connection, self.source)
        names = self._choose_dictionaries()
        for batch in _batches(letter_ids):
            with self.archive.writing() as connection:
                repacker = Repacker(connection, names)
                for letter_id in batch:
                    self.done += self._letter(repacker, letter_id)
            yield from batch
        for pages in _batches([each for each in others if each not in self._pages]):
            with self.archive.writing() as connection:
                repacker = Repacker(connection, names)
                for sha256 in pages:
                    self.done += repacker.page(sha256, None)
            yield from range(len(pages))

    def _choose_dictionaries(self) -> dict[Purpose, str]:
        """Return the dictionaries with which to pack, by purpose; new ones are kept before."""
        with self.archive.reading() as connection:
            names = newest_dictionaries(connection, self.source)
            chosen = [
                better_dictionary(
                    self.source,
                    purpose,
                    _samples(connection, self.source, purpose),
                    len(_letters(connection, self.source)),
                    load_dictionary(connection, names[purpose]) if purpose in names else None,
                )
                for purpose in Purpose
            ]
        for each in filter(None, chosen):
            with self.archive.writing() as connection:
                self.done.saved -= add_dictionary(connection, each)
            names[each.purpose] = each.name
        return names

    def _letter(self, repacker: Repacker, letter_id: int) -> Compacted:
        rows = repacker.connection.execute(
            select(versions.c.id, versions.c.snapshot_id, versions.c.letter)
            .where(versions.c.letter_id == letter_id)
            .order_by(versions.c.number)
        ).all()
        pages = [page_digests(repacker.connection, row.snapshot_id) for row in rows]
        self._pages.update(*pages)
        needed = {_base(row.letter) for row in rows}
        return _pack_versions(repacker, [row.id for row in rows], needed) + _pack_pages(
            repacker, pages
        )


def _pack_versions(
    repacker: Repacker, version_ids: Sequence[int], needed: set[int | None]
) -> Compacted:
    """Pack a letter's versions, oldest first; those from which others differ stay whole."""
    done, base = Compacted(), None
    for version_id in version_ids:
        done += repacker.letter(version_id, None if version_id in needed else base)
        base = repacker.base_version(version_id)
    return done


def _pack_pages(repacker: Repacker, of_versions: Sequence[Sequence[str]]) -> Compacted:
    """Pack the pages of a letter's versions, oldest first, each from the one in its place."""
    done, bases = Compacted(), dict[int, str]()
    own = frozenset(sha256 for pages in of_versions for sha256 in pages)
    packed: set[str] = set()
    for pages in of_versions:
        for place, sha256 in enumerate(pages):
            if sha256 not in packed:
                done += repacker.page(sha256, bases.get(place), own)
                packed.add(sha256)
            bases[place] = repacker.whole_page(sha256)
    return done


def _letters(connection: Connection, source: str) -> list[int]:
    query = select(letters.c.id).where(letters.c.source == source).order_by(letters.c.id)
    return list(connection.execute(query).scalars())


def _others(connection: Connection, source: str) -> list[str]:
    """Return the sha256 of pages of a source that are no version's, each once."""
    of_versions = select(versions.c.snapshot_id)
    first = func.coalesce(snapshots.c.first_id, snapshots.c.id)
    query = (
        select(snapshots.c.sha256)
        .join(addresses, addresses.c.id == snapshots.c.address_id)
        .where(addresses.c.source == source, first.not_in(of_versions))
        .order_by(snapshots.c.id)
    )
    return list(dict.fromkeys(connection.execute(query).scalars()))


def _samples(connection: Connection, source: str, purpose: Purpose) -> list[bytes]:
    """Return first versions of letters, or their pages, from all of a source's time."""
    rows = connection.execute(
        select(versions.c.id, snapshots.c.sha256)
        .join(snapshots, snapshots.c.id == versions.c.snapshot_id)
        .join(letters, letters.c.id == versions.c.letter_id)
        .where(letters.c.source == source, versions.c.number == 1)
        .order_by(versions.c.id)
    ).all()
    step = max(1, len(rows) // _SAMPLES_AT_MOST[purpose])
    samples: list[bytes] = []
    for row in rows[::step]:
        sample = _sample(connection, purpose, row.id, row.sha256)
        if sample and sum(map(len, samples)) + len(sample) <= _SAMPLE_BYTES:
            samples.append(sample)
    return samples


def _sample(
    connection: Connection, purpose: Purpose, version_id: int, sha256: str
) -> bytes | None:
    try:
        if purpose is Purpose.PAGES:
            return load_evidence(connection, sha256)
        packed = select(versions.c.letter).where(versions.c.id == version_id)
        return load_letter_bytes(connection, connection.execute(packed).scalar_one())
    except (EvidenceError, LetterError, DictionaryError):
        return None  # verify names it


def _base(packed: bytes) -> int | None:
    try:
        return base_version(packed)
    except LetterError:
        return None  # verify names it


def _batches(items: Sequence[_Each]) -> Iterator[Sequence[_Each]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
