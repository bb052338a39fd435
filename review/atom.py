"""Announced changes as Atom (RFC 4287), in pages that lead on to each other (RFC 5005, 3)."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from letters.change import Change
from review.links import written
from review.translator import Translator
from storage.queries import Announced, FeedPosition, place_of

TYPE = "application/atom+xml"
NEVER = datetime.fromtimestamp(0, UTC)  # when a feed without entries was updated
_ATOM = "http://www.w3.org/2005/Atom"
# XML 1.0 has no room for these, escaped or not.
_FORBIDDEN = {code: None for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)}
_FORBIDDEN |= dict.fromkeys((*range(55296, 57344), 65534, 65535))


def atom(
    page: Announced, base: str, filters: dict[str, str], asked: dict[str, str], voice: Translator
) -> bytes:
    """Return one page of the feed of the changes that `filters` leave.

    `base` is the URL of the service, `asked` the place of the page, as one of its links had it.
    """
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _add(feed, "title", _title(filters, voice))
    _add(feed, "id", feed_id(filters))
    _add(feed, "updated", _updated(page).isoformat())
    _add(_add(feed, "author"), "name", voice.say("site.name"))
    _add(feed, "link", rel="self", type=TYPE, href=_address(base, "feed.atom", filters | asked))
    _add(feed, "link", rel="alternate", type="text/html", href=_address(base, "changes", filters))
    for relation, place in _around(page).items():
        href = _address(base, "feed.atom", filters | place)
        _add(feed, "link", rel=relation, type=TYPE, href=href)
    for change in page.changes:
        _entry(feed, change, base, voice)
    text: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text


def feed_id(filters: dict[str, str]) -> str:
    """Return the id of a feed: each filter has its own, all of its pages have the same.

    >>> feed_id({"source": "city"})
    'urn:fuhan:feed:source=city'
    """
    return f"urn:fuhan:feed:{written(filters)}" if filters else "urn:fuhan:feed"


def written_place(place: FeedPosition) -> str:
    """Return a place among the changes as it stands in a link: microseconds since 1970, and id."""
    return f"{(place.at - NEVER) // timedelta(microseconds=1)}-{place.id}"


def _around(page: Announced) -> dict[str, dict[str, str]]:
    """Return the pages that this one leads to, by the relation of the link."""
    found: dict[str, dict[str, str]] = {"first": {}, "last": {"after": "0-0"}}
    if page.has_newer:
        found["previous"] = {"after": written_place(place_of(page.changes[0]))}
    if page.has_older:
        found["next"] = {"before": written_place(place_of(page.changes[-1]))}
    return found


def _updated(page: Announced) -> datetime:
    return max((place_of(each).at for each in page.changes), default=NEVER)


def _title(filters: dict[str, str], voice: Translator) -> str:
    """Return what a feed is called, so that two of them can be told apart."""
    named = {name: words for name, words in filters.items() if name != "lang"}
    for name in named.keys() & {"kind", "significance"}:
        named[name] = voice.term(name, named[name])
    if "baseline" in named:
        named["baseline"] = voice.say("change.baseline")
    return " · ".join([voice.say("report.title"), *named.values()])


def _address(base: str, path: str, query: dict[str, str]) -> str:
    return f"{base}{path}?{written(query)}" if query else f"{base}{path}"


def _entry(feed: ET.Element, change: Change, base: str, voice: Translator) -> None:
    entry = _add(feed, "entry")
    kind = voice.term("kind", change.kind.value)
    _add(entry, "title", f"{kind}：{change.letter.title}")
    _add(entry, "id", f"urn:fuhan:{change.letter.source}:change:{change.id}")
    _add(entry, "published", change.detected_at.isoformat())
    _add(entry, "updated", place_of(change).at.isoformat())
    _add(entry, "link", rel="alternate", type="text/html", href=f"{base}changes/{change.id}")
    _add(entry, "category", term=change.significance.value)
    edits = (f"{edit.old or ''} → {edit.new or ''}" for edit in change.edits)
    _add(entry, "content", "\n".join([voice.told(change), *edits]), type="text")


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    child.text = text.translate(_FORBIDDEN) or None
    return child
