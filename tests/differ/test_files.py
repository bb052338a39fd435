"""What is reported of the files that a letter carries."""

from dataclasses import replace

import pytest

from differ.compare import compare
from letters.letter import Attachment, FileState, Form, Kind, Letter

URL = "http://gov.example/zwgk/202206/"
MISSING = FileState.MISSING


def letter(file: Attachment) -> Letter:
    return Letter(URL, Kind.PROPOSAL, Form.REPLY, "关于第0501号提案的复函", attachments=(file,))


FILE = Attachment("附件.pdf", URL + "a.pdf", "1" * 64, "c" * 64)
OTHER = replace(FILE, digest="2" * 64, content="d" * 64)
ONE, TWO = f"附件.pdf ({'1' * 12})", f"附件.pdf ({'2' * 12})"


@pytest.mark.parametrize(
    ("old", "new", "reported"),
    [
        pytest.param(FILE, OTHER, [("replace", ONE, TWO)], id="says something else"),
        pytest.param(FILE, replace(FILE, digest="2" * 64), [], id="is stamped anew"),
        pytest.param(replace(FILE, content=None), FILE, [], id="was read before its stamps were known"),
        pytest.param(
            replace(FILE, content=None), replace(OTHER, content=None), [("replace", ONE, TWO)],
            id="has other bytes",
        ),
        pytest.param(
            FILE, replace(FILE, url=URL + "b.pdf", digest="2" * 64), [], id="stands elsewhere, stamped anew"
        ),
        pytest.param(FILE, replace(FILE, state=MISSING), [("delete", ONE, None)], id="is gone"),
        pytest.param(replace(FILE, state=MISSING), FILE, [("insert", None, ONE)], id="is back"),
        pytest.param(
            replace(FILE, state=MISSING), OTHER, [("insert", None, TWO)], id="is back, and another"
        ),
        pytest.param(
            replace(FILE, digest=None, content=None),
            replace(FILE, digest=None, content=None, state=MISSING),
            [], id="was never seen, and is gone",
        ),
        pytest.param(replace(FILE, digest=None, content=None), FILE, [], id="was not seen before"),
        pytest.param(replace(FILE, name="点击下载"), FILE, [], id="was called as its button is"),
        pytest.param(
            replace(FILE, name="附件", content=None), replace(OTHER, content=None),
            [("replace", f"附件 ({'1' * 12})", TWO)], id="was called as its button is, and changed",
        ),
    ],
)  # fmt: skip
def test_an_edit_of_a_file_is_reported_once(
    old: Attachment, new: Attachment, reported: list[tuple[str | None, ...]]
) -> None:
    edits = compare(letter(old), letter(new))
    assert [(each.op, each.old, each.new) for each in edits] == reported
    assert {(each.field, each.category) for each in edits} <= {("attachments", "attachment")}


def test_stamps_do_not_count_in_the_digest_of_a_letter() -> None:
    here, there = letter(FILE), letter(replace(FILE, digest="2" * 64))
    assert here.digest() == there.digest() != letter(OTHER).digest()
    assert here.digest() != letter(replace(FILE, state=MISSING)).digest()
