"""Whatever is posted to the forms by which people decide and sign in, the answer is one of these (Schemathesis)."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from schemathesis.python.asgi import ASGIClient, get_client
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from fuhan.archive_audit import audit
from letters.review import ReviewState
from review.app import create_app
from review.people import form_token
from review.settings import ReviewSettings
from storage import queries
from storage.database.archive import Archive, open_archive
from tests.archive_copy import archive_url, copy_archive
from tests.review.conftest import SOURCE, ZONE, ServiceBeside
from tests.review.test_openapi_conformance import ADDRESS, config, made_up

NAME, TOKEN = "李雷", "peony 7"
SECRET = b"of a test"
SETTINGS = ReviewSettings(sources=(SOURCE,), timezone=ZONE, people={NAME: TOKEN}, secret=SECRET)
FORM = form_token(SETTINGS, NAME)
SEEN = {
    "type": "string",
    "pattern": "^[1-9]:([1-9])?$",
}  # a change, and the decision that was seen
DECISION = {
    "form": {"const": FORM},
    "change": {"type": "array", "items": SEEN, "minItems": 1, "maxItems": 3},
    "state": {"enum": [*ReviewState]},
    "note": {"type": "string", "maxLength": 50},
    "tags": {"type": "string", "maxLength": 50},
    "query": {"type": "string"},
}
REVIEWS = {
    "type": "array",
    "items": {"type": "integer", "minimum": 1, "maximum": 9},
    "minItems": 1,
}
SIGN_IN = {"token": {"enum": [TOKEN, "wrong", ""]}, "next": {"type": "string"}}
PATHS = {
    "/review": (DECISION, (303, 400, 403, 404, 409, 413, 415)),
    "/review/undo": ({**DECISION, "review": REVIEWS}, (303, 400, 403, 404, 409, 413, 415)),
    "/login": (SIGN_IN, (303, 400, 401, 403, 413, 415, 429)),
}
PAGES = {"/review", "/login"}  # which are opened, too


def document() -> dict[str, Any]:
    """Return what forms of the pages may be sent, and which answers there are."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "forms", "version": "1"},
        "paths": {path: _forms(path, *each) for path, each in PATHS.items()},
    }


def _forms(path: str, fields: Mapping[str, Any], statuses: tuple[int, ...]) -> dict[str, Any]:
    schema = {"type": "object", "properties": fields, "required": [*fields]}
    body = {"content": {"application/x-www-form-urlencoded": {"schema": schema}}}
    page = {"description": "", "content": {"text/html": {"schema": {"type": "string"}}}}
    onward = {"description": "", "headers": {"Location": {"schema": {"pattern": "^/(?!/)"}}}}
    answers = {str(status): onward if status == 303 else page for status in statuses}
    sent = {"post": {"requestBody": body, "responses": answers}}
    return sent | {"get": {"responses": {"200": page, "303": onward}}} if path in PAGES else sent


FORMS = schemathesis.openapi.from_dict(document(), config=config(40))


@pytest.fixture(scope="module")
def archive(two_nights: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Return an archive that is decided on, and is sound in the end."""
    file = tmp_path_factory.mktemp("forms") / "fuhan.db"
    copy_archive(two_nights / "fuhan.db", file)
    with closing(open_archive(archive_url(file), create=False)) as opened:
        yield opened
        with opened.reading() as connection:
            assert queries.last_review_at(connection)
        assert not audit(opened).damages


@pytest.fixture(scope="module")
def reviewer(archive: Archive) -> Iterator[ASGIClient]:
    with get_client(create_app(archive, SETTINGS, ServiceBeside())) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        yield client


def answered(case: schemathesis.Case, reviewer: ASGIClient) -> None:
    answer = case.call(base_url=ADDRESS, session=reviewer, allow_redirects=False)
    # Which changes there are, and how one was decided on, no schema can say.
    case.validate_response(
        answer, excluded_checks=[positive_data_acceptance, negative_data_rejection]
    )
    assert answer.headers["x-content-type-options"] == ["nosniff"]


ANSWERED = made_up(FORMS, answered)


@pytest.mark.parametrize("form", ANSWERED)
def test_each_form_is_answered_as_it_says(form: str, reviewer: ASGIClient) -> None:
    ANSWERED[form](reviewer=reviewer)
