"""The models of the API, its answers, its document and what the commands print are one thing."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import ValidationError
from starlette.testclient import TestClient

from letters.alarm import Alarm, AlarmKind
from letters.change import Category, Change, ChangeKind, Edit, LetterRef, Op, Significance, Window
from letters.crawl_record import Crawl, CrawlOutcome, PageError
from letters.letter import Attachment, Block, BlockKind, FileState, Form, Kind, Letter
from letters.letter_record import LetterRecord, Status
from letters.watching import WatchAct, WatchDecision
from review.api_models import (
    AlarmModel,
    ApiModel,
    ChangeModel,
    CrawlModel,
    LetterModel,
    SourceModel,
)
from review.settings import WatchedSource
from storage import queries
from storage.database.archive import Archive

AT = datetime.fromisoformat("2026-11-24T06:00:00+00:00")
LATER = datetime.fromisoformat("2026-11-24T06:00:00.123456+00:00")
ANY_TEXT = ("source", "search", "detail", "text", "tag")
FORMATS = FormatChecker(["date"])


@FORMATS.checks("date-time", ValueError)
def is_moment_with_offset(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def bare_letter() -> LetterRecord:
    letter = Letter("http://gov.example/1.html", Kind.PROPOSAL, Form.REPLY, "关于提案的答复")
    return LetterRecord(1, "demo", Status.SUSPECT, letter, None, (), 1, 1, AT, LATER)


def full_letter() -> LetterRecord:
    attachments = (
        Attachment("a.pdf", "http://gov.example/a.pdf", "ab", "cd", FileState.MISSING),
        Attachment("b.pdf", "http://gov.example/b.pdf"),
    )
    letter = Letter(
        "http://gov.example/1.html", Kind.SUGGESTION, Form.RECORD, "“引”\\\t\u2028</script>\x7f😀",
        number="0501", session="五届五次", addressees=("赵小华",), subject="题", agency="委",
        co_handlers=("甲局", "乙局"), doc_number="渝〔2022〕1号", result_class="A", feedback="满意",
        published_on=AT.date(), url_dated_on=AT.date(), signed_on=AT.date(), signed_on_raw="202267",
        reviewer="董", postcode="401121", phone="67575783", contact="易", attachments=attachments,
        labels={"案由": "x"}, body=(Block(BlockKind.HEADING, "一、", 1), Block(BlockKind.TABLE, "a\tb")),
    )  # fmt: skip
    return LetterRecord(2, "demo", Status.DELISTED, letter, AT.date(), (1, 3), 2, 3, AT, LATER)


def bare_change() -> Change:
    letter = LetterRef(1, "http://gov.example/1.html", "题", None, "demo")
    return Change(
        1, letter, ChangeKind.PUBLISHED, Significance.MINOR, held=False, from_version=None,
        to_version=1, detected_at=AT, window=Window(None, AT),
    )  # fmt: skip


def full_change() -> Change:
    letter = LetterRef(1, "http://gov.example/1.html", "题", "0501", "demo")
    edit = Edit(
        Op.REPLACE, "body", Category.COMMITMENT, "将", "将研究", "weakened", ("一、",), "将"
    )
    bare_edit = Edit(Op.INSERT, "title", Category.WORDING, None, "新")
    return Change(
        2, letter, ChangeKind.WITHDRAWN, Significance.COSMETIC, held=True, from_version=1,
        to_version=None, detected_at=LATER, window=Window(AT, LATER), edits=(edit, bare_edit),
        reason="why", baseline=True, announced_at=AT,
    )  # fmt: skip


def full_crawl() -> Crawl:
    errors = (PageError("http://gov.example/1.html", "timed out"),)
    return Crawl(2, "demo", CrawlOutcome.PARTIAL, AT, LATER, 3, 2, 1, errors=errors, bytes=2**40)


def full_alarm() -> Alarm:
    about = {"source": "demo", "subject": "desk", "host": "gov.example"}
    return Alarm(AlarmKind.BLOCKED, "HTTP 403", AT, **about, judged_at=LATER, ended_at=LATER, id=2)


def full_source() -> WatchedSource:
    added = WatchDecision(1, "demo", WatchAct.ADD, "Lin", AT)
    paused = WatchDecision(2, "demo", WatchAct.PAUSE, "Wang", LATER)
    return WatchedSource("demo", "某委", "proposal", "http://gov.example/", added, paused)


EXAMPLES = [
    pytest.param(
        SourceModel, WatchedSource("a", "某委", "suggestion", "http://gov.example/"), id="a source"
    ),
    pytest.param(SourceModel, full_source(), id="a source that people decided on"),
    pytest.param(LetterModel, bare_letter(), id="a letter with what every letter has"),
    pytest.param(LetterModel, full_letter(), id="a letter with everything"),
    pytest.param(ChangeModel, bare_change(), id="a change without edits"),
    pytest.param(ChangeModel, full_change(), id="a change with everything"),
    pytest.param(CrawlModel, Crawl(1, "demo", None, AT, None), id="a crawl that runs"),
    pytest.param(CrawlModel, full_crawl(), id="a crawl with everything"),
    pytest.param(AlarmModel, Alarm(AlarmKind.DISK, "full", AT, id=1), id="an alarm that stands"),
    pytest.param(AlarmModel, full_alarm(), id="an alarm with everything"),
]


def printed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize(("model", "record"), EXAMPLES)
def test_a_model_writes_what_the_commands_print(model: type[ApiModel], record: Any) -> None:
    assert model.model_validate(record.as_json()).model_dump_json() == printed(record.as_json())


@pytest.mark.parametrize(("model", "record"), EXAMPLES)
def test_a_model_refuses_a_field_too_many_or_too_few(model: type[ApiModel], record: Any) -> None:
    with pytest.raises(ValidationError, match="more"):
        model.model_validate({**record.as_json(), "more": 1})
    for key in record.as_json():
        with pytest.raises(ValidationError, match=key):
            model.model_validate({k: v for k, v in record.as_json().items() if k != key})


def test_the_api_answers_what_the_commands_print(browser: TestClient, archive: Archive) -> None:
    with archive.reading() as connection:
        rows: dict[str, list[Any]] = {
            "letters": list(queries.plain_letters(connection, queries.LetterFilter())),
            "changes": list(queries.changes(connection, queries.ChangeFilter())),
            "crawls": list(queries.crawls(connection)),
        }
    for name, records in rows.items():
        answer = browser.get(f"/api/{name}?limit=1000&baseline=1")
        assert answer.headers["content-type"] == "application/json"
        assert answer.text == printed([each.as_json() for each in records])


@pytest.fixture
def document(browser: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = browser.get("/api/openapi.json").json()
    return found


def validator(document: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    whole = {**schema, "components": document["components"]}
    Draft202012Validator.check_schema(whole)
    return Draft202012Validator(whole, format_checker=FORMATS)


def responses(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, status and schema of each answer in JSON."""
    for path, methods in document["paths"].items():
        for status, named in methods["get"]["responses"].items():
            name = named.get("$ref", "").rpartition("/")[2]
            response = document["components"]["responses"][name] if name else named
            if content := response.get("content", {}).get("application/json"):
                yield path, status, content["schema"]


