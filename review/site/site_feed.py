"""The feed of a site: the changes that were decided on last."""

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from review.feed_entry import ATOM, add_element, add_entry
from review.site.public_change import PublicChange
from review.translator import Translator

_TYPE = "application/atom+xml"
_NEVER = datetime.fromtimestamp(0, UTC)  # when a feed without entries was updated


def site_feed(
    changes: Sequence[PublicChange], translator: Translator, address: str | None
) -> bytes:
    """Return the feed of `changes`, newest decision first, for one language.

    `address` is that of the folder in which it is, which names the feed, too. With None addresses
    are relative to the feed, as RFC 4287 allows, and it has the name of every such feed.
    """
    ET.register_namespace("", ATOM)
    at = address or ""
    feed = ET.Element(f"{{{ATOM}}}feed")
    add_element(feed, "title", translator.phrase("public.title"))
    name = f"{address}feed.atom" if address else f"urn:fuhan:site:{translator.language}"
    add_element(feed, "id", name)
    updated_at = max((each.updated_at for each in changes), default=_NEVER)
    add_element(feed, "updated", updated_at.isoformat())
    add_element(add_element(feed, "author"), "name", translator.phrase("site.name"))
    add_element(feed, "link", rel="self", type=_TYPE, href=f"{at}feed.atom")
    add_element(feed, "link", rel="alternate", type="text/html", href=f"{at}index.html")
    for each in changes:
        place = f"{at}changes/{each.change.id}.html", each.updated_at
        add_entry(feed, each.change, place, translator)
    text: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text
