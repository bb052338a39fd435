"""The feed of announced changes as Atom (RFC 4287), in linked pages (RFC 5005, 3)."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from letters.change import Change
from review.headline import headline
from review.links import encode_query
from review.translator import Translator
from storage.queries import Announced, FeedPosition, position_of

TYPE = "application/atom+xml"
NEVER = datetime.fromtimestamp(0, UTC)  # when a feed without entries was updated
_ATOM = "http://www.w3.org/2005/Atom"
# XML 1.0 allows none of these, escaped or not.
_FORBIDDEN = {code: None for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)}
_FORBIDDEN |= dict.fromkeys((*range(55296, 57344), 65534, 65535))


def atom(
    page: Announced,
    base: str,
    filters: dict[str, str],
    position: dict[str, str],
    translator: Translator,
) -> bytes:
    """Return one page of the feed of the changes that pass `filters`.

    `base` is the URL of the service, `position` the parameters that led to the page.
    """
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _add(feed, "title", _title(filters, translator))
    _add(feed, "id", feed_id(filters))
    _add(feed, "updated", _updated(page).isoformat())
    _add(_add(feed, "author"), "name", translator.phrase("site.name"))
    _add(feed, "link", rel="self", type=TYPE, href=_address(base, "feed.atom", filters | position))
    _add(feed, "link", rel="alternate", type="text/html", href=_address(base, "changes", filters))
    for relation, neighbour in _neighbours(page).items():
        href = _address(base, "feed.atom", filters | neighbour)
        _add(feed, "link", rel=relation, type=TYPE, href=href)
    for change in page.changes:
        _entry(feed, change, base, translator)
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
        neighbours["previous"] = {"after": encode_position(position_of(page.changes[0]))}
    if page.has_older:
        neighbours["next"] = {"before": encode_position(position_of(page.changes[-1]))}
    return neighbours


def _updated(page: Announced) -> datetime:
    return max((position_of(change).at for change in page.changes), default=NEVER)


def _title(filters: dict[str, str], translator: Translator) -> str:
    """Return the title of a feed, which names its filters: readers subscribe to several."""
    shown = {name: value for name, value in filters.items() if name != "lang"}
    for name in shown.keys() & {"kind", "significance"}:
        shown[name] = translator.term(name, shown[name])
    if "baseline" in shown:
        shown["baseline"] = translator.phrase("change.baseline")
    return " · ".join([translator.phrase("report.title"), *shown.values()])


def _address(base: str, path: str, query: dict[str, str]) -> str:
    return f"{base}{path}?{encode_query(query)}" if query else f"{base}{path}"


def _entry(feed: ET.Element, change: Change, base: str, translator: Translator) -> None:
    entry = _add(feed, "entry")
    kind = translator.term("kind", change.kind.value)
    _add(entry, "title", _entry_title(change, kind, translator))
    _add(entry, "id", f"urn:fuhan:{change.letter.source}:change:{change.id}")
    _add(entry, "published", change.detected_at.isoformat())
    _add(entry, "updated", position_of(change).at.isoformat())
    _add(entry, "link", rel="alternate", type="text/html", href=f"{base}changes/{change.id}")
    _add(entry, "category", term=change.significance.value)
    edits = (f"{edit.old or ''} → {edit.new or ''}" for edit in change.edits)
    lines = (change.letter.title, translator.sentence(change), *edits)
    _add(entry, "content", "\n".join(lines), type="text")


def _entry_title(change: Change, kind: str, translator: Translator) -> str:
    """Return what tells an entry from others: what happened, and the subject of the letter."""
    line = headline(change, translator)
    happened = str(line) if line.happened else " ".join(filter(None, (kind, str(line))))
    number = change.letter.number and translator.phrase(
        "letter.number", number=change.letter.number
    )
    return " · ".join(
        filter(None, (happened, change.letter.subject or change.letter.title, number))
    )


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    child.text = text.translate(_FORBIDDEN) or None
    return child
