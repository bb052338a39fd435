"""Pages and letters that are packed with a dictionary, or as differences, come back as they were."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select, update

from letters.letter import Form, Kind, Letter
from storage.database.archive import Archive
from storage.facts.dictionaries import (
    Dictionary,
    DictionaryError,
    Purpose,
    add_dictionary,
    damaged_copies,
    forget_dictionaries,
    load_dictionary,
    mend_copies,
    newest_dictionary,
    raw_dictionary,
)
from storage.facts.evidence import (
    EvidenceError,
    base_of,
    forget_earlier_pages,
    load_evidence,
    store_evidence,
)
from storage.facts.packed_letters import (
    LetterError,
    base_version,
    dictionary_of,
    load_letter,
    pack_letter,
)
from storage.schema.letter_codec import pack
from storage.schema.tables import dictionaries, evidence

some_bytes = st.binary(max_size=2000)
same_archive = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PAGE = b"".join(b"<p>%d</p>" % number**3 for number in range(400))
EDITED = PAGE.replace(b"<p>729</p>", b"<p>730</p>")
LETTER = Letter("https://city.example/t1.html", Kind.PROPOSAL, Form.REPLY, "关于停车的复函")


@pytest.fixture
def connection(archive: Archive) -> Iterator[Connection]:
    with archive.rehearsing() as rehearsed:
        yield rehearsed
    forget_dictionaries()
    forget_earlier_pages()


@same_archive
@given(some_bytes, st.lists(some_bytes, min_size=1, max_size=4), st.integers(0, 4))
def test_any_bytes_come_back_whatever_they_are_packed_with(
    archive: Archive, first: bytes, pages: list[bytes], alike: int
) -> None:
    with archive.rehearsing() as connection:
        dictionary = raw_dictionary("s", Purpose.PAGES, first)
        add_dictionary(connection, dictionary)
        base = store_evidence(connection, first, dictionary.name)
        for page in (*pages, *(first + page for page in pages[:alike])):
            base = base_of(connection, base)
            stored = store_evidence(connection, page, dictionary.name, base)
            assert load_evidence(connection, stored) == page
            base = stored


def packed_with(connection: Connection, sha256: str) -> str | None:
    by: str | None = connection.execute(
        select(evidence.c.dictionary).where(evidence.c.sha256 == sha256)
    ).scalar_one()
    return by


def test_a_page_that_differs_little_is_a_difference_from_one_that_is_none(
    connection: Connection,
) -> None:
    first = store_evidence(connection, PAGE)
    pages = [EDITED + b"<p>%d</p>" % number for number in range(5)]
    for page in pages:
        stored = store_evidence(connection, page, None, base_of(connection, first))
        assert packed_with(connection, stored) == base_of(connection, stored)
        assert base_of(connection, stored) == store_evidence(connection, PAGE)
        first = stored
    assert packed_with(connection, store_evidence(connection, b"else" * 9, None, first)) is None


def test_a_page_is_never_a_difference_from_what_cannot_be_read(connection: Connection) -> None:
    stored = store_evidence(connection, PAGE, None, "0" * 64)
    assert packed_with(connection, stored) is None
    assert load_evidence(connection, stored) == PAGE


@pytest.mark.parametrize("damage", ["lost", "leads to itself"])
def test_what_a_page_differs_from_is_named_where_it_is_gone(
    connection: Connection, damage: str
) -> None:
    base = store_evidence(connection, PAGE)
    stored = store_evidence(connection, EDITED, None, base)
    of_base = evidence.c.sha256 == base
    if damage == "lost":
        connection.execute(delete(evidence).where(of_base))
    else:
        connection.execute(update(evidence).where(of_base).values(dictionary=stored))
    forget_earlier_pages()
    with pytest.raises(EvidenceError, match=f"{stored} cannot be unpacked: .*{base}"):
        load_evidence(connection, stored)


DICTIONARY = raw_dictionary("s", Purpose.PAGES, PAGE)


@pytest.mark.parametrize("copy", [0, 1])
@pytest.mark.parametrize("damage", ["lost", "altered"])
def test_a_dictionary_of_which_one_copy_is_gone_is_read_and_mended(
    connection: Connection, copy: int, damage: str
) -> None:
    add_dictionary(connection, DICTIONARY)
    stored = store_evidence(connection, EDITED, DICTIONARY.name)
    of_copy = dictionaries.c.copy == copy
    if damage == "lost":
        connection.execute(delete(dictionaries).where(of_copy))
    else:
        connection.execute(update(dictionaries).where(of_copy).values(packed=b"else"))
    forget_dictionaries()
    assert load_evidence(connection, stored) == EDITED
    assert list(damaged_copies(connection)) == [(DICTIONARY.name, copy)]
    assert mend_copies(connection) == 1
    assert list(damaged_copies(connection)) == []
    assert mend_copies(connection) == 0


def test_a_dictionary_that_is_lost_is_named_and_harms_no_other_page(
    connection: Connection,
) -> None:
    other = raw_dictionary("other", Purpose.PAGES, b"other")
    for each in (DICTIONARY, other):
        add_dictionary(connection, each)
    stored = store_evidence(connection, EDITED, DICTIONARY.name)
    of_other = store_evidence(connection, b"of another source", other.name)
    connection.execute(delete(dictionaries).where(dictionaries.c.name == DICTIONARY.name))
    forget_dictionaries()
    with pytest.raises(EvidenceError, match=f"its dictionary {DICTIONARY.name} is lost"):
        load_evidence(connection, stored)
    assert load_evidence(connection, of_other) == b"of another source"
    assert newest_dictionary(connection, "s", Purpose.PAGES) is None


def test_a_dictionary_whose_content_is_exchanged_is_none(connection: Connection) -> None:
    add_dictionary(connection, DICTIONARY)
    packed = zstd_of(raw_dictionary("s", Purpose.PAGES, EDITED), connection)
    of_it = dictionaries.c.name == DICTIONARY.name
    connection.execute(update(dictionaries).where(of_it).values(packed=packed))
    forget_dictionaries()
    with pytest.raises(DictionaryError, match="damaged"):
        load_dictionary(connection, DICTIONARY.name)


def zstd_of(dictionary: Dictionary, connection: Connection) -> bytes:
    add_dictionary(connection, dictionary)
    kept = select(dictionaries.c.packed).where(dictionaries.c.name == dictionary.name)
    packed: bytes = connection.execute(kept).scalars().all()[0]
    return packed


def test_the_dictionary_added_last_is_the_newest_and_older_ones_stay(
    connection: Connection,
) -> None:
    made = [raw_dictionary("s", Purpose.PAGES, b"%d" % number) for number in range(3)]
    for each in made:
        add_dictionary(connection, each)
    assert newest_dictionary(connection, "s", Purpose.PAGES) == made[-1].name
    assert newest_dictionary(connection, "s", Purpose.LETTERS) is None
    assert [load_dictionary(connection, each.name) for each in made] == made


@pytest.mark.parametrize("with_dictionary", [True, False])
def test_a_letter_comes_back_packed_with_a_dictionary_or_by_itself(
    connection: Connection, *, with_dictionary: bool
) -> None:
    dictionary = raw_dictionary("s", Purpose.LETTERS, b"{}")
    add_dictionary(connection, dictionary)
    name = dictionary.name if with_dictionary else None
    packed = pack_letter(connection, LETTER, name)
    assert (dictionary_of(packed), base_version(packed)) == (name, None)
    assert load_letter(connection, packed) == LETTER


@pytest.mark.parametrize(
    ("packed", "said"),
    [
        pytest.param(pack(LETTER)[:-9], "decompress", id="cut off"),
        pytest.param(b"", "content size", id="empty"),
        pytest.param(
            b"P*M\x18\x03\x00\x00\x00v 7" + pack(LETTER), "version 7, .* lost", id="base"
        ),
        pytest.param(
            b"P*M\x18\x03\x00\x00\x00v x" + pack(LETTER), "can't be read", id="no number"
        ),
        pytest.param(
            b"P*M\x18\xff\xff\xff\xffd 7" + pack(LETTER), "can't be read", id="a length too large"
        ),
        pytest.param(
            b"P*M\x18\x12\x00\x00\x00d " + b"7" * 16 + pack(LETTER), "7 is lost", id="dictionary"
        ),
    ],
)
def test_a_letter_that_cannot_be_unpacked_says_why(
    connection: Connection, packed: bytes, said: str
) -> None:
    with pytest.raises(LetterError, match=said):
        load_letter(connection, packed)


def test_a_version_is_no_difference_from_one_that_cannot_be_read(connection: Connection) -> None:
    packed = pack_letter(connection, LETTER, None, base=77)
    assert base_version(packed) is None
    assert load_letter(connection, packed) == LETTER
    assert load_letter(connection, pack(replace(LETTER, title="其他"))).title == "其他"
