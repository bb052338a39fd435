"""The whole story on the replica: crawl, a night of edits, crawl, and what is said of it.

The first crawl and that of the night are the product's own command with its own child, as a user
calls it, over a directory with all its noise: only here every field of every letter and every edit
of a night is compared with the truth, and `verify` is run over what such crawls left.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from replica.server import Replica
from storage.schema.tables import evidence
from tests.archive_copy import altering


@pytest.fixture(scope="module")
def story(replica: Replica, project: Any) -> dict[str, Any]:
    """Crawl through three nights, keeping what each crawl said and what was true."""
    told: dict[str, Any] = {"first": project.crawl()}
    forked = replace(project, command=())
    told["letters"] = forked.rows("letters", "--format", "jsonl")
    told["documents"] = {
        replica.url + each.path: (each.truth(), [text for _, text in each.blocks])
        for each in replica.directory.documents
        if each.kind == "proposal"
    }
    told["noisy"] = forked.crawl("--full")
    told["quiet changes"], told["known"] = forked.changes(), forked.changes("--baseline")
    for name in ("night", "morning", "third night"):
        before = len(forked.changes())
        told[name, "true"] = replica.advance()
        told[name] = (project if name == "night" else forked).crawl()
        told[name, "changes"] = forked.changes()[before:]
    return told


def test_the_first_crawl_is_complete_and_holds_every_letter(story: dict[str, Any]) -> None:
    crawl = story["first"]
    assert crawl["outcome"] == "complete"
    assert (crawl["listed"], crawl["published"], crawl["errors"]) == (60, 60, [])
    assert {letter["url"] for letter in story["letters"]} == set(story["documents"])


def test_every_field_of_every_letter_is_read(story: dict[str, Any]) -> None:
    wrong = list(_wrong_fields(story))
    assert wrong == []


def _wrong_fields(story: dict[str, Any]) -> Iterator[tuple[str, str, Any, Any]]:
    for letter in story["letters"]:
        truth, texts = story["documents"][letter["url"]]
        read = letter | {"attachments": [each["name"] for each in letter["attachments"]]}
        for name, value in truth.items():
            if read[name] != value:
                yield letter["url"], name, read[name], value
        if [block["text"] for block in letter["body"]] != texts:
            yield letter["url"], "body", letter["body"], texts


def test_a_noisy_directory_that_did_not_change_has_no_changes(story: dict[str, Any]) -> None:
    assert story["noisy"]["outcome"] == "complete"
    assert story["noisy"]["unchanged"] == 60
    assert story["quiet changes"] == []
    assert [change["kind"] for change in story["known"]] == ["published"] * 60


def test_the_night_yields_exactly_its_edits(story: dict[str, Any], replica: Replica) -> None:
    happened = story["night", "true"]
    expected = {
        (truth["kind"], replica.url + truth["path"]): truth["edits"]
        for truth in happened
        if truth["kind"] in {"edited", "relocated"}
    }
    found = {
        (change["kind"], change["letter"]["url"]): change["edits"]
        for change in story["night", "changes"]
    }
    assert found.keys() == expected.keys()
    for place, edits in expected.items():
        assert len(found[place]) == len(edits)
        for edit, truth in zip(found[place], edits, strict=True):
            category = truth.pop("category")
            assert edit["category"] in ((category,) if isinstance(category, str) else category)
            assert {name: edit[name] for name in truth} == truth


def test_what_is_gone_is_said_when_a_second_crawl_agrees(
    story: dict[str, Any], replica: Replica
) -> None:
    assert story["night"]["suspect"] == 2
    expected = {
        (truth["kind"], replica.url + truth["path"])
        for truth in story["night", "true"]
        if truth["kind"] in {"withdrawn", "delisted"}
    }
    found = story["morning", "changes"]
    assert {(change["kind"], change["letter"]["url"]) for change in found} == expected
    for change in found:
        window = change["window"]
        assert window["after"] < window["before"] < story["morning"]["started_at"]


def test_what_comes_back_is_restored_with_its_edits(story: dict[str, Any]) -> None:
    found = story["third night", "changes"]
    assert [change["kind"] for change in found] == ["restored", "restored"]
    edits = [edit for change in found for edit in change["edits"]]
    assert len(edits) == 1


def test_every_window_is_bounded_by_looks_of_two_crawls(story: dict[str, Any]) -> None:
    for change in story["night", "changes"]:
        assert change["window"]["after"] < story["night"]["started_at"]
        assert story["night"]["started_at"] < change["window"]["before"]


def test_verify_passes_and_one_changed_byte_is_named(story: dict[str, Any], project: Any) -> None:
    assert story["first"]
    project.run("verify")
    reading = replace(project, command=())
    with altering(project.database) as connection:
        sha256, packed = connection.execute(select(evidence.c.sha256, evidence.c.packed)).first()
        altered = evidence.update().where(evidence.c.sha256 == sha256)
        spoilt = packed[:-9] + bytes([packed[-9] ^ 1]) + packed[-8:]
        connection.execute(altered.values(packed=spoilt))
    assert sha256 in reading.run("verify", code=4)
    with altering(project.database) as connection:
        connection.execute(altered.values(packed=packed))
    reading.run("verify")
