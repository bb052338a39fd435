"""What a letter's files say is shown, and each can be had as it was served, as a file alone."""

import hashlib
import re

import pytest
from sqlalchemy import delete
from starlette.testclient import TestClient

from letters.change import Change, Edit
from letters.letter import Attachment
from letters.letter_record import LetterRecord
from review.kept_files import saved_as
from storage import queries
from storage.database.archive import Archive
from storage.schema.tables import evidence


@pytest.fixture(scope="module")
def edited(archive: Archive) -> tuple[Change, Edit, LetterRecord]:
    """Return the change inside a file, its edit, and the letter that carries it."""
    with archive.reading() as connection:
        changes = queries.changes(connection, queries.ChangeFilter())
        change, edit = next(
            (change, edit)
            for change in changes
            for edit in change.edits
            if edit.field == "attachments" and edit.section
        )
        record = queries.letter(connection, change.letter.id)
    assert record
    return change, edit, record


def path_of(record: LetterRecord, digest: str | None = None) -> str:
    return f"/letters/{record.id}/files/{digest or record.letter.attachments[0].digest}"


def test_an_edit_inside_a_file_names_the_file_and_its_page(
    browser: TestClient, edited: tuple[Change, Edit, LetterRecord]
) -> None:
    change, edit, record = edited
    name = record.letter.attachments[0].name
    assert (edit.category, edit.old, edit.new) == ("figure", "718.4", "918.4")
    assert edit.section == (name, "第1页")
    diff = f"/letters/{record.id}/diff/{change.from_version}..{change.to_version}"
    for page in (f"/changes/{change.id}", diff):
        assert f"{name} › 第1页" in browser.get(page).text
    (told,) = browser.get(f"/api/changes/{change.id}").json()["edits"]
    assert told["section"] == [name, "第1页"]


def test_a_letter_shows_what_its_files_say(
    browser: TestClient, edited: tuple[Change, Edit, LetterRecord]
) -> None:
    _, _, record = edited
    page = browser.get(f"/letters/{record.id}").text
    assert "本年度已完成投资918.4亿元。" in page
    assert path_of(record) in page
    (file,) = browser.get(f"/api/letters/{record.id}").json()["attachments"]
    assert (file["state"], file["pages"]) == ("read", 1)
    assert "918.4" in file["text"]
    assert str(record.id) in browser.get("/letters?search=已完成投资918.4亿元").text


def test_each_state_of_a_file_is_had_as_it_was_served_and_never_shown_as_a_page(
    browser: TestClient, archive: Archive, edited: tuple[Change, Edit, LetterRecord]
) -> None:
    _, _, record = edited
    with archive.reading() as connection:
        versions = queries.versions(connection, record.id)
    digests = {version.letter.attachments[0].digest for version in versions}
    assert len(digests) == 2
    for digest in digests:
        answer = browser.get(path_of(record, digest))
        assert hashlib.sha256(answer.content).hexdigest() == digest
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
        assert answer.headers["Content-Disposition"].endswith(".pdf")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_no_version_of_the_letter_had_is_not_handed_out(
    browser: TestClient, archive: Archive, edited: tuple[Change, Edit, LetterRecord]
) -> None:
    _, _, record = edited
    with archive.reading() as connection:
        others = [
            each
            for each in queries.plain_letters(connection, queries.LetterFilter())
            if each.id != record.id
        ]
        page = queries.versions(connection, record.id)[0].evidence
    for path in (path_of(record, page), path_of(others[0], record.letter.attachments[0].digest)):
        assert browser.get(path).status_code == 404
    assert browser.get(path_of(record, "x" * 64)).status_code == 404


@pytest.mark.sqlite("PostgreSQL lets no bytes go that something refers to")
def test_a_file_whose_bytes_are_lost_is_said_to_be(
    archive: Archive, edited: tuple[Change, Edit, LetterRecord]
) -> None:
    _, _, record = edited
    with archive.rehearsing() as connection:
        digest = record.letter.attachments[0].digest
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.execute(delete(evidence).where(evidence.c.sha256 == digest))
        with pytest.raises(queries.EvidenceError, match="is missing"):
            queries.kept_file(connection, record.id, digest or "")


@pytest.mark.parametrize(
    ("name", "url"),
    [
        pytest.param("附件1", "http://a.example/f.pdf", id="Chinese"),
        pytest.param('a"; filename="x.html', "http://a.example/f.pdf", id="a quote"),
        pytest.param("a\r\nSet-Cookie: a=b", "http://a.example/f.pdf", id="lines"),
        pytest.param("../../etc/passwd", "http://a.example/", id="a path"),
        pytest.param("a\x00b", "http://a.example/%00%0d%0a.html", id="control characters"),
        pytest.param("\ud800", "http://a.example/f.pdf", id="half a character"),
        pytest.param("", "", id="none"),
        pytest.param("a;b=c' d", "http://a.example/x.a;b%22", id="separators"),
    ],
)
def test_whatever_a_site_calls_a_file_its_header_is_one_value(name: str, url: str) -> None:
    header = saved_as(Attachment(name, url))
    assert re.fullmatch(r"attachment; filename\*=utf-8''([A-Za-z0-9._~-]|%[0-9A-F]{2})+", header)
