"""Reads a form by which a person decides: whose it is, and that it is one of our own pages'."""

import hmac
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request

from review.form_body import first, read_form
from review.people import form_token
from review.settings import ReviewSettings


async def read_person_form(
    request: Request, settings: ReviewSettings, most: int
) -> tuple[str, Mapping[str, list[str]]]:
    """Return who sends a form of at most `most` bytes, and its fields.

    Raises a 403 where nobody is known to send it, or it is none of our pages'.
    """
    person = request.scope["person"]
    if person is None:
        raise HTTPException(403, "who decides is not known: a token is needed")
    form = await read_form(request, most)
    right = form_token(settings, person)
    if not hmac.compare_digest(first(form, "form").encode(), right.encode()):
        raise HTTPException(403, "the form is out of date: open its page again")
    return person, form
