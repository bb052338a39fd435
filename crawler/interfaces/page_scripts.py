"""What a page's scripts say: the values that they name, without comments."""

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from crawler.interfaces.answer_values import without_surrogates
from crawler.web_url import resolve
from letters.urls import is_same_site

# Not the // of a URL, and not one that begins a URL without a scheme.
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|(?:(?<![:\"'])//|<!--)[^\n]*", re.DOTALL)
_LITERAL = r"(?:\"([^\"\n]*)\"|'([^'\n]*)'|([\w.]+))"
_PAIR = re.compile(rf"\b(\w{{1,40}})[\"']?\s*:\s*{_LITERAL}")
_MOST = 20  # objects that are read; a page has a few


def parse_page(html: str) -> LexborHTMLParser:
    """Return a page as a tree."""
    return LexborHTMLParser(without_surrogates(html))


def live_scripts(tree: LexborHTMLParser) -> str:
    """Return the scripts of a page, comments left out: templates keep their old calls there."""
    kinds = ((each.attributes.get("type") or "", each.text()) for each in tree.css("script"))
    return "\n".join(
        _COMMENT.sub("", text) for kind, text in kinds if "xml" not in kind and "templ" not in kind
    )


def value_in(script: str, name: str) -> str | None:
    """Return the value that a script gives a name, or None.

    >>> value_in('classsql: "" || "chnlid=625",', "classsql")
    'chnlid=625'
    >>> value_in("var perPage = 15;", "perPage")
    '15'
    """
    named = rf"\b{re.escape(name)}\b[\"']?\s*[:=]\s*(?:[\"']{{2}}\s*\|\|\s*)?"
    match = re.search(named + _LITERAL, script)
    return next((each for each in match.groups() if each is not None), None) if match else None


def pairs_in(script: str) -> tuple[tuple[str, str], ...]:
    """Return the names and values of a flat object.

    >>> pairs_in("{col:1, 'webid':'3', path:'/'}")
    (('col', '1'), ('webid', '3'), ('path', '/'))
    """
    return tuple(
        (match[1], next(each for each in match.groups()[1:] if each is not None))
        for match in _PAIR.finditer(script)
    )


def objects_after(script: str, call: re.Pattern[str]) -> Iterator[str]:
    """Yield what is between the braces that each match of `call` ends with, inner braces too."""
    for match in islice(call.finditer(script), _MOST):
        yield braced(script, match.end() - 1)


def braced(script: str, start: int, most: int = 20_000) -> str:
    """Return the text from the brace at `start` to the one that closes it."""
    depth = 0
    for place in range(start, min(len(script), start + most)):
        depth += {"{": 1, "}": -1}.get(script[place], 0)
        if depth == 0:
            return script[start : place + 1]
    return script[start : start + most]


def own_url(url: str, page_url: str) -> str | None:
    """Return the absolute URL that a page asks; None where it is not of the page's own site."""
    resolved = resolve(url, page_url)
    return resolved if resolved and is_same_site(resolved, page_url) else None
