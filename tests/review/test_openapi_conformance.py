"""Whatever a program sends, the answer is one that the OpenAPI document promises (Schemathesis)."""

from collections.abc import Iterator, Mapping

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
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


@OPEN.parametrize()
def test_each_answer_is_as_the_document_says(case: schemathesis.Case, anybody: ASGIClient) -> None:
    unsure = [positive_data_acceptance] if names_a_place(case.query or {}) else []
    case.call_and_validate(base_url=ADDRESS, session=anybody, excluded_checks=unsure)


def names_a_place(query: Mapping[str, object]) -> bool:
    """Return whether a request goes on from a page: no schema can say what its links are."""
    return bool(query.get("cursor")) or {"before", "after"} <= query.keys()


@GUARDED.parametrize()
def test_without_a_token_each_path_says_that_it_asks_for_one(
    case: schemathesis.Case, stranger: ASGIClient
) -> None:
    answer = case.call(base_url=ADDRESS, session=stranger)
    case.validate_response(answer, excluded_checks=[ignored_auth])  # which would ask by itself
    assert answer.status_code == 401
