"""Answers that are not sent again to a client that has them (RFC 9110, 13)."""

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

_SENT_WITH_304 = ("etag", "last-modified", "cache-control")


def conditional_response(
    request: Request, body: bytes, media_type: str, modified_at: datetime | None, now: datetime
) -> Response:
    """Return `body`, or 304 where the request says that the client has it already.

    `modified_at` is when the body last changed, None where only comparing it would show. It is
    left out within the same second as `now`, since another change may follow within that second.
    """
    headers = {"ETag": f'W/"{hashlib.sha256(body).hexdigest()[:32]}"', "Cache-Control": "no-cache"}
    if modified_at and modified_at.replace(microsecond=0) < now.replace(microsecond=0):
        headers["Last-Modified"] = format_datetime(modified_at.astimezone(UTC), usegmt=True)
    response = Response(body, media_type=media_type, headers=headers)
    if not _is_known(request, response):
        return response
    kept = {name: response.headers[name] for name in _SENT_WITH_304 if name in response.headers}
    return Response(status_code=304, headers=kept)


def _is_known(request: Request, response: Response) -> bool:
    """Return whether the request names this response; a tag takes precedence over a date."""
    if header := request.headers.get("if-none-match"):
        tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
        return "*" in tags or response.headers["etag"].removeprefix("W/") in tags
    modified = _http_date(response.headers.get("last-modified"))
    since = _http_date(request.headers.get("if-modified-since"))
    return modified is not None and since is not None and modified <= since


def _http_date(header: str | None) -> datetime | None:
    """Return the date of a header; None where there is none, or none that can be read."""
    try:
        at = parsedate_to_datetime(header or "")
    except (ValueError, OverflowError):
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at
