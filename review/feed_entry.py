"""One entry of a feed of changes as Atom has it (RFC 4287)."""

from datetime import datetime
from xml.etree import ElementTree as ET

from letters.change import Change
from review.headline import headline
from review.translator import Translator

ATOM = "http://www.w3.org/2005/Atom"
# XML 1.0 allows none of these, escaped or not.
_FORBIDDEN = {code: None for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)}
_FORBIDDEN |= dict.fromkeys((*range(55296, 57344), 65534, 65535))


def add_entry(
    feed: ET.Element, change: Change, at: tuple[str, datetime], translator: Translator
) -> None:
    """Add `change` to a feed; `at` is the address of its page, and when it was updated."""
    address, updated_at = at
    entry = add_element(feed, "entry")
    kind = translator.term("kind", change.kind.value)
    add_element(entry, "title", _entry_title(change, kind, translator))
    add_element(entry, "id", f"urn:fuhan:{change.letter.source}:change:{change.id}")
    add_element(entry, "published", change.detected_at.isoformat())
    add_element(entry, "updated", updated_at.isoformat())
    add_element(entry, "link", rel="alternate", type="text/html", href=address)
    add_element(entry, "category", term=change.significance.value)
    edits = (f"{edit.old or ''} → {edit.new or ''}" for edit in change.edits)
    lines = (change.letter.title, translator.sentence(change), *edits)
    add_element(entry, "content", "\n".join(lines), type="text")


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


def add_element(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    """Add an element with its text, and return it."""
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text.translate(_FORBIDDEN) or None
    return child