def test_every_answer_is_valid_by_the_document(
    browser: TestClient, document: dict[str, Any]
) -> None:
    wrong = {
        "400": ("", "?limit=x"), "404": ("99999", ""), "200": ("1", "?limit=1000&baseline=1"),
    }  # fmt: skip
    for path, status, schema in responses(document):
        if status not in wrong:
            continue  # of a token or an archive that can't be read: test_odd_requests, test_unreadable
        id_, query = wrong[status]
        answer = browser.get(re.sub(r"\{\w+\}", "1", path.replace("{id}", id_)) + query)
        assert str(answer.status_code) == status
        validator(document, schema).validate(answer.json())


@pytest.mark.parametrize(("model", "record"), EXAMPLES)
def test_every_record_is_valid_by_the_document(
    document: dict[str, Any], model: type[ApiModel], record: Any
) -> None:
    name = model.__name__.removesuffix("Model")
    validator(document, document["components"]["schemas"][name]).validate(record.as_json())


def test_the_document_has_no_reference_into_nothing(document: dict[str, Any]) -> None:
    names = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert names | {"Letter", "Change", "Edit", "Crawl"} == set(document["components"]["schemas"])


def test_every_parameter_of_the_document_is_understood(
    browser: TestClient, document: dict[str, Any]
) -> None:
    for path, methods in document["paths"].items():
        for parameter in methods["get"]["parameters"]:
            if parameter["in"] == "query" and parameter["name"] not in ANY_TEXT:
                answer = browser.get(path, params={parameter["name"]: "no such"})
                assert answer.status_code == 400
                if path.startswith("/api/"):  # the feed says so on a page
                    assert answer.json()["error"].startswith(f"{parameter['name']}: ")
