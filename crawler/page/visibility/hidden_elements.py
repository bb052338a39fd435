"""Whether the style of an element hides it with all that is in it."""

from itertools import takewhile

from crawler.page.visibility.css import Style, four_sides, functions, pixels

_FAR = 500  # CSS pixels up or to the left that lead out of every window
_FAR_RIGHT = 5000  # CSS pixels; less may be a place on a wide page

_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "tt", "u", "var",
}  # fmt: skip
_OF_TABLE = {"table", "tbody", "thead", "tfoot", "tr", "td", "th"}  # grow with what they hold
_SIZES = ("width", "height", "max-width", "max-height")


def is_far(length: str, *, rightwards: bool = False) -> bool:
    """Return whether a length leads up or to the left of every window, or out to the right."""
    offset = pixels(length)
    return offset is not None and (offset <= -_FAR or (rightwards and offset >= _FAR_RIGHT))


def hides_all(tag: str, style: Style) -> bool:
    """Return whether the style of an element hides it with all that is in it."""
    if not style:
        return False
    if style.get("display") == "none" or style.get("content-visibility") == "hidden":
        return True
    if _is_transparent(style) or _is_off_screen(style) or _is_clipped(style):
        return True
    return _has_box(tag, style) and (_is_scaled_away(style) or _has_no_size(tag, style))


def _is_transparent(style: Style) -> bool:
    opacities = [style.get("opacity", "")]
    for name, arguments in functions(style.get("filter", "")):
        opacities += arguments if name == "opacity" else ()
    return any(pixels(each) == 0 for each in opacities)


def _is_off_screen(style: Style) -> bool:
    """Return whether an element is off every screen."""
    is_placed = _is_positioned(style) or style.get("position") == "relative"
    for side in ("left", "top", "right", "bottom") if is_placed else ():
        if is_far(style.get(side, ""), rightwards=side == "left"):
            return True
    if is_far(style.get("margin-left", ""), rightwards=True) or is_far(
        style.get("margin-top", "")
    ):
        return True
    moves = functions(style.get("transform", ""))
    return any(name.startswith("translate") and any(map(is_far, by)) for name, by in moves)


def _is_clipped(style: Style) -> bool:
    """Return whether nothing of an element is left by the shape that it is cut to."""
    if any(_leaves_nothing(*shape) for shape in functions(style.get("clip-path", ""))):
        return True
    if not _is_positioned(style):
        return False
    return any(_is_empty_rectangle(sides) for _, sides in functions(style.get("clip", "")))


def _leaves_nothing(shape: str, arguments: list[str]) -> bool:
    """Return whether a shape to which an element is cut holds nothing of it."""
    sides = list(takewhile(lambda each: each != "round", arguments))
    if shape == "inset" and sides:
        cut = [(pixels(each) or 0) if each.endswith("%") else 0 for each in four_sides(sides)]
        return max(cut[0] + cut[2], cut[1] + cut[3]) >= (pixels("100%") or 0)
    if shape == "polygon":
        return not any(map(pixels, arguments))
    return shape in {"circle", "ellipse"} and pixels(arguments[0] if arguments else "") == 0


def _is_empty_rectangle(sides: list[str]) -> bool:
    """Return whether a rectangle of top, right, bottom and left holds a pixel at most."""
    lengths = [pixels(each) for each in sides]
    if len(lengths) != 4 or None in lengths:  # noqa: PLR2004
        return False
    top, right, bottom, left = (each or 0 for each in lengths)
    return bottom - top <= 1 or right - left <= 1


def _is_positioned(style: Style) -> bool:
    return style.get("position") in {"absolute", "fixed"}


def _has_box(tag: str, style: Style) -> bool:
    """Return whether an element has a width and a height of its own."""
    if _is_positioned(style) or style.get("float", "none") != "none":
        return True
    display = style.get("display", "inline" if tag in _INLINE else "block")
    return display not in {"inline", "contents"}


def _is_scaled_away(style: Style) -> bool:
    changes = functions(style.get("transform", ""))
    scales = [
        factors for name, factors in changes if name.startswith("scale") and name != "scalez"
    ]
    scales.append(style.get("scale", "").split())
    return any(pixels(each) == 0 for factors in scales for each in factors[:2])


def _has_no_size(tag: str, style: Style) -> bool:
    """Return whether an element shows nothing of what it holds: it is a pixel wide or high."""
    overflow = {
        value for name in ("", "-x", "-y") for value in style.get(f"overflow{name}", "").split()
    }
    if tag in _OF_TABLE or not overflow & {"hidden", "clip"}:
        return False
    sizes = (pixels(style.get(name, "")) for name in _SIZES)
    return any(size is not None and size <= 1 for size in sizes)
