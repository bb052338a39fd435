"""`fuhan review`: what a person decides, on one change or on many."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("held")
Fuhan = Callable[..., Any]  # the command line, as a shell would call it


def decided(fuhan: Fuhan, *words: str) -> dict[int, dict[str, Any]]:
    """Return what is said of each change, by its id."""
    rows = map(json.loads, fuhan("changes", "--format", "jsonl", *words).out.splitlines())
    names = ("state", "note", "tags", "reviewed_by")
    return {row["id"]: {name: row[name] for name in names} for row in rows}


@pytest.fixture
def ids(fuhan: Fuhan) -> list[int]:
    return sorted(decided(fuhan))


def test_a_change_is_open_until_somebody_decides(fuhan: Fuhan, ids: list[int]) -> None:
    nobody = {"state": "open", "note": None, "tags": [], "reviewed_by": None}
    assert decided(fuhan) == dict.fromkeys(ids, nobody)
    assert decided(fuhan, "--state", "accepted") == {}


def test_several_changes_are_decided_at_once(
    fuhan: Fuhan, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "ann")
    words = ("--state", "flagged", "--note", "ask", "--tag", "money", "--tag", "2024")
    assert fuhan("review", *map(str, ids), *words).code == 0
    said = {"state": "flagged", "note": "ask", "tags": ["2024", "money"], "reviewed_by": "ann"}
    assert decided(fuhan, "--state", "flagged") == dict.fromkeys(ids, said)
    assert decided(fuhan, "--state", "open") == {}


def test_note_and_tags_stay_until_others_are_given(fuhan: Fuhan, ids: list[int]) -> None:
    first = str(ids[0])
    fuhan("review", first, "--state", "flagged", "--note", "ask", "--tag", "money")
    fuhan("review", first, "--state", "accepted")
    assert decided(fuhan)[ids[0]]["note"] == "ask"
    fuhan("review", first, "--state", "open", "--note", "")
    said = decided(fuhan)[ids[0]]
    assert (said["state"], said["note"], said["tags"]) == ("open", None, ["money"])


def test_ids_come_from_stdin(
    fuhan: Fuhan, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(map(str, ids))))
    fuhan("review", "-", "--state", "dismissed")
    assert {each["state"] for each in decided(fuhan).values()} == {"dismissed"}


def test_what_is_no_text_on_stdin_is_refused(
    fuhan: Fuhan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\n"), "utf-8"))
    refused = fuhan("review", "-", "--state", "dismissed")
    assert (refused.code, refused.err) == (2, "fuhan: stdin: expected UTF-8\n")


def test_what_where_names_is_decided_if_nobody_did_yet(fuhan: Fuhan) -> None:
    listed = fuhan("changes", "--format", "jsonl", "--kind", "edited").out.splitlines()
    edited = [json.loads(line)["id"] for line in listed]
    edit = json.loads(listed[0])["edits"][0]
    assert fuhan("review", "--where", "text=no such words", "--state", "accepted").out == ""
    words = ("--where", f"category={edit['category']}", "--where", "kind=edited")
    told = fuhan("review", *words, "--where", f"text={edit['new']}", "--state", "accepted")
    assert told.out.splitlines() == [f"change {each}: accepted" for each in edited]
    assert fuhan("review", *words, "--state", "flagged").out == ""
    assert fuhan("review", *words, "--where", "state=accepted", "--state", "open").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "expected ids of changes, or --where"),
        (("1", "--where", "kind=edited"), "expected ids of changes, or --where"),
        (("one",), "expected the id of a change, found 'one'"),
        (("999",), "change 999 is not known"),
        (("--where", "kind"), "expected source=…"),
        (
            ("--where", "kind=lost"),
            "--where: kind: expected one of published, edited, withdrawn, delisted, restored",
        ),
        (("--where", "significance=big"), "--where: significance: expected one of substantive"),
        (("--where", "source=nowhere"), "source 'nowhere' is not known"),
        (("--where", "state=done"), "--where: state: expected one of open"),
        (("--where", "category=sums"), "--where: category: expected one of figure"),
        (("--where", "colour=red"), "expected source=…"),
    ],
)
def test_what_names_no_change_is_refused(fuhan: Fuhan, words: tuple[str, ...], said: str) -> None:
    refused = fuhan("review", *words, "--state", "accepted")
    assert refused.code == 2
    assert said in refused.err
