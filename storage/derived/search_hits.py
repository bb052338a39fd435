"""Quote the lines of letters that say what was searched for."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from letters.letter import Attachment
from letters.letter_json import attachments_from_json
from letters.search_text import Search, search_form, search_lines_of_values
from storage.derived.among import is_among
from storage.derived.file_texts import all_with_texts
from storage.facts.readable_letters import kept_by
from storage.schema.letter_codec import values_of
from storage.schema.tables import letters, versions


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A line of a letter that says words of a search."""

    version: int  # the newest that says them
    parts: tuple[tuple[str, bool], ...]  # each with whether it is such a word


@dataclass(frozen=True, slots=True)
class _Version:
    """A version of a letter that is searched for lines to quote."""

    letter_id: int
    number: int
    values: Mapping[str, Any]  # of the letter, as they are kept
    files: Sequence[Attachment]


class _Quotes:
    """The lines of one letter that are quoted, and the words that none of them says yet."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self.left = list(search.words)
        self.hits: list[SearchHit] = []

    def add(self, version: _Version) -> None:
        """Quote those lines of a version that say a word which none says yet."""
        self._add(version, str)  # most words are written as they are searched for
        if self.left:
            self._add(version, search_form)

    def _add(self, version: _Version, form: Callable[[str], str]) -> None:
        for line in search_lines_of_values(version.values, version.files):
            formed = form(line)
            said = [word for word in self.left if word in formed]
            if said and (excerpt := self._search.excerpt(line)):
                self.hits.append(SearchHit(version.number, tuple(excerpt)))
                self.left = [word for word in self.left if word not in said]
            if not self.left:
                return


def search_hits(
    connection: Connection, letter_ids: Sequence[int], search: Search | None
) -> dict[int, list[SearchHit]]:
    """Return where letters say the words of a search: for each its newest version, one line."""
    words = search if search is not None and search.words else None
    quotes = {letter_id: _Quotes(words) for letter_id in letter_ids} if words else {}
    newest = _versions(connection, quotes, is_newest=True)
    _add(quotes, newest)
    _add(quotes, _with_texts(connection, [v for v in newest if quotes[v.letter_id].left]))
    left = [letter_id for letter_id, each in quotes.items() if each.left]
    _add(quotes, _with_texts(connection, _versions(connection, left, is_newest=False)))
    return {letter_id: each.hits for letter_id, each in quotes.items()}


def _add(quotes: Mapping[int, _Quotes], kept: Iterable[_Version]) -> None:
    for version in kept:
        quotes[version.letter_id].add(version)


def _versions(
    connection: Connection, letter_ids: Collection[int], *, is_newest: bool
) -> list[_Version]:
    """Return the newest versions of letters, or their older ones, the newer first."""
    if not letter_ids:
        return []
    query = select(versions.c.letter_id, versions.c.number, versions.c.letter).join(
        letters, letters.c.id == versions.c.letter_id
    )
    of_them = is_among(connection, versions.c.letter_id, letter_ids)
    is_wanted = (versions.c.number == letters.c.version) == is_newest
    newest_first = query.where(of_them, is_wanted).order_by(versions.c.number.desc())
    rows = connection.execute(newest_first).all()
    return [
        _version(row.letter_id, row.number, values)
        for row, values in kept_by(connection, rows, "letter_id", values_of)
    ]


def _version(letter_id: int, number: int, values: Mapping[str, Any]) -> _Version:
    files = attachments_from_json(values.get("attachments", ()))
    return _Version(letter_id, number, values, files)


def _with_texts(connection: Connection, kept: Sequence[_Version]) -> list[_Version]:
    """Return versions with the texts of their files."""
    complete = all_with_texts(connection, [version.files for version in kept])
    return [replace(v, files=files) for v, files in zip(kept, complete, strict=True)]
