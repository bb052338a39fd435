"""The styles in a page: the rules of its sheets, their declarations, lengths and functions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tinycss2
from cssselect import SelectorError, parse
from selectolax.lexbor import LexborNode, SelectolaxError

LONGEST_SHEET = 65_536  # characters; a longer one is a site's design, not one page's own

_SIDES = ("top", "right", "bottom", "left")
# font: italic 0/0 serif.
_FONT_SIZE = re.compile(
    r"(?:^|\s)(?P<size>\d*\.?\d+(?:[a-z]+|%)|0|(?:x{1,3}-)?(?:small|large)|medium|smaller|larger)"
    r"(?=[\s/])"
)
_FUNCTION = re.compile(r"([a-z0-9]+)\(([^()]*)\)")
_LENGTH = re.compile(r"(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?P<unit>[a-z]*|%)")
# A relative length is taken as it mostly comes out: only near and far must differ.
_PIXELS = {
    "": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "em": 16.0,
    "rem": 16.0, "ex": 8.0, "ch": 8.0, "%": 4.0, "vw": 10.0, "vh": 10.0,
}  # fmt: skip

Style = Mapping[str, str]  # property to value, in lower case, shorthands of lengths as longhands


@dataclass(frozen=True, slots=True)
class Declaration:
    """One property that is set, and how much that weighs against others that set it."""

    name: str
    value: str
    weight: tuple[bool, tuple[int, ...]]  # important, then specificity


@dataclass(frozen=True, slots=True)
class Rule:
    """What a style sheet declares for the elements that one selector matches."""

    selector: str
    declarations: tuple[Declaration, ...]

    def matches(self, root: LexborNode) -> list[LexborNode]:
        """Return the elements under `root` that the rule is for; none where it can't be read."""
        try:
            return root.css(self.selector)
        except SelectolaxError:
            return []


_ATTRIBUTE = (1, 0, 0, 0)  # a style attribute weighs more than any selector


@lru_cache(maxsize=512)
def declared(attribute: str) -> tuple[Declaration, ...]:
    """Return what a style attribute declares."""
    try:
        return tuple(_declarations(attribute, _ATTRIBUTE))
    except RecursionError:  # brackets nested a thousand deep
        return ()


@lru_cache(maxsize=64)
def rules(sheet: str) -> tuple[Rule, ...]:
    """Return the rules of a style sheet that apply on every screen."""
    try:
        return tuple(_rules(sheet)) if len(sheet) <= LONGEST_SHEET else ()
    except RecursionError:
        return ()


def cascaded(declarations: Iterable[Declaration]) -> dict[str, str]:
    """Return the value of each property that prevails: the weightiest, of like weight the last."""
    return {each.name: each.value for each in sorted(declarations, key=lambda each: each.weight)}


def pixels(length: str) -> float | None:
    """Return a length in CSS pixels, or a number; None for `auto`, `calc(…)` and the like.

    >>> pixels("-.5in"), pixels("0"), pixels("auto")
    (-48.0, 0.0, None)
    """
    parsed = _LENGTH.fullmatch(length)
    unit = _PIXELS.get(parsed["unit"]) if parsed else None
    return float(parsed["number"]) * unit if parsed and unit else None


def functions(value: str) -> list[tuple[str, list[str]]]:
    """Return the functions in a value, each with its arguments.

    >>> functions("translate(-10px, 0) scale(0)")
    [('translate', ['-10px', '0']), ('scale', ['0'])]
    """
    return [
        (name, re.findall(r"[^\s,/]+", arguments)) for name, arguments in _FUNCTION.findall(value)
    ]


def four_sides(given: list[str]) -> list[str]:
    """Return top, right, bottom and left, of which one to four are given.

    >>> four_sides(["0", "1px"])
    ['0', '1px', '0', '1px']
    """
    right = given[1:2] or given[:1]
    return [*given[:1], *right, *(given[2:3] or given[:1]), *(given[3:4] or right)]


def _rules(sheet: str) -> Iterator[Rule]:
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":  # @media print and others may not apply
            continue
        try:
            selectors = parse(tinycss2.serialize(rule.prelude))
        except SelectorError:
            continue
        for each in selectors:
            if each.pseudo_element is None:
                declarations = _declarations(rule.content, (0, *each.specificity()))
                yield Rule(each.canonical(), tuple(declarations))


def _declarations(declared: Any, specificity: tuple[int, ...]) -> Iterator[Declaration]:
    """Yield what a style attribute, or what is between the braces of a rule, declares."""
    parsed = tinycss2.parse_blocks_contents(declared, skip_comments=True, skip_whitespace=True)
    for each in parsed:
        if each.type == "declaration":
            tokens = [token for token in each.value if token.type != "comment"]
            value = tinycss2.serialize(tokens).strip().lower()
            for name, part in _longhands(each.lower_name, value):
                yield Declaration(name, part, (each.important, specificity))


def _longhands(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name in {"margin", "inset"} and value:
        for side, part in zip(_SIDES, four_sides(value.split()), strict=True):
            yield (side if name == "inset" else f"margin-{side}"), part
    elif name == "font":
        size = _FONT_SIZE.search(value)
        yield "font-size", size["size"] if size else value  # inherit
    else:
        yield name, value
