"""Fields and buttons of a form: which takes the number of a page, and what a browser sends."""

import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode

from crawler.elements import ancestors
from letters.text import squashed

Fields = tuple[tuple[str, str], ...]  # names and values, in the order in which they are sent

# The field of a form that takes the number of a page.
_PAGE_FIELD = re.compile(
    r"(?:.*[.$_:-])?(?:(?:curr?(?:ent)?|now|this|go(?:to)?|to|jump(?:to)?|target|txt|hid(?:den)?|int|str)"
    r"[_-]?)?(?:page|pg)[_-]?(?:no|num|number|n|index|idx|current|cur|now|input|box|txt)?"
    r"|p|pn|pno|dangqianye|yema",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{0,6}")
BUTTONS = {"submit", "button", "reset", "image"}


def is_page_field(control: LexborNode) -> bool:
    """Return whether a field is called one for the number of a page, and has none but a number."""
    value = "" if control.tag == "select" else (control.attributes.get("value") or "").strip()
    is_box = kind_of(control) in {"hidden", "text", "number", "tel", "select"}
    return is_box and is_named_page(control) and bool(_NUMBER.fullmatch(value))


def is_named_page(control: LexborNode) -> bool:
    """Return whether what a field or button sends is called the number of a page."""
    given = control.attributes
    names = (given.get("name") or "", given.get("id") or "")
    return bool(names[0]) and any(_PAGE_FIELD.fullmatch(name) for name in names)


def kind_of(control: LexborNode) -> str:
    """Return of which type a control is: hidden, text, submit, select."""
    if control.tag not in {"input", "button"}:
        return control.tag or ""
    default = "submit" if control.tag == "button" else "text"
    return (control.attributes.get("type") or default).lower()


def options_of(select: LexborNode) -> Iterator[tuple[str, str]]:
    """Yield the value of each option with its words."""
    for option in select.css("option"):
        words = squashed(option.text())
        value = option.attributes.get("value")
        yield (words if value is None else value), words


def pressed(button: LexborNode) -> Fields:
    """Return what a button adds to its form where it is pressed."""
    given = button.attributes
    name = given.get("name") or ""
    if kind_of(button) == "image":
        dot = f"{name}." if name else ""
        return ((f"{dot}x", "1"), (f"{dot}y", "1"))
    return ((name, given.get("value") or ""),) if name else ()


def sent_by(control: LexborNode) -> Iterable[tuple[str, str]]:
    """Return what a control adds to its form where no button is pressed."""
    given, kind = control.attributes, kind_of(control)
    name = given.get("name") or ""
    if not name or kind in BUTTONS or _is_disabled(control):
        return ()
    if control.tag == "select":
        return [(name, value) for value in _chosen(control)]
    if control.tag == "textarea":
        return [(name, control.text())]
    if kind in {"checkbox", "radio"}:
        value = given.get("value")
        return [(name, "on" if value is None else value)] if "checked" in given else ()
    return [(name, given.get("value") or "")]


def _is_disabled(control: LexborNode) -> bool:
    sets = (each for each in ancestors(control) if each.tag == "fieldset")
    return any("disabled" in each.attributes for each in (control, *sets))


def _chosen(select: LexborNode) -> list[str]:
    """Return the values of the options that are chosen; of a list of one line the first."""
    options = list(zip(select.css("option"), options_of(select), strict=True))
    chosen = [value for node, (value, _) in options if "selected" in node.attributes]
    if "multiple" in select.attributes:
        return chosen
    enabled = [value for node, (value, _) in options if "disabled" not in node.attributes]
    return chosen[-1:] or enabled[:1]
