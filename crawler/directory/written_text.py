"""What the plain scripts of a page write into it: 共<script>document.write(3)</script>页."""

import re
from collections.abc import Mapping

_WRITES = "document.write"
_SCRIPT = re.compile(r"<script\b[^>]*>(?P<text>.{1,2000}?)</script\s*>", re.DOTALL | re.IGNORECASE)
_STRING = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
_TERM = rf"(?:{_STRING}|\d+|[A-Za-z_$][\w$]*)"
_SUM = rf"{_TERM}(?:\s*\+\s*{_TERM})*"
# A script of such statements alone does the same for every reader.
_STATEMENT = re.compile(
    rf"\s*(?:(?:(?:var|let|const)\s+)?(?P<name>[A-Za-z_$][\w$]*)\s*=\s*(?P<value>{_SUM})"
    rf"|document\.write(?:ln)?\(\s*(?P<written>{_SUM})\s*\))\s*(?:;|(?=\s|$))[\s;]*"
)
_NUMBER = re.compile(
    r"\b(?:var|let|const)\s+([A-Za-z_$][\w$]*)\s*=\s*[\"']?(\d{1,9})[\"']?\s*[;,\n<]"
)
_COMMENT = re.compile(r"/\*.*?\*/|(?m:^\s*(?://|<!--)[^\n]*)", re.DOTALL)


def with_written_text(html: str) -> str:
    """Return a page with what its plain scripts write, each text behind its script.

    A script with a condition, a loop or a call of another function is left as it is.

    >>> with_written_text("共<script>document.write(3)</script>页")
    '共<script>document.write(3)</script>3页'
    """
    if _WRITES not in html:
        return html
    numbers = dict(_NUMBER.findall(html))
    return _SCRIPT.sub(lambda script: script[0] + _written(script["text"], numbers), html)


def _written(script: str, numbers: Mapping[str, str]) -> str:
    """Return what a script writes; nothing for one that is not plain."""
    if _WRITES not in script:
        return ""
    script, values, written, at = _COMMENT.sub("", script), dict(numbers), "", 0
    while at < len(script):
        statement = _STATEMENT.match(script, at)
        if statement is None:
            return ""
        if statement["name"]:
            values[statement["name"]] = _text_of(statement["value"], values)
        else:
            written += _text_of(statement["written"], values)
        at = statement.end()
    return written


def _text_of(terms: str, values: Mapping[str, str]) -> str:
    """Return the text of a sum of strings, numbers and names; a name without a value is blank."""
    return "".join(_value(term, values) for term in re.findall(_TERM, terms))


def _value(term: str, values: Mapping[str, str]) -> str:
    if term[0] in "\"'":
        return re.sub(r"\\(.)", r"\1", term[1:-1])
    return term if term.isdecimal() else values.get(term, "")
