"""Templates filled in; text from a letter is only ever text."""

from functools import cache
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from review.quoting import quoted


def render(template: str, **values: object) -> str:
    """Return a template of this room, filled in."""
    return _environment().get_template(template).render(**values)


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
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(web_link=web_link, quoted=quoted)
    return environment
