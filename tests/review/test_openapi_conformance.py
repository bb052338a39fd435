"""Whatever a program sends, the answer is one that the OpenAPI document promises (Schemathesis)."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.pytest.lazy import get_all_tests
from schemathesis.python.asgi import ASGIClient, get_client
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from review.app import create_app
from review.openapi import document
from review.settings import ReviewSettings
from storage.database.archive import Archive
from tests.review.conftest import SOURCE, ZONE, ServiceBeside

TOKEN = "peony 7"  # noqa: S105 - of a test
ADDRESS = "http://127.0.0.1"


def config(examples: int) -> SchemathesisConfig:
    """Return how many requests are made up for each path: always the same ones.

    What answers say, and what words the program's own source has, would make others of them.
    """
    apart = {"extra-data-sources": {"responses": False}}
    return SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "generation": {
                "max-examples": examples,
                "deterministic": True,
                "database": "none",
                "with-security-parameters": False,
            },
            "phases": {
                "examples": apart,
                "coverage": apart,
                "fuzzing": {**apart, "error-feedback": {"enabled": False}},
            },
            "analysis": {"constants": {"enabled": False}},
        }
    )


def made_up(schema: schemathesis.BaseSchema, check: Any) -> dict[str, Any]:
    """Return for each path a test that makes up its requests and has them checked.

    Tests that Schemathesis parametrizes itself have one name, and several processes run but one.
    """
    each = get_all_tests(schema=schema, test_func=check, settings=None, given_kwargs={})
    return {operation.label: test for operation, test in (result.ok() for result in each)}


OPEN = schemathesis.openapi.from_dict(document("", has_tokens=False), config=config(25))
GUARDED = schemathesis.openapi.from_dict(document("", has_tokens=True), config=config(1))


def session(archive: Archive, token: str | None) -> ASGIClient:
    settings = ReviewSettings(sources=(SOURCE,), timezone=ZONE, token=token)
    return get_client(create_app(archive, settings, ServiceBeside()))


@pytest.fixture(scope="module")
def anybody(archive: Archive) -> Iterator[ASGIClient]:
    with session(archive, None) as client:
        yield client


@pytest.fixture(scope="module")
def stranger(archive: Archive) -> Iterator[ASGIClient]:
    with session(archive, TOKEN) as client:
        yield client


def answered(case: schemathesis.Case, anybody: ASGIClient) -> None:
    unsure = [positive_data_acceptance] if names_a_place(case.query or {}) else []
    case.call_and_validate(base_url=ADDRESS, session=anybody, excluded_checks=unsure)


def names_a_place(query: Mapping[str, object]) -> bool:
    """Return whether a request goes on from a page: no schema can say what its links are."""
    return bool(query.get("cursor")) or {"before", "after"} <= query.keys()


def refused(case: schemathesis.Case, stranger: ASGIClient) -> None:
    answer = case.call(base_url=ADDRESS, session=stranger)
    case.validate_response(answer, excluded_checks=[ignored_auth])  # which would ask by itself
    assert answer.status_code == 401


ANSWERED, REFUSED = made_up(OPEN, answered), made_up(GUARDED, refused)


@pytest.mark.parametrize("path", ANSWERED)
def test_each_answer_is_as_the_document_says(path: str, anybody: ASGIClient) -> None:
    ANSWERED[path](anybody=anybody)


@pytest.mark.parametrize("path", REFUSED)
def test_without_a_token_each_path_says_that_it_asks_for_one(
    path: str, stranger: ASGIClient
) -> None:
    REFUSED[path](stranger=stranger)
