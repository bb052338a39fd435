"""Years and sessions among which a reader may choose, without an address of their lists."""

from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.directory_parts import Part, listed_parts, part_of
from crawler.directory.link_targets import target_of
from crawler.directory.signs_of_more.pager_elements import click_script
from crawler.elements import ancestors
from crawler.web_url import resolve
from letters.addresses import DirectoryRow
from letters.text import squashed
from letters.urls import url_key

_BUTTONS = (
    "a[href^='javascript:'], [onclick], [data-id], [data-value], "
    ".on, .cur, .current, .active, .selected"  # the one that is shown does nothing
)
_SEVERAL = 2  # parts, from which on there is a choice


def part_choices(tree: LexborHTMLParser, base: str) -> frozenset[Part]:
    """Return the years and sessions among which a script or a form lets a reader choose."""
    parts = frozenset((*_parts_of_lists(tree, base), *_parts_of_buttons(tree, base)))
    return parts if len(parts) >= _SEVERAL else frozenset()


def _parts_of_lists(tree: LexborHTMLParser, base: str) -> Iterator[Part]:
    for choice in tree.css("select[onchange], form select"):
        if "onchange" not in choice.attributes and not _is_sent(choice, base):
            continue
        parts = [(option, part_of(squashed(option.text()))) for option in choice.css("option")]
        if all(part or not _has_digit(option) for option, part in parts):
            yield from (part for _, part in parts if part)


def _is_sent(choice: LexborNode, base: str) -> bool:
    """Return whether a button sends a choice to the page that it is on, with its form."""
    form = next((node for node in ancestors(choice) if node.tag == "form"), None)
    if form is None or form.css_first("[type=submit], button") is None:
        return False
    url = resolve(form.attributes.get("action") or "", base)
    return url is not None and url_key(url) == url_key(base)


def _parts_of_buttons(tree: LexborHTMLParser, base: str) -> Iterator[Part]:
    for node in tree.css(_BUTTONS):
        part = part_of(squashed(node.text()))
        acts = click_script(node) is not None or isinstance(part, str)
        if part and acts and target_of(node, base) is None:
            yield part


def _has_digit(option: LexborNode) -> bool:
    return any(map(str.isdecimal, option.text()))


def unlisted_choice(choices: frozenset[Part], rows: Iterable[DirectoryRow]) -> str | None:
    """Return in words which part can be chosen of which no row is listed, or None.

    None where no row is of any of these parts: it is a choice of another part of the page.
    """
    listed = listed_parts(rows)
    if not (unlisted := choices - listed) or choices.isdisjoint(listed):
        return None
    return f"a reader may choose other parts: no row of {max(unlisted, key=str)} is listed"
