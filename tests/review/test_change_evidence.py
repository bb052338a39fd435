"""The evidence of a change as a ZIP: a stranger checks it with Python alone, and sees any byte that was changed."""

import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import delete, update
from starlette.testclient import TestClient

from letters.change import Change, ChangeKind
from letters.review import Decision, ReviewState
from review.evidence_bundle import write_bundle
from storage import queries
from storage.database.archive import Archive
from storage.export import change_proof
from storage.facts import ledger
from storage.facts.reviews import add_review
from storage.schema.tables import changes as recorded
from storage.schema.tables import evidence

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
Unpack = Callable[[Change], Path]
KINDS = [each for each in ChangeKind if each is not ChangeKind.RESTORED]
COMMON = {
    "README.txt",
    "SHA256SUMS",
    "change.json",
    "check_letter.py",
    "ledger.jsonl",
    "versions.jsonl",
}
BEFORE, AFTER = ({f"{side}/page.html.txt", f"{side}/page.json"} for side in ("before", "after"))


@pytest.fixture(scope="module")
def changes(archive: Archive) -> dict[str, Change]:
    """Return a change of each kind, and one of a file."""
    with archive.reading() as connection:
        recorded = list(queries.changes(connection, queries.ChangeFilter()))
    of_file = next(
        each for each in recorded if any(edit.field == "attachments" for edit in each.edits)
    )
    return {**{each.kind.value: each for each in recorded}, "file": of_file}


@pytest.fixture
def unpack(browser: TestClient, tmp_path: Path) -> Unpack:
    def unpacked(change: Change) -> Path:
        answer = browser.get(f"/changes/{change.id}/evidence.zip")
        assert answer.status_code == 200
        with ZipFile(io.BytesIO(answer.content)) as bundle:
            bundle.extractall(tmp_path)
        return tmp_path

    return unpacked


def check(folder: Path, *words: str) -> tuple[int, str]:
    """Run the script of a bundle as its README says."""
    script = [sys.executable, "-I", "check_letter.py", *words]
    done = subprocess.run(script, capture_output=True, text=True, check=False, cwd=folder)
    return done.returncode, done.stdout + done.stderr


def names(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        pytest.param("published", AFTER, id="published: the page that showed it"),
        pytest.param("edited", BEFORE | AFTER, id="edited: both pages"),
        pytest.param("relocated", BEFORE | AFTER, id="relocated: both pages"),
        pytest.param(
            "withdrawn", BEFORE | AFTER, id="withdrawn: the page, and the answer that it is gone"
        ),
        pytest.param(
            "delisted",
            BEFORE | {"before/directory.json", "after/directory.json"},
            id="delisted: the page, the directory with it and without it",
        ),
    ],
)
def test_the_evidence_of_each_kind_of_change_is_whole_and_agrees(
    changes: dict[str, Change], unpack: Unpack, kind: str, more: set[str]
) -> None:
    folder = unpack(changes[kind])
    assert names(folder) == COMMON | more
    code, said = check(folder)
    assert (code, said.splitlines()[-1]) == (0, "ok   all digests agree"), said


def test_the_answer_of_a_withdrawn_letter_says_that_it_is_gone(
    changes: dict[str, Change], unpack: Unpack
) -> None:
    change = changes["withdrawn"]
    page = json.loads((unpack(change) / "after" / "page.json").read_text("utf-8"))
    assert page["status"] == 404
    assert page["fetched_at"] == change.window.before.isoformat()


def test_only_the_first_directory_lists_a_delisted_letter(
    changes: dict[str, Change], unpack: Unpack
) -> None:
    change = changes["delisted"]
    folder = unpack(change)
    listed = [
        (folder / side / "directory.json").read_text("utf-8") for side in ("before", "after")
    ]
    assert [change.letter.url in each for each in listed] == [True, False]


def test_a_change_of_a_file_brings_both_files_under_names_that_are_safe_anywhere(
    changes: dict[str, Change], unpack: Unpack
) -> None:
    folder = unpack(changes["file"])
    files = sorted(names(folder) - COMMON - BEFORE - AFTER)
    assert [each.partition("/files/")[0] for each in files] == ["after", "before"]
    for each in files:
        digest = hashlib.sha256((folder / each).read_bytes()).hexdigest()
        assert each.endswith(f"/files/{digest[:16]}.pdf")
    assert check(folder)[0] == 0


