"""Values that a script passes to its own function by their place: (function(a) {…}(true))."""

import re

_CALLED = re.compile(
    r"__NUXT__\s*=\s*\(\s*function\s*\((?P<names>[\w$,\s]{1,9999})\)\s*\{(?P<body>.*?)\}\s*\(",
    re.DOTALL,
)
_VALUE = re.compile(
    r"""\s*(?P<value>"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|[\w$.!+-]+|\{\s*\}|\[\s*\])\s*(?P<end>[,)])"""
)
_PLACE = re.compile(r"(?<=[:\[,])\s*([A-Za-z_$][\w$]{0,2})(?=\s*[,}\]])")


def with_passed_values(script: str) -> str:
    """Return a script with the values that a state of Nuxt passes in the places of their names.

    >>> with_passed_values("window.__NUXT__=(function(a,b){return {more:a,n:b}}(true,80));")
    'window.__NUXT__=(function(a,b){return {more:true,n:80}}(true,80));'
    """
    called = _CALLED.search(script)
    if called is None:
        return script
    names = [name.strip() for name in called["names"].split(",")]
    values = _values(script, called.end())
    if len(values) != len(names):
        return script
    passed = dict(zip(names, values, strict=True))
    body = _PLACE.sub(lambda place: passed.get(place[1], place[0]), called["body"])
    return script[: called.start("body")] + body + script[called.end("body") :]


def _values(script: str, at: int) -> list[str]:
    """Return the plain values from a place up to the bracket that closes them."""
    values = []
    while value := _VALUE.match(script, at):
        values.append(value["value"])
        at = value.end()
        if value["end"] == ")":
            return values
    return []
