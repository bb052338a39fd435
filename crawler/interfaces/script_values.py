"""Values that scripts hold as literals: `var list = [{title: '…'}]`, a script of JSON."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from selectolax.lexbor import LexborHTMLParser

_MOST_VALUES = 200  # of a page
_NAMED = re.compile(r"([\w$][\w$.\[\]\"']{0,80})\s*=\s*(?=[\[{]|JSON\.parse\()")
_PARSED = re.compile(r"JSON\.parse\(\s*")
_STRING = r"\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'"
_TOKEN = re.compile(
    rf"\s++|(?P<string>{_STRING})|(?P<name>[A-Za-z_$][\w$]*+)|(?P<mark>[\[\]{{}},:])"
    r"|(?P<number>-?\d++(?:\.\d++)?(?:[eE][+-]?\d++)?)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:x([\da-fA-F]{2})|(.))|(\")", re.DOTALL)
_WORDS = {"true": "true", "false": "false", "null": "null", "undefined": "null"}


@dataclass(frozen=True, slots=True)
class ScriptValue:
    """A value in a page's scripts."""

    name: str  # of the variable, or of the script: window.__INITIAL_STATE__, __NEXT_DATA__
    value: Any  # None where it is no plain literal: it is computed, or holds what is
    source: str  # how it is written; of one that is not plain its beginning


def script_values(tree: LexborHTMLParser) -> Iterator[ScriptValue]:
    """Yield the lists and objects that the scripts of a page hold, in their order."""
    yield from islice(_values(tree), _MOST_VALUES)


def _values(tree: LexborHTMLParser) -> Iterator[ScriptValue]:
    for script in tree.css("script"):
        kind, text = (script.attributes.get("type") or "").lower(), script.text()
        if "json" in kind:
            name = script.attributes.get("id") or kind
            yield ScriptValue(name, _json_of(text), text)
        elif "xml" not in kind and "templ" not in kind:
            yield from _assigned(text)


def _assigned(script: str) -> Iterator[ScriptValue]:
    at = 0
    while named := _NAMED.search(script, at):
        written = _written(script, named.end())
        at = named.end() + max(len(written or ""), 1)
        source = written or script[named.end() : named.end() + 1000]
        yield ScriptValue(named[1], _value_of(written) if written else None, source)


def _written(script: str, start: int) -> str | None:
    """Return the literal that begins at `start`; None where it is none, or has no end."""
    if parsed := _PARSED.match(script, start):
        literal = _TOKEN.match(script, parsed.end())
        return script[start : literal.end()] if literal and literal["string"] else None
    depth, at = 0, start
    while token := _TOKEN.match(script, at):
        at = token.end()
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token["mark"] or "", 0)
        if depth == 0 and token["mark"]:
            return script[start:at]
    return None


def _value_of(literal: str) -> Any:
    """Return the value of a literal, or of the JSON that it parses; None where it is none."""
    if parsed := _PARSED.match(literal):
        text = _json_of(_quoted(literal[parsed.end() :]))
        return _json_of(text) if isinstance(text, str) else None
    return _json_of(_as_json(literal))


def _as_json(literal: str) -> str:
    """Return a literal of JavaScript as JSON: names and texts in double quotes.

    >>> _as_json("{title: 'a', n: 1, u: undefined,}")
    '{"title":"a","n":1,"u":null}'
    """
    parts: list[str] = []
    tokens = [token for token in _TOKEN.finditer(literal) if token.lastgroup]
    for token, behind in zip(tokens, [*tokens[1:], None], strict=True):
        if token["string"]:
            parts.append(_quoted(token["string"]))
        elif (name := token["name"]) and behind is not None and behind["mark"] == ":":
            parts.append(f'"{name}"')
        elif not (token[0] == "," and behind is not None and behind["mark"] in {"]", "}"}):
            parts.append(_WORDS.get(token[0], token[0]))
    return "".join(parts)


def _quoted(text: str) -> str:
    """Return a string of JavaScript as one of JSON."""
    return f'"{_ESCAPE.sub(_escaped, text[1:-1])}"'


def _escaped(match: re.Match[str]) -> str:
    if match[1]:
        return f"\\u00{match[1]}"
    if match[3]:
        return '\\"'
    return match[0] if match[2] in '"\\/bfnrtu' else match[2]


def _json_of(text: str) -> Any:
    """Return the value of JSON; None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
