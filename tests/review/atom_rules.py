"""What makes a feed valid: the grammar of RFC 4287, and what its words and the W3C's validator add."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
# RFC 3339, as RFC 4287 (3.3) asks for it: with an offset.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
URI = re.compile(r"[a-z][a-z0-9+.-]*:([A-Za-z0-9._~:/?#@!$&'()*+,;=\[\]-]|%[0-9A-F]{2})+")
URN = re.compile(r"urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}:[A-Za-z0-9._~:@!$&'()*+,;=/%-]+")


@cache
def grammar() -> etree.RelaxNG:
    """Return the grammar of RFC 4287, appendix B."""
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


def assert_valid(text: bytes) -> None:
    """Assert that a reader can do with a feed what the standard says."""
    document = etree.fromstring(text)
    grammar().assertValid(document)
    read = feedparser.parse(text)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    entries = document.findall(f"{ATOM}entry")
    assert len(read.entries) == len(entries)
    for element in (document, *entries):
        _assert_element(element)
    names = [each.findtext(f"{ATOM}id") for each in (document, *entries)]
    assert len(names) == len(set(names))  # 4.2.6: no two have one name
    assert document.findtext(f"{ATOM}author/{ATOM}name")  # 4.1.1
    assert _moments(document)[0] >= max((_moments(each)[0] for each in entries), default="")
    assert [_moments(each)[0] for each in entries] == sorted(
        (_moments(each)[0] for each in entries), reverse=True
    )


def _assert_element(element: etree._Element) -> None:
    name = element.findtext(f"{ATOM}id", "")
    assert URI.fullmatch(name)  # 4.2.6: an IRI
    assert URN.fullmatch(name) or urlsplit(name).netloc
    assert element.findtext(f"{ATOM}title", "").strip()
    links = element.findall(f"{ATOM}link")
    # 4.1.1: no two alternates of one type and language.
    kinds = Counter((each.get("rel"), each.get("type"), each.get("hreflang")) for each in links)
    assert set(kinds.values()) == {1}
    assert all(URI.fullmatch(each.get("href", "")) for each in links)
    assert any(each.get("rel") == "alternate" for each in links)
    for each in element.iter(f"{ATOM}updated", f"{ATOM}published"):
        assert MOMENT.fullmatch(each.text or "")


def _moments(element: etree._Element) -> list[str]:
    return [element.findtext(f"{ATOM}{name}", "") for name in ("updated", "published")]
