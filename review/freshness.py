"""Answers that are not sent again to who has them (RFC 9110, 13)."""

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

_SENT_WITH_304 = ("etag", "last-modified", "cache-control")


def fresh(
    request: Request, body: bytes, media_type: str, modified_at: datetime | None, now: datetime
) -> Response:
    """Return `body`, or that who asks has it already.

    `modified_at` is when the answer last changed, None where only its words tell. The second
    that has not passed yet may bring another change, so that it is no date to go by.
    """
    headers = {"ETag": f'W/"{hashlib.sha256(body).hexdigest()[:32]}"', "Cache-Control": "no-cache"}
    if modified_at and modified_at.replace(microsecond=0) < now.replace(microsecond=0):
        headers["Last-Modified"] = format_datetime(modified_at.astimezone(UTC), usegmt=True)
    answer = Response(body, media_type=media_type, headers=headers)
    if not _is_known(request, answer):
        return answer
    kept = {name: answer.headers[name] for name in _SENT_WITH_304 if name in answer.headers}
    return Response(status_code=304, headers=kept)


def _is_known(request: Request, answer: Response) -> bool:
    """Return whether the request names this answer; a tag goes before a date."""
    if tags := request.headers.get("if-none-match"):
        told = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return "*" in told or answer.headers["etag"].removeprefix("W/") in told
    modified, since = (
        _date(headers.get(name))
        for headers, name in (
            (answer.headers, "last-modified"),
            (request.headers, "if-modified-since"),
        )
    )
    return modified is not None and since is not None and modified <= since


def _date(told: str | None) -> datetime | None:
    """Return a date of HTTP; None where there is none, or none that can be read."""
    try:
        at = parsedate_to_datetime(told or "")
    except (ValueError, OverflowError):
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at
