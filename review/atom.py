"""The feed of announced changes as Atom (RFC 4287), in linked pages (RFC 5005, 3)."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from review.feed_entry import ATOM, add_element, add_entry
from review.links import encode_query
from review.translator import Translator
from storage.queries import Announced, FeedPosition, position_of

TYPE = "application/atom+xml"
NEVER = datetime.fromtimestamp(0, UTC)  # when a feed without entries was updated


def atom(
    page: Announced,
    base: str,
    filters: dict[str, str],
    position: dict[str, str],
    translator: Translator,
    updated_at: datetime | None = None,
) -> bytes:
    """Return one page of the feed of the changes that pass `filters`.

    `base` is the URL of the service, `position` the parameters that led to the page. `updated_at`
    is when the last change was announced that may be on the page no more; None: it is on it.
    """
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    add_element(feed, "title", _title(filters, translator))
    add_element(feed, "id", feed_id(filters))
    add_element(feed, "updated", _updated(page, updated_at).isoformat())
    add_element(add_element(feed, "author"), "name", translator.phrase("site.name"))
    add_element(
        feed, "link", rel="self", type=TYPE, href=_address(base, "feed.atom", filters | position)
    )
    add_element(
        feed, "link", rel="alternate", type="text/html", href=_address(base, "changes", filters)
    )
    for relation, neighbour in _neighbours(page).items():
        href = _address(base, "feed.atom", filters | neighbour)
        add_element(feed, "link", rel=relation, type=TYPE, href=href)
    for change in page.changes:
        at = f"{base}changes/{change.id}", position_of(change).at
        add_entry(feed, change, at, translator)
    text: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text


def feed_id(filters: dict[str, str]) -> str:
    """Return the id of a feed: each filter has its own, all of its pages have the same.

    >>> feed_id({"source": "city"})
    'urn:fuhan:feed:source=city'
    """
    return f"urn:fuhan:feed:{encode_query(filters)}" if filters else "urn:fuhan:feed"


def encode_position(position: FeedPosition) -> str:
    """Return a position as it is written in a link: microseconds since 1970, and id."""
    return f"{(position.at - NEVER) // timedelta(microseconds=1)}-{position.id}"


def _neighbours(page: Announced) -> dict[str, dict[str, str]]:
    """Return the parameters of the pages that this one links, by the relation of the link."""
    neighbours: dict[str, dict[str, str]] = {"first": {}, "last": {"after": "0-0"}}
    if page.has_newer:
        newest = page.newer_beyond or position_of(page.changes[0])
        neighbours["previous"] = {"after": encode_position(newest)}
    if page.has_older:
        oldest = page.older_beyond or position_of(page.changes[-1])
        neighbours["next"] = {"before": encode_position(oldest)}
    return neighbours


def _updated(page: Announced, at: datetime | None) -> datetime:
    return max([at or NEVER, *(position_of(change).at for change in page.changes)])


def _title(filters: dict[str, str], translator: Translator) -> str:
    """Return the title of a feed, which names its filters: readers subscribe to several."""
    shown = {name: value for name, value in filters.items() if name != "lang"}
    for name in shown.keys() & {"kind", "significance", "category", "detail"}:
        shown[name] = translator.term(name, shown[name])
    if "state" in shown:
        shown["state"] = translator.phrase(f"review.{shown['state']}")
    if "baseline" in shown:
        shown["baseline"] = translator.phrase("change.baseline")
    return " · ".join([translator.phrase("report.title"), *shown.values()])


def _address(base: str, path: str, query: dict[str, str]) -> str:
    return f"{base}{path}?{encode_query(query)}" if query else f"{base}{path}"
