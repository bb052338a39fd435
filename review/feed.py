"""The Atom feed (RFC 4287): an entry a change, announced ones only, whose id never changes."""

from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from letters.change import Change
from review.voice import Voice

_ATOM = "http://www.w3.org/2005/Atom"
# XML 1.0 has no room for these, escaped or not.
_FORBIDDEN = {code: None for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)}
_FORBIDDEN |= dict.fromkeys((*range(55296, 57344), 65534, 65535))


def atom(changes: Iterable[Change], base: str, voice: Voice) -> bytes:
    """Return the feed of `changes`, newest first; `base` is the URL of the service."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    told = list(changes)
    newest = told[0].detected_at if told else datetime.fromtimestamp(0, UTC)
    _add(feed, "title", voice.say("report.title"))
    _add(feed, "id", "urn:fuhan:feed")
    _add(feed, "updated", newest.isoformat())
    _add(_add(feed, "author"), "name", voice.say("site.name"))
    _add(feed, "link", rel="self", href=f"{base}feed.atom")
    for change in told:
        _entry(feed, change, base, voice)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(feed: ET.Element, change: Change, base: str, voice: Voice) -> None:
    entry = _add(feed, "entry")
    kind = voice.term("kind", change.kind.value)
    _add(entry, "title", f"{kind}：{change.letter.title}")
    _add(entry, "id", f"urn:fuhan:{change.letter.source}:change:{change.id}")
    _add(entry, "updated", change.detected_at.isoformat())
    _add(entry, "link", rel="alternate", href=f"{base}changes/{change.id}")
    _add(entry, "category", term=change.significance.value)
    edits = (f"{edit.old or ''} → {edit.new or ''}" for edit in change.edits)
    _add(entry, "content", "\n".join([voice.told(change), *edits]), type="text")


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    child.text = text.translate(_FORBIDDEN) or None
    return child
