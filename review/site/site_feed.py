"""The feed of a site: the changes that were decided on last, with relative addresses."""

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from review.feed_entry import ATOM, add_element, add_entry
from review.site.public_change import PublicChange
from review.translator import Translator

_TYPE = "application/atom+xml"
_NEVER = datetime.fromtimestamp(0, UTC)  # when a feed without entries was updated


def site_feed(changes: Sequence[PublicChange], translator: Translator) -> bytes:
    """Return the feed of `changes`, newest decision first, for one language."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    add_element(feed, "title", translator.phrase("public.title"))
    add_element(feed, "id", f"urn:fuhan:site:{translator.language}")
    updated_at = max((each.updated_at for each in changes), default=_NEVER)
    add_element(feed, "updated", updated_at.isoformat())
    add_element(add_element(feed, "author"), "name", translator.phrase("site.name"))
    add_element(feed, "link", rel="self", type=_TYPE, href="feed.atom")
    add_element(feed, "link", rel="alternate", type="text/html", href="index.html")
    for each in changes:
        at = f"changes/{each.change.id}.html", each.updated_at
        add_entry(feed, each.change, at, translator)
    text: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text