@pytest.mark.parametrize("kind", [*map(str, KINDS), "file"])
def test_any_byte_that_was_changed_is_told_with_its_file(
    changes: dict[str, Change], unpack: Unpack, kind: str
) -> None:
    folder = unpack(changes[kind])
    for name in names(folder) - {"SHA256SUMS", "check_letter.py"}:
        file = folder / name
        whole = file.read_bytes()
        file.write_bytes(whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:])
        code, said = check(folder)
        assert (code, said.splitlines()[-1].split(":")[0]) == (1, f"BAD  {name}")
        file.unlink()
        assert check(folder)[1].splitlines()[-1] == f"BAD  {name}: is missing"
        file.write_bytes(whole)


def test_sums_made_anew_over_a_forged_file_do_not_deceive(
    changes: dict[str, Change], unpack: Unpack
) -> None:
    folder = unpack(changes["edited"])
    forged = {
        "before/page.html.txt": (b"</", b"<\\"),
        "before/page.json": (b'"status": 200', b'"status": 404'),
        "versions.jsonl": ("现答复如下".encode(), "现回复如下".encode()),
        "change.json": (b'"from_version": 1', b'"from_version": 3'),
        "ledger.jsonl": (b"letter", b"1etter"),
    }
    whole = {name: (folder / name).read_bytes() for name in [*forged, "SHA256SUMS"]}
    for name, (old, new) in forged.items():
        assert old in whole[name], name
        body = whole[name].replace(old, new, 1)
        (folder / name).write_bytes(body)
        digests = [hashlib.sha256(each).hexdigest().encode() for each in (whole[name], body)]
        (folder / "SHA256SUMS").write_bytes(whole["SHA256SUMS"].replace(*digests))
        code, said = check(folder)
        assert (code, said.splitlines()[-1].split()[0]) == (1, "BAD"), name
        for restored in (name, "SHA256SUMS"):
            (folder / restored).write_bytes(whole[restored])
    assert check(folder)[0] == 0


@pytest.mark.parametrize(
    "name", ["change.json", "versions.jsonl", "ledger.jsonl", "after/page.json"]
)
@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b"", b"\xff", None], ids=repr)
def test_sums_made_anew_over_what_cannot_be_read_do_not_hide_its_name(
    changes: dict[str, Change], unpack: Unpack, name: str, body: bytes | None
) -> None:
    folder = unpack(changes["edited"])
    sums = (folder / "SHA256SUMS").read_text("utf-8").splitlines(keepends=True)
    others = [line for line in sums if not line.endswith(f"  {name}\n")]
    if body is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(body)
        others.append(f"{hashlib.sha256(body).hexdigest()}  {name}\n")
    (folder / "SHA256SUMS").write_text("".join(others), "utf-8")
    code, said = check(folder)
    assert code == 1
    assert said.splitlines()[-1].startswith(f"BAD  {name}: ")


def test_a_hash_that_was_published_is_looked_for(
    changes: dict[str, Change], unpack: Unpack
) -> None:
    folder = unpack(changes["edited"])
    newest = json.loads((folder / "ledger.jsonl").read_text("utf-8").splitlines()[-1])
    assert check(folder, newest["hash"])[0] == 0
    code, said = check(folder, "0" * 64)
    assert (code, "BAD  ledger.jsonl: the hash that was published" in said) == (1, True)


