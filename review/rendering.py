"""Fills in templates, as HTML or Markdown; text from a letter is escaped for either."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from letters.alarm_words import ADVICE, NAMES
from review.context_quote import quote_context
from review.headline import headline
from review.markdown import escaped, marked_runs
from review.nowrap_moments import nowrap_moments


def render(template: str, **values: object) -> str:
    """Return a template of `review/templates`, filled in; its suffix says how to escape."""
    environment = _markdown() if template.endswith(".md") else _html()
    return environment.get_template(template).render(**values)


def render_parts(template: str, many: int, **values: object) -> Iterator[str]:
    """Yield a filled in template piece by piece; each has `many` pieces of Jinja's."""
    environment = _markdown() if template.endswith(".md") else _html()
    stream = environment.get_template(template).stream(**values)
    stream.enable_buffering(many)
    yield from stream


def web_link(url: str) -> str | None:
    """Return `url` if it may be followed, None for javascript:, data: and the like.

    >>> web_link("javascript:alert(1)")
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


@cache
def _html() -> Environment:
    environment = _environment()
    environment.filters.update(nowrap_moments=nowrap_moments)
    environment.globals.update(web_link=web_link, quote_context=quote_context, headline=headline)
    environment.globals.update(alarm_names=NAMES, alarm_advice=ADVICE)
    return environment


@cache
def _markdown() -> Environment:
    # Jinja finalizes a value before it escapes it for HTML, and leaves alone what has `__html__`.
    environment = _environment(finalize=escaped, keep_trailing_newline=True)
    environment.filters.update(marked_runs=marked_runs)
    return environment


def _environment(**options: Any) -> Environment:
    return Environment(
        loader=PackageLoader("review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
