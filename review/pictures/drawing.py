"""Draws a picture: a specification of Vega-Lite becomes SVG, with our type, ink and widths."""

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import Any, Final

WIDTH: Final = 640  # of what is drawn between the axes, in pixels
INK: Final = "#1c1b19"
GREY: Final = "#66625a"
# Of weights and outcomes, the darkest is what matters most: told apart without colours, too.
SHADES: Final = (INK, "#8f8a7f", "#d9d4c7")
_RULE = "#d9d4c7"
_FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_CONFIG: Final = {
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": GREY,
        "titleColor": GREY,
        "titleFontWeight": "normal",
        "domainColor": GREY,
        "tickColor": GREY,
        "gridColor": _RULE,
        "labelFontSize": 11,
        "titleFontSize": 11,
    },
    "header": {"labelColor": INK, "labelFontSize": 12},
    "legend": {"labelColor": INK, "title": None, "orient": "top", "labelFontSize": 12},
    "text": {"color": INK, "fontSize": 11},
    "title": {"color": INK, "anchor": "start", "fontSize": 14, "fontWeight": "bold"},
}


def moment(day: date) -> str:
    """Return the beginning of a day as a scale of type utc has it, whatever machine draws."""
    return f"{day.isoformat()[:10]}T00:00:00Z"


Spec = Mapping[str, Any]


def draw(spec: Spec, description: str) -> str:
    """Return the picture of `spec` as SVG; `description` says in words what it shows.

    The same specification gives the same text. The library is imported by the first picture: it
    brings 130 MB into a process.
    """
    whole = {
        "$schema": _SCHEMA,
        "background": "#fff",
        "padding": 8,
        "config": _CONFIG,
        "description": description,
        **spec,
    }
    svg: str = import_module("vl_convert").vegalite_to_svg(whole)
    return svg
