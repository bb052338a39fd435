"""Pack one page, or one version's letter, anew: the same bytes, in fewer."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from storage.facts.dictionaries import Purpose, is_dictionary
from storage.facts.evidence import (
    EvidenceError,
    base_of,
    load_evidence,
    packed_evidence,
)
from storage.facts.packed_letters import (
    LetterError,
    base_version,
    load_letter_bytes,
    pack_content,
)
from storage.schema.tables import evidence, versions

_EVIDENCE = select(evidence.c.dictionary, evidence.c.packed).where(
    evidence.c.sha256 == bindparam("digest")
)
_VERSION = select(versions.c.letter).where(versions.c.id == bindparam("of"))


@dataclass(slots=True)
class Compacted:
    """What compacting did."""

    pages: int = 0  # packed anew
    letters: int = 0
    saved: int = 0  # bytes, what dictionaries take subtracted
    unreadable: int = 0  # pages and letters that stay as they are

    def __add__(self, other: "Compacted") -> "Compacted":
        return Compacted(
            self.pages + other.pages,
            self.letters + other.letters,
            self.saved + other.saved,
            self.unreadable + other.unreadable,
        )


@dataclass(frozen=True, slots=True)
class Repacker:
    """Packs anew with the dictionaries of one source, within one transaction."""

    connection: Connection
    dictionaries: dict[Purpose, str]

    def page(
        self, sha256: str, base: str | None, own: AbstractSet[str] = frozenset()
    ) -> Compacted:
        """Pack a page, perhaps as a difference from `base`; `own` are all pages of its letter.

        One that is primed by a page of another letter, as in archives of before, no longer is.
        """
        row = self.connection.execute(_EVIDENCE, {"digest": sha256}).first()
        try:
            body = load_evidence(self.connection, sha256)
        except EvidenceError:
            return Compacted(unreadable=1)
        if row is None:
            return Compacted(unreadable=1)
        dictionary = self.dictionaries.get(Purpose.PAGES)
        values = packed_evidence(
            self.connection, body, dictionary, None if base == sha256 else base
        )
        saved = len(row.packed) - len(values["packed"])
        by = row.dictionary
        is_of_others = by is not None and not is_dictionary(by) and by not in own
        if saved <= 0 and not is_of_others:
            return Compacted()
        is_page = evidence.c.sha256 == sha256
        self.connection.execute(update(evidence).where(is_page).values(**values))
        return Compacted(pages=1, saved=saved)

    def whole_page(self, sha256: str) -> str:
        """Return the page from which the next one of a letter may be stored as a difference.

        It is whole itself, so that no page ever leads back to itself, whoever else shares it.
        """
        before = None
        while before != sha256:
            before, sha256 = sha256, base_of(self.connection, sha256)
        return sha256

    def letter(self, version_id: int, base: int | None) -> Compacted:
        """Pack the letter of a version, perhaps as a difference from that of `base`."""
        packed = self.connection.execute(_VERSION, {"of": version_id}).scalar_one()
        try:
            content = load_letter_bytes(self.connection, packed)
        except LetterError:
            return Compacted(unreadable=1)
        dictionary = self.dictionaries.get(Purpose.LETTERS)
        anew = pack_content(self.connection, content, dictionary, base)
        if len(anew) >= len(packed):
            return Compacted()
        is_version = versions.c.id == version_id
        self.connection.execute(update(versions).where(is_version).values(letter=anew))
        return Compacted(letters=1, saved=len(packed) - len(anew))

    def base_version(self, version_id: int) -> int | None:
        """Return the version from which the next one of a letter may be stored as a difference."""
        packed = self.connection.execute(_VERSION, {"of": version_id}).scalar_one()
        try:
            return base_version(packed) or version_id
        except LetterError:
            return None
