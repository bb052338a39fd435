"""What of an element a reader sees: what its page's own styles hide is taken out of the tree."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawler.page.css import Declaration, Rule, Style, declared, merged, pixels, rules
from crawler.page.hidden_elements import is_far, is_out

_CLEAR = (  # colours, the last part of four being how opaque they are
    r"(?:\btransparent\b|#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)\b"
    r"|\b(?:rgb|hsl)a?\((?:[^,)]*,){3}\s*0*\.?0*%?\s*\)|\b(?:rgb|hsl)a?\([^)]*/\s*0*\.?0*%?\s*\))"
)
# A quick look whether styles may hide anything: nearly none do.
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
class _Visibility:
    """How the text that stands directly in an element looks: what is inherited."""

    is_visible: bool = True
    has_size: bool = True
    has_colour: bool = True
    is_on_page: bool = True  # not indented out of it

    @property
    def is_seen(self) -> bool:
        return self.is_visible and self.has_size and self.has_colour and self.is_on_page


def remove_hidden(root: LexborNode, sheets: Sequence[str]) -> None:
    """Take out of the tree what nobody sees under `root`.

    `root` itself counts as seen: a script may show it once it is filled.
    """
    by_rule = _ruled(root, sheets)
    if by_rule or any(map(_may_be_hidden, root.css("[style], [hidden]"))):
        for node in list(_unseen(root, by_rule)):
            node.decompose()


def is_hidden(node: LexborNode) -> bool:
    """Return whether an attribute of an element, or of one around it, hides it."""
    here: LexborNode | None = node
    while here is not None and here.tag not in {"body", "html"}:
        if _may_be_hidden(here) and is_out(here.tag or "", _style(here, {})):
            return True
        here = here.parent
    return False


def _may_be_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or _may_hide(attributes.get("style") or "")


@lru_cache(maxsize=512)  # a site's pages hold the same sheet, a letter the same few styles
def _may_hide(styles: str) -> bool:
    return _MAY_HIDE.search(styles) is not None


def _ruled(root: LexborNode, sheets: Sequence[str]) -> dict[int, list[Declaration]]:
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
    style = merged(rule.declarations)
    return is_out("div", style) or not _inherited(_Visibility(), "div", style).is_seen


def _unseen(root: LexborNode, by_rule: dict[int, list[Declaration]]) -> Iterator[LexborNode]:
    """Yield the elements and runs of text under `root` that nobody sees, none within another."""
    waiting = [(root, _Visibility())]
    while waiting:
        node, visit = waiting.pop()
        for child in node.iter(include_text=True, skip_empty=False):
            tag = child.tag or "-"
            if tag == "-text" and not visit.is_seen:
                yield child
            elif not tag.startswith(("-", "!")):
                style = _style(child, by_rule)
                if is_out(tag, style):
                    yield child
                else:
                    waiting.append((child, _inherited(visit, tag, style)))


def _style(node: LexborNode, by_rule: dict[int, list[Declaration]]) -> Style:
    attributes = node.attributes
    told = by_rule.get(node.mem_id, [])
    style = merged([*told, *declared(attributes.get("style") or "")])
    if "hidden" in attributes:  # weighs less than what any style says
        style.setdefault("display", "none")
    if node.tag == "font" and "size" in attributes:
        style.setdefault("font-size", "medium")
    return style


def _inherited(visit: _Visibility, tag: str, style: Style) -> _Visibility:
    """Return how text looks in an element that stands in one which looks like `look`."""
    visibility = style.get("visibility", "inherit")
    if visibility not in _AS_AROUND:
        visit = replace(visit, is_visible=visibility not in {"hidden", "collapse"})
    size = style.get("font-size", "inherit")
    if pixels(size) == 0 or not _RELATIVE.fullmatch(size):
        visit = replace(visit, has_size=pixels(size) != 0)
    colour = style.get("color", "blue" if tag == "a" else "inherit")
    if colour not in _AS_AROUND:
        is_clear = re.fullmatch(_CLEAR, colour) and not _PAINTED & style.keys()
        visit = replace(visit, has_colour=not is_clear)
    if "text-indent" in style:
        visit = replace(visit, is_on_page=not is_far(style["text-indent"], rightwards=True))
    return visit