def test_it_may_end_at_a_hash_that_was_published_without_what_was_noted_later(
    archive: Archive, browser: TestClient, changes: dict[str, Change], tmp_path: Path
) -> None:
    change = changes["edited"]
    with archive.reading() as connection:
        whole = list(ledger.entries(connection, change.letter.source))
        sealing = max(each.seq for each in queries.change_proof(connection, change).entries)
    with archive.rehearsing() as connection:
        add_review(connection, change.id, Decision(ReviewState.OPEN, "NOTE"), "WHO", NOW)
        unsure = ended(connection, change, None)
        for number, _, published in whole[sealing - 1 :]:
            entries = ended(connection, change, published)
            assert [entries[-1]["seq"], entries[-1]["hash"]] == [number, published]
            assert "NOTE" not in str(entries)
    assert "NOTE" in str(unsure)
    before = whole[sealing - 2][2]
    for wrong in (before, "0" * 64, "x", "%00", "a" * 300):
        answer = browser.get(f"/changes/{change.id}/evidence.zip?head={wrong}&lang=en")
        assert answer.status_code == 400
        assert "head:" in answer.text
    last = whole[-1][2]
    answer = browser.get(f"/changes/{change.id}/evidence.zip?head={last}")
    with ZipFile(io.BytesIO(answer.content)) as bundle:
        bundle.extractall(tmp_path)
    assert check(tmp_path, last)[0] == 0


def ended(connection: Any, change: Change, head: str | None) -> list[dict[str, Any]]:
    """Return the ledger of a change's evidence that ends at a hash."""
    target = io.BytesIO()
    write_bundle(connection, change, target, [], head)
    with ZipFile(target) as bundle:
        return [json.loads(line) for line in bundle.read("ledger.jsonl").splitlines()]


def test_of_a_chain_too_long_the_entries_that_seal_are_there_and_the_gaps_are_told(
    changes: dict[str, Change], unpack: Unpack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_proof, "CHAIN_AT_MOST", 5)
    folder = unpack(changes["edited"])
    code, said = check(folder)
    assert code == 0, said
    assert "1 gaps" in said or "2 gaps" in said
    assert len((folder / "ledger.jsonl").read_text("utf-8").splitlines()) < 8


def test_the_same_evidence_has_the_same_bytes(
    browser: TestClient, changes: dict[str, Change]
) -> None:
    path = f"/changes/{changes['edited'].id}/evidence.zip"
    first, again = (browser.get(path) for _ in range(2))
    assert first.content == again.content
    assert first.headers["Content-Length"] == str(len(first.content))
    assert first.headers["Content-Disposition"] == (
        f'attachment; filename="fuhan-change-{changes["edited"].id}.zip"'
    )
    assert first.headers["X-Content-Type-Options"] == "nosniff"


def test_what_people_decided_is_no_evidence_of_what_happened(
    changes: dict[str, Change], unpack: Unpack
) -> None:
    change = json.loads((unpack(changes["edited"]) / "change.json").read_text("utf-8"))
    assert not {"state", "reviewed_by", "reviewed_at", "note", "tags"} & set(change)
    assert change["id"] == changes["edited"].id


def test_the_readme_speaks_to_a_lawyer_in_both_languages(
    changes: dict[str, Change], unpack: Unpack
) -> None:
    text = (unpack(changes["withdrawn"]) / "README.txt").read_text("utf-8")
    for words in (
        "怎样核对",
        "How to check it",
        "python3 check_letter.py",
        changes["withdrawn"].letter.title,
    ):
        assert words in text
    assert "{" not in text


def test_edits_are_in_it_as_they_were_sealed(archive: Archive, changes: dict[str, Change]) -> None:
    # Shown to people a character without a glyph is named: U+E003.
    sealed = [{**edit.as_json(), "old": "\ue003"} for edit in changes["edited"].edits]
    with archive.rehearsing() as connection:
        here = recorded.c.id == changes["edited"].id
        connection.execute(update(recorded).where(here).values(edits=sealed))
        change = queries.change(connection, changes["edited"].id)
        assert change is not None
        proof = queries.change_proof(connection, change)
    assert proof.change["edits"] == sealed


def test_a_change_that_is_not_known_has_no_evidence(browser: TestClient) -> None:
    assert browser.get("/changes/99999/evidence.zip").status_code == 404


@pytest.mark.sqlite("PostgreSQL lets no bytes go that something refers to")
def test_half_of_the_evidence_is_refused(archive: Archive, changes: dict[str, Change]) -> None:
    change = changes["edited"]
    with archive.rehearsing() as connection:
        version = queries.version(connection, change.letter.id, change.from_version or 1)
        assert version
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.execute(delete(evidence).where(evidence.c.sha256 == version.evidence))
        with pytest.raises(queries.EvidenceError, match="is missing"):
            write_bundle(connection, change, io.BytesIO(), [])
