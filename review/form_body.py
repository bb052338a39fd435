"""Reads the form that a browser posts, as far as it is one of ours."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

_TYPE = "application/x-www-form-urlencoded"
_MOST_FIELDS = 2000


async def read_form(request: Request, most: int) -> Mapping[str, list[str]]:
    """Return the values of each field of a form of at most `most` bytes.

    Raises a 415 for what is no form, a 413 for a longer one and a 400 for what is no text.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _TYPE:
        raise HTTPException(415, f"a form was expected ({_TYPE})")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise HTTPException(413, f"a form of at most {most} bytes was expected")
    try:
        form = parse_qs(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:  # a UnicodeDecodeError is one
        raise HTTPException(400, "a form in UTF-8 was expected") from None
    if any("\0" in value for values in form.values() for value in values):
        raise HTTPException(400, "a form without the character NUL was expected")
    return form


def first(form: Mapping[str, list[str]], name: str) -> str:
    """Return the first value of a field; "" where there is none."""
    return form.get(name, [""])[0]
