"""Visible text: what a page's own styles hide is removed from its tree."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from selectolax.lexbor import LexborNode

from crawler.elements import with_ancestors
from crawler.page.visibility.css import Declaration, Rule, Style, cascaded, declared, pixels, rules
from crawler.page.visibility.hidden_elements import hides_all, is_far

_CLEAR = (  # colours, the last part of four being how opaque they are
    r"(?:\btransparent\b|#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)\b"
    r"|\b(?:rgb|hsl)a?\((?:[^,)]*,){3}\s*0*\.?0*%?\s*\)|\b(?:rgb|hsl)a?\([^)]*/\s*0*\.?0*%?\s*\))"
)
# A quick test whether styles may hide anything: nearly none do.
_MAY_HIDE = re.compile(
    r"display[^;}]*none|visibility[^;}]*(?:hidden|collapse)|content-visibility|opacity\s*[:(]\s*[.0]"
    r"|-\s*\d{3}|:\s*\d{4}|overflow[-xy]*\s*:\s*(?:hidden|clip)|clip|scale"
    rf"|(?<!-)color\s*:\s*{_CLEAR}|font(?:-size)?\s*:[^;]*(?<![\d.])(?:0+\.?0*|\.0+)(?![\d.])",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"[\d.]+(?:em|%|ex|ch)|inherit|unset|smaller|larger")  # to the size around
_AS_AROUND = {"inherit", "unset", "currentcolor"}
# With these, letters of a transparent colour are painted all the same.
_PAINTED = {
    "background-clip", "-webkit-background-clip", "-webkit-text-fill-color", "text-shadow",
    "-webkit-text-stroke",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _TextStyle:
    """Whether the text directly in an element is visible: what it inherits."""

    is_shown: bool = True  # by the property visibility
    has_size: bool = True
    has_colour: bool = True
    is_on_page: bool = True  # not indented off it

    @property
    def is_visible(self) -> bool:
        return self.is_shown and self.has_size and self.has_colour and self.is_on_page


def remove_hidden(root: LexborNode, sheets: Sequence[str]) -> None:
    """Remove from the tree what nobody sees under `root`.

    `root` itself counts as visible: a script may show it once it is filled.
    """
    for node in hidden_in(root, sheets):
        node.decompose()


def hidden_in(root: LexborNode, sheets: Sequence[str]) -> list[LexborNode]:
    """Return the elements and runs of text under `root` that nobody sees, none within another."""
    by_rule = _declarations_by_element(root, sheets)
    if by_rule or any(map(_may_be_hidden, root.css("[style], [hidden]"))):
        return list(_invisible(root, by_rule))
    return []


def is_hidden(node: LexborNode) -> bool:
    """Return whether an attribute of an element, or of one around it, hides it."""
    inner = takewhile(lambda each: each.tag not in {"body", "html"}, with_ancestors(node))
    return any(
        _may_be_hidden(each) and hides_all(each.tag or "", _style(each, {})) for each in inner
    )


def _may_be_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or _may_hide(attributes.get("style") or "")


@lru_cache(maxsize=512)  # a site's pages hold the same sheet, a letter the same few styles
def _may_hide(styles: str) -> bool:
    return _MAY_HIDE.search(styles) is not None


def _declarations_by_element(
    root: LexborNode, sheets: Sequence[str]
) -> dict[int, list[Declaration]]:
    """Return what style sheets declare, by element; nothing where they hide none under `root`."""
    by_rule: dict[int, list[Declaration]] = {}
    if any(rule.matches(root) for sheet in sheets for rule in _hiding_rules(sheet)):
        for rule in (rule for sheet in sheets for rule in rules(sheet)):
            for node in rule.matches(root):
                by_rule.setdefault(node.mem_id, []).extend(rule.declarations)
    return by_rule


@lru_cache(maxsize=64)
def _hiding_rules(sheet: str) -> list[Rule]:
    return [rule for rule in rules(sheet) if _hides(rule)] if _may_hide(sheet) else []


def _hides(rule: Rule) -> bool:
    style = cascaded(rule.declarations)
    return hides_all("div", style) or not _inherited(_TextStyle(), "div", style).is_visible


def _invisible(root: LexborNode, by_rule: dict[int, list[Declaration]]) -> Iterator[LexborNode]:
    """Yield the elements and runs of text under `root` that nobody sees, none within another."""
    waiting = [(root, _TextStyle())]
    while waiting:
        node, text = waiting.pop()
        for child in node.iter(include_text=True, skip_empty=False):
            tag = child.tag or "-"
            if tag == "-text" and not text.is_visible:
                yield child
            elif not tag.startswith(("-", "!")):
                style = _style(child, by_rule)
                if hides_all(tag, style):
                    yield child
                else:
                    waiting.append((child, _inherited(text, tag, style)))


def _style(node: LexborNode, by_rule: dict[int, list[Declaration]]) -> Style:
    attributes = node.attributes
    ruled, own = by_rule.get(node.mem_id, []), attributes.get("style")
    style = cascaded([*ruled, *declared(own or "")]) if ruled or own else {}
    if "hidden" in attributes:  # weighs less than any style
        style.setdefault("display", "none")
    if node.tag == "font" and "size" in attributes:
        style.setdefault("font-size", "medium")
    return style


def _inherited(text: _TextStyle, tag: str, style: Style) -> _TextStyle:
    """Return the style of text in an element that is in one with text of style `text`."""
    if not style and tag != "a":
        return text
    visibility = style.get("visibility", "inherit")
    if visibility not in _AS_AROUND:
        text = replace(text, is_shown=visibility not in {"hidden", "collapse"})
    size = style.get("font-size", "inherit")
    if pixels(size) == 0 or not _RELATIVE.fullmatch(size):
        text = replace(text, has_size=pixels(size) != 0)
    colour = style.get("color", "blue" if tag == "a" else "inherit")
    if colour not in _AS_AROUND:
        is_clear = re.fullmatch(_CLEAR, colour) and not _PAINTED & style.keys()
        text = replace(text, has_colour=not is_clear)
    if "text-indent" in style:
        text = replace(text, is_on_page=not is_far(style["text-indent"], rightwards=True))
    return text
