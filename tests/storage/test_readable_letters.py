"""What is made of a letter is kept by all the bytes from which it is unpacked, and by these alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import Connection, delete

from letters.letter import Form, Kind, Letter
from storage.database.archive import Archive
from storage.facts.dictionaries import (
    Purpose,
    add_dictionary,
    forget_dictionaries,
    raw_dictionary,
)
from storage.facts.packed_letters import pack_letter
from storage.facts.readable_letters import kept_by
from storage.schema.letter_codec import letter_bytes, values_of
from storage.schema.tables import dictionaries

LETTER = Letter("https://city.example/t1.html", Kind.PROPOSAL, Form.REPLY, "关于停车的复函")


@dataclass
class Row:
    letter: bytes
    letter_id: int = 1


@dataclass
class Reader:
    """Reads as lists do, and counts how often."""

    count: int = 0

    def __call__(self, content: bytes) -> dict[str, Any]:
        self.count += 1
        return values_of(content)

    def __hash__(self) -> int:
        return id(self)


@pytest.fixture
def connection(archive: Archive) -> Iterator[Connection]:
    with archive.rehearsing() as rehearsed:
        yield rehearsed
    forget_dictionaries()


def titles(connection: Connection, read: Reader, *packed: bytes) -> list[str]:
    rows = [Row(each) for each in packed]
    return [values["title"] for _, values in kept_by(connection, rows, "letter_id", read)]


def test_the_same_bytes_are_read_once_and_others_again(connection: Connection) -> None:
    read = Reader()
    one, other = (
        pack_letter(connection, each, None) for each in (LETTER, replace(LETTER, title="又"))
    )
    assert titles(connection, read, one, other, one) == [LETTER.title, "又", LETTER.title]
    assert titles(connection, read, one) == [LETTER.title]
    assert read.count == 2


def test_a_letter_whose_dictionary_is_lost_is_left_out_also_where_it_was_read_before(
    connection: Connection,
) -> None:
    read = Reader()
    dictionary = raw_dictionary("s", Purpose.LETTERS, letter_bytes(LETTER))
    add_dictionary(connection, dictionary)
    packed = pack_letter(connection, LETTER, dictionary.name)
    assert titles(connection, read, packed) == [LETTER.title]
    connection.execute(delete(dictionaries))
    forget_dictionaries()
    assert titles(connection, read, packed) == []


def test_a_letter_that_is_damaged_is_left_out_and_read_again_the_next_time(
    connection: Connection,
) -> None:
    read = Reader()
    packed = pack_letter(connection, LETTER, None)
    assert titles(connection, read, packed[:-8], packed) == [LETTER.title]
    assert titles(connection, read, packed[:-8]) == []
