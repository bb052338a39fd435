"""Answers that are not sent again to a client that has them (RFC 9110, 13)."""

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

_CONTENT = ("link", "x-total-count")  # headers that are part of what a list says
_SENT_WITH_304 = ("etag", "last-modified", "cache-control", *_CONTENT)


def conditional_response(request: Request, response: Response) -> Response:
    """Return `response` with a tag, or 304 where the request says that the client has it already.

    The tag is a digest of the body, and of the headers that say where the rest of a list is: two
    answers that differ in language, filters, page or content never have the same one.
    """
    response.headers["ETag"] = _tag(response)
    if not _is_known(request, response):
        return response
    kept = {name: response.headers[name] for name in _SENT_WITH_304 if name in response.headers}
    return Response(status_code=304, headers=kept)


def last_modified(modified_at: datetime | None, now: datetime) -> dict[str, str]:
    """Return the header that says when an answer last changed; none where it can't be said.

    `modified_at` is None where only comparing the answers would show. It is left out within the
    same second as `now`, since another change may follow within that second.
    """
    if not modified_at or modified_at.replace(microsecond=0) >= now.replace(microsecond=0):
        return {}
    return {"Last-Modified": format_datetime(modified_at.astimezone(UTC), usegmt=True)}


def _tag(response: Response) -> str:
    digest = hashlib.sha256(response.body)
    for name in _CONTENT:
        digest.update(f"\n{name}: {response.headers.get(name, '')}".encode())
    return f'W/"{digest.hexdigest()[:32]}"'


def _is_known(request: Request, response: Response) -> bool:
    """Return whether the request names this response; a tag takes precedence over a date."""
    if header := ",".join(request.headers.getlist("if-none-match")):
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
