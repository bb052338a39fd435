"""Report each mistake of a configuration in a line: where, which key, what was expected."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from fuhan.config.rules import without_secrets
from fuhan.config.sections import CUSTOM_ERRORS, Config, Section
from fuhan.config.yaml_text import Path

_EXPECTED = {
    "string_type": "expected text",
    "int_type": "expected a whole number",
    "float_type": "expected a number",
    "bool_type": "expected true or false",
    "tuple_type": "expected a list",
    "model_type": "expected a section of keys",
    "model_attributes_type": "expected a section of keys",
    "literal_error": "expected {expected}",
    "greater_than": "expected more than {gt}",
    "greater_than_equal": "expected at least {ge}",
    "less_than": "expected less than {lt}",
    "less_than_equal": "expected at most {le}",
}

_WITH_SECRETS = ("notify", "review")  # sections where a secret may have slipped into a key
_WORD = re.compile(r"[A-Za-z_]{1,20}")  # what a mistyped key looks like
_TOKEN = re.compile(r"[!-~]{16,}")  # what no person's name looks like


@dataclass(frozen=True, slots=True)
class Origins:
    """Where each key was written: a line of the file, or a variable."""

    file: str
    lines: Mapping[Path, int]
    variables: Mapping[Path, str] = field(default_factory=dict)

    def place(self, path: Path) -> str:
        """Return where `path` was written, or the innermost of its sections that was."""
        known = [path[:end] for end in range(len(path), 0, -1)]
        of_variable = [self.variables[each] for each in known if each in self.variables]
        lines = [f"{self.file}:{self.lines[each]}" for each in known if each in self.lines]
        return [*of_variable, *lines, self.file][0]

    def order(self, path: Path) -> tuple[bool, int]:
        """Return the order in which a reader of the file meets `path`; variables come last."""
        known = [path[:end] for end in range(len(path), 0, -1)]
        lines = [self.lines[each] for each in known if each in self.lines]
        return any(each in self.variables for each in known), lines[0] if lines else 0


def error_lines(error: ValidationError, origins: Origins) -> list[str]:
    """Return each mistake of `error` in one line, in the order in which a reader meets them."""
    mistakes = sorted(error.errors(), key=lambda each: origins.order(_path(each)))
    return [
        f"{origins.place(_path(each))}: {_dotted(_shown_path(each))}: {_expected(each)}"
        for each in mistakes
    ]


def entry_mistake(error: ValidationError) -> str:
    """Return the first mistake of an entry of `sources`, which was read alone, in one line."""
    first = error.errors()[0]
    place: Path = ("sources", 0)
    within = ErrorDetails({**first, "loc": (*place, *first["loc"])})
    return f"{_dotted(_shown_path(within)[len(place) :])}: {_expected(within)}"


def _path(error: ErrorDetails) -> Path:
    return (*error["loc"], *error.get("ctx", {}).get("at", ()))


def _shown_path(error: ErrorDetails) -> Path:
    """Return the path of a mistake without a last key that may be a secret in the wrong place."""
    path = _path(error)
    if error["type"] == "extra_forbidden":
        is_word = _WORD.fullmatch(str(path[-1])) and path[0] not in _WITH_SECRETS
        return path if is_word or _near(path) else path[:-1]
    if error["type"] == "people" and path[-1] != "people" and _TOKEN.fullmatch(str(path[-1])):
        return path[:-1]
    return path


def _expected(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        return "missing, and required"
    if kind == "extra_forbidden":
        return _unknown_key(error["loc"])
    if kind in CUSTOM_ERRORS:
        return error["msg"]
    if kind == "value_error":  # one of ours, without what pydantic puts before it
        expected = str(context["error"])
    else:
        expected = _EXPECTED.get(kind, error["msg"]).format(**context)
    if error["loc"][:1] == ("notify",) and "://" in str(error["input"]):
        return f"{expected}, found an address"  # which may hold a secret, in the wrong place
    return f"{expected}, found {_shown(error['input'])}"


def _unknown_key(path: Path) -> str:
    """Return that the last of `path` is not a key, and which was probably meant."""
    near, known = _near(path), _section(path[:-1]).model_fields
    hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(known)}"
    return f"unknown key; {hint}"


def _near(path: Path) -> list[str]:
    """Return the key that was probably meant by the last of `path`, if there is one."""
    return get_close_matches(str(path[-1]), list(_section(path[:-1]).model_fields), n=1)


def _section(path: Path) -> type[Section]:
    kind: Any = Config
    for key in path:
        kind = kind.model_fields[key].annotation if isinstance(key, str) else kind.__args__[0]
    return kind  # type: ignore[no-any-return]  # only a section refuses keys


def _dotted(path: Path) -> str:
    dotted = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
    return dotted.removeprefix(".") or "the file"


def _shown(value: Any) -> str:
    """Return `value` as YAML would write it, cut where it is long."""
    words = {None: "null", True: "true", False: "false"}
    if value is None or isinstance(value, bool):
        return words[value]
    if isinstance(value, dict):
        return "a section of keys"
    if isinstance(value, tuple):
        return "a list"
    return repr(without_secrets(value) if isinstance(value, str) else value)[:60]
