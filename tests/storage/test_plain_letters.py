"""A list for programs gives each letter as it is given alone, in either database."""

import json
from datetime import UTC, date, datetime

import pytest
from starlette.testclient import TestClient

from letters.letter import Attachment, Block, BlockKind, FieldSpan, FileState, Form, Kind, Letter
from letters.letter_record import LetterRecord, Status
from letters.plain_letter_record import PlainLetterRecord
from letters.search_text import search_lines, search_lines_of_values
from review.app import create_app
from review.settings import ReviewSettings
from storage import queries
from storage.database.archive import Archive
from storage.schema.letter_codec import pack, unpack_values
from storage.schema.tables import versions
from tests.crawler.record.source import GONE, ComposedSource, page_of, url_of
from tests.review.conftest import ServiceBeside

AT = datetime(2026, 11, 24, 6, 0, 0, 123456, UTC)
SPANS = (FieldSpan("signed_on", 0, 9),)
LETTERS = {
    "with what every letter has": Letter("http://gov.example/", Kind.PROPOSAL, Form.REPLY, "题"),
    "with everything that is kept otherwise than it is given": Letter(
        "http://gov.example/2", Kind.SUGGESTION, Form.RECORD, "“引”\\\t\u2028</script>\x7f\x01😀",
        number="0501", addressees=("赵小华",), published_on=date(2022, 6, 17),
        signed_on=date(2022, 6, 7), signed_on_raw="202267", labels={"案由": "x"},
        attachments=(
            Attachment("a.pdf", "http://gov.example/a.pdf", "ab", "cd", FileState.MISSING),
            Attachment("b.pdf", "http://gov.example/b.pdf"),
        ),
        body=(
            Block(BlockKind.HEADING, "一、", 1),
            Block(BlockKind.PARAGRAPH, "2022年6月7日", spans=SPANS),
            Block(BlockKind.TABLE, "a\tb\nc\td"),
        ),
    ),
    "with lone surrogates": Letter(
        "http://gov.example/3", Kind.PROPOSAL, Form.REPLY, "题",
        body=(Block(BlockKind.PARAGRAPH, "甲\ud800乙"),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_a_letter_as_it_is_kept_is_given_as_one_that_was_read(letter: Letter) -> None:
    record = LetterRecord(1, "demo", Status.SUSPECT, letter, AT.date(), (3,), 2, 3, AT, AT)
    kept = PlainLetterRecord(
        *(1, "demo", "suspect", unpack_values(pack(letter)), letter.attachments, AT.date()),
        *((3,), 2, 3, AT, AT, letter.digest()),
    )
    assert json.dumps(kept.as_json()) == json.dumps(record.as_json())


def test_a_letter_of_before_a_field_has_its_empty_value() -> None:
    letter = LETTERS["with what every letter has"]
    older = {
        name: value for name, value in unpack_values(pack(letter)).items() if value not in ([], {})
    }
    del older["contact"]
    record = LetterRecord(1, "demo", Status.SUSPECT, letter, None, (), 1, 1, AT, AT)
    kept = PlainLetterRecord(
        1, "demo", "suspect", older, (), None, (), 1, 1, AT, AT, letter.digest()
    )
    assert json.dumps(kept.as_json()) == json.dumps(record.as_json())


def test_a_list_gives_each_letter_as_it_is_given_alone(archive: Archive) -> None:
    source = ComposedSource(archive)
    moved, stays = url_of("0001"), url_of("0002")
    source.crawl({moved: page_of("0001"), stays: page_of("0002")})
    now = url_of("0001", "202305")
    source.crawl({moved: GONE, now: page_of("0001")}, listed=[now, stays])
    app = create_app(archive, ReviewSettings(), ServiceBeside())
    browser = TestClient(app, base_url="http://127.0.0.1:8321")
    rows = browser.get("/api/letters").json()
    assert sorted(each["url"] for each in rows) == [stays, now]
    with archive.reading() as connection:
        for row in rows:
            record = queries.letter(connection, row["id"])
            assert record is not None
            assert json.dumps(row) == json.dumps(record.as_json())
            assert browser.get(f"/api/letters/{row['id']}").json() == row


def test_the_api_gives_a_lone_surrogate_as_an_escape(archive: Archive) -> None:
    source = ComposedSource(archive)
    source.crawl({url_of("0001"): page_of("0001")})
    with archive.writing() as connection:
        packed = pack(LETTERS["with lone surrogates"])
        connection.execute(versions.update().values(letter=packed))
    app = create_app(archive, ReviewSettings(), ServiceBeside())
    browser = TestClient(app, base_url="http://127.0.0.1:8321")
    for path in ("/api/letters", "/api/letters/1"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert "\\ud800" in answer.text


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_a_search_goes_through_the_same_lines_of_a_letter_as_it_is_kept(letter: Letter) -> None:
    lines = search_lines_of_values(unpack_values(pack(letter)), letter.attachments)
    assert list(lines) == list(search_lines(letter))
