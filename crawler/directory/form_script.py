"""What the script of a click does with a form: which fields it sets, and whether it submits it."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

_POST_BACK = re.compile(
    r"(?:__doPostBack|PostBackOptions)\(\s*\\?[\"'](?P<target>[^\"'\\]*)\\?[\"']\s*,"
    r"\s*\\?[\"'](?P<argument>[^\"'\\]*)\\?[\"']"
)
_CALLED = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]*)\s*\(")
_ASSIGNED = re.compile(
    r"(?:getElement(?:ById|sByName)\(\s*[\"'](?P<named>[^\"']+)[\"']\s*\)(?:\[\d\])?"
    r"|(?:\$|jQuery)\(\s*[\"'](?P<css>[^\"']+)[\"']\s*\)(?:\[0\])?"
    r"|\[\s*[\"'](?P<key>[^\"']+)[\"']\s*\]"
    r"|(?P<path>[A-Za-z_$][\w$]*(?:\.[\w$]+|\[\d+\])*?))"
    r"\.(?:value\s*=(?!=)|val\(|(?:attr|prop|setAttribute)\(\s*[\"']value[\"']\s*,"
    r"|(?P<counts>value\s*(?:\+\+|\+=)))"
    r"(?P<value>[^;\n}]*)"
)
_CSS_NAME = re.compile(r"name\s*=\s*[\"']?([^\]\"']+)|#((?:[\w-]|\\+.)+)\s*$")
_SUBMITS = re.compile(r"submit\s*\(|trigger\(\s*[\"']submit")
_ACTION = re.compile(r"(?:\.action\s*=(?!=)|attr\(\s*[\"']action[\"']\s*,)\s*([^;)\n}]*)")
_LITERAL = re.compile(r"\s*([\"'])(?P<text>[^\"']*)\1[\s)]*")
_SUM = re.compile(
    r"(?:parseInt|Number|String)?[\s(+\"']*(?P<one>\d{1,6})[\"'\s)]*(?:,\s*10\s*\))?"
    r"(?:(?P<sign>[-+])\s*(?P<two>\d))?[\s)]*"
)
_DEEPEST = 3  # functions that call functions
_LONGEST = 4000  # characters of a function


@dataclass(frozen=True, slots=True)
class Assignment:
    """A field of a form that a script sets."""

    field: str  # its name or id
    form: str | None  # the name of its form, as far as the script has one
    value: str | None  # None: it is computed

    @property
    def number(self) -> int | None:
        """The number that it is set to; None where it is computed, or none."""
        return int(self.value) if self.value and self.value.isdecimal() else None


@dataclass(frozen=True, slots=True)
class PostBack:
    """A call of __doPostBack, by which ASP.NET asks for a page again."""

    target: str
    argument: str


def post_back_of(call: str) -> PostBack | None:
    """Return the call of __doPostBack in a script, or None."""
    match = _POST_BACK.search(call)
    return PostBack(match["target"], match["argument"]) if match else None


def numbers_in(call: str) -> list[int]:
    """Return the numbers that a call hands over.

    >>> numbers_in("javascript:goPage(this, '2')")
    [2]
    """
    return [int(each) for each in re.findall(r"[(,]\s*[\"']?(\d{1,6})[\"']?\s*(?=[,)])", call)]


def assignments(
    call: str, script: str, actions: Container[str] = (), *, is_submit: bool = False
) -> tuple[Assignment, ...] | None:
    """Return the fields that a call sets before it submits their form.

    Empty where what it calls is not on the page; None where it does something else, as leading
    the form to another address than one of `actions`. `script` is what the page has. A button
    that `is_submit` submits its form itself.

    >>> assignments("go(2)", "function go(n){document.f.page.value=n-1;document.f.submit()}")
    (Assignment(field='page', form='f', value='1'),)
    >>> assignments("go(2)", ""), assignments("go(2)", "function go(n){location=n}")
    ((), None)
    """
    bodies = list(_bodies(call, script, _DEEPEST))
    text = "\n".join([call, *bodies])
    if _leads_elsewhere(text, actions):
        return None
    if not (is_submit or _SUBMITS.search(text)):
        return None if bodies or "=" in call else ()
    return tuple(_assigned(text))


def script_submits(script: str, actions: Container[str] = ()) -> tuple[Assignment, ...]:
    """Return the fields that a page's script sets, where it submits forms to `actions` alone."""
    is_own = _SUBMITS.search(script) and not _leads_elsewhere(script, actions)
    return tuple(_assigned(script)) if is_own else ()


def _leads_elsewhere(script: str, actions: Container[str]) -> bool:
    return any(_value(each) not in actions for each in _ACTION.findall(script))


def _assigned(text: str) -> Iterator[Assignment]:
    for match in _ASSIGNED.finditer(text):
        path = re.sub(r"\[\d+\]", "", match["path"] or "").split(".")
        name = match["named"] or match["key"] or _name_in_css(match["css"]) or path[-1]
        form = path[-2] if len(path) > 1 else None
        value = None if match["counts"] else _value(match["value"])
        yield Assignment(_behind_variable(name, text, match), form, value)


def _behind_variable(name: str, text: str, match: re.Match[str]) -> str:
    """Return the id that a variable was made of: var box = document.getElementById("page")."""
    if not match["path"] or "." in match["path"]:
        return name
    made = re.search(
        rf"(?<![\w$.]){re.escape(name)}\s*=\s*(?:document\.getElementById|\$)\(\s*[\"']#?([\w.-]+)[\"']",
        text,
    )
    return made[1] if made else name


def _name_in_css(css: str | None) -> str:
    match = _CSS_NAME.search(css or "")
    return (match[1] or match[2].replace("\\", "")) if match else ""


def _value(expression: str) -> str | None:
    """Return what an expression is, where it is a number or a text as it stands."""
    if (number := _SUM.fullmatch(expression)) is not None:
        sign = -1 if number["sign"] == "-" else 1
        return str(int(number["one"]) + sign * int(number["two"] or 0))
    literal = _LITERAL.fullmatch(expression)
    return literal["text"] if literal else None


def _bodies(call: str, script: str, depth: int) -> Iterator[str]:
    """Yield the bodies of the page's functions that a call runs, their arguments put in."""
    for called in _CALLED.finditer(call) if depth else ():
        defined = re.search(
            rf"(?:function\s+{re.escape(called[1])}\s*|(?<![\w$]){re.escape(called[1])}\s*[=:]"
            r"\s*function\s*)\(([^)]*)\)\s*\{",
            script,
        )
        if defined is not None:
            names = [name.strip() for name in defined[1].split(",")]
            given = _within(call, called.end(), "()").split(",")
            body = _within(script, defined.end(), "{}")
            for name, value in zip(names, given, strict=False):
                body = _replaced(body, name, value.strip())
            yield body
            yield from _bodies(body, script, depth - 1)


def _replaced(body: str, name: str, value: str) -> str:
    used = rf"(?<![\w$.\"']){re.escape(name)}(?![\w$\"'])"
    return re.sub(used, lambda _: value, body) if name and value else body


def _within(text: str, start: int, brackets: str) -> str:
    """Return what is between a bracket that opens before `start` and the one that closes it."""
    depth = 1
    for at, char in enumerate(text[start : start + _LONGEST], start):
        depth += (char == brackets[0]) - (char == brackets[1])
        if depth == 0:
            return text[start:at]
    return text[start : start + _LONGEST]
