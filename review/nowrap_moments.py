"""Keeps dates and times of a sentence on one line."""

import re

from markupsafe import Markup, escape

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?")


def nowrap_moments(sentence: str) -> Markup:
    """Return `sentence` as HTML in which no line ends within a date or time.

    >>> nowrap_moments("on 2026-11-23 09:00 & later")
    Markup('on <span class="moment">2026-11-23 09:00</span> &amp; later')
    """
    return Markup(_MOMENT.sub(r'<span class="moment">\g<0></span>', str(escape(sentence))))  # noqa: S704 - escaped
