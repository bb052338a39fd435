"""Years, months and sessions that a reader may choose, without an address of their lists."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.directory_parts import Part, listed_parts, part_of, unlisted_of
from crawler.directory.link_targets import target_of
from crawler.directory.row_parts import lists_of
from crawler.directory.script_parts import parts_in_scripts
from crawler.directory.signs_of_more.pager_elements import click_script
from crawler.directory.tab_panels import panels_of
from crawler.elements import ancestors
from crawler.web_url import resolve
from letters.addresses import DirectoryRow
from letters.text import squashed
from letters.urls import url_key

_BUTTONS = (
    "a[href^='javascript:'], [onclick], [data-id], [data-value], "
    ".on, .cur, .current, .active, .selected"  # the one that is shown does nothing
)
_ALL = re.compile(
    r"|(?:全部|所有|不限|按?年[份度]|按?月份|按?届次)[：:]?"
)  # what may stand beside parts
_MOST = 60  # parts side by side
_SEVERAL = 2  # parts, from which on there is a choice


def part_choices(
    tree: LexborHTMLParser, script: str, base: str, rows: Sequence[LexborNode]
) -> frozenset[Part]:
    """Return the parts among which a script, which is given, or a form lets a reader choose.

    `rows` are the links of the page's rows: none has to be chosen where each part has its list.
    """
    found = (
        *_parts_of_lists(tree, base),
        *_parts_of_buttons(tree, base),
        *_parts_of_inputs(tree, base),
        *_parts_side_by_side(tree, base),
        *parts_in_scripts(script),
    )
    parts = frozenset(found)
    is_choice = len(parts) >= _SEVERAL and len(panels_of(lists_of(rows))) != len(parts)
    return parts if is_choice else frozenset()


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


def _parts_of_inputs(tree: LexborHTMLParser, base: str) -> Iterator[Part]:
    """Yield the parts that buttons and boxes of a form have for values."""
    for node in tree.css("input[type=submit], input[type=button], input[type=radio]"):
        part = part_of(squashed(node.attributes.get("value") or ""))
        if part and (
            _is_sent(node, base) or click_script(node) is not None or _is_free_radio(node)
        ):
            yield part


def _is_free_radio(node: LexborNode) -> bool:
    """Return whether a radio button is in no form: a script acts on the choice."""
    is_radio = node.attributes.get("type") == "radio"
    return is_radio and not any(each.tag == "form" for each in ancestors(node))


def _parts_side_by_side(tree: LexborHTMLParser, base: str) -> Iterator[Part]:
    """Yield the parts that are side by side in one element, which leads to none: tabs."""
    for box in tree.css("ul, ol, div, p, nav, dl, dd, td, section"):
        children = list(islice((each for each in box.iter() if each.tag != "br"), _MOST + 1))
        if _SEVERAL <= len(children) <= _MOST and not _leads_on(box, base):
            yield from _parts_alone(children)


def _parts_alone(children: Iterable[LexborNode]) -> list[Part]:
    """Return the parts that elements are; none where one of them is anything else."""
    parts: list[Part] = []
    for child in children:
        words = squashed(child.text())
        if part := part_of(words):
            parts.append(part)
        elif not _ALL.fullmatch(words):
            return []
    return parts


def _leads_on(box: LexborNode, base: str) -> bool:
    return any(target_of(each, base) is not None for each in box.css("a[href]"))


def _has_digit(option: LexborNode) -> bool:
    return any(map(str.isdecimal, option.text()))


def unlisted_choice(choices: frozenset[Part], rows: Iterable[DirectoryRow]) -> str | None:
    """Return in words which part can be chosen of which no row is listed, or None.

    None where no row is of any of these parts, nor of their years: it is a choice of something
    else on the page.
    """
    listed = listed_parts(rows)
    years = {int(year) for part in choices if (year := str(part)[:4]).isdecimal()}
    if not (unlisted := unlisted_of(choices, listed)) or (choices | years).isdisjoint(listed):
        return None
    return f"a reader may choose other parts: no row of {max(unlisted, key=str)} is listed"
