"""Read YAML with the line of every key, for errors; write YAML that every reader reads alike.

A plain value is null, true, false or a decimal number where it looks like nothing else, and text
otherwise. YAML 1.1 would silently make six minutes of 6:00, a flag of `no`, eight of 010 and
a date of 2024-01-01: https://yaml.org/type/
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]
_Pairs = dict[str, tuple[yaml.Node, yaml.Node]]  # key and value by the key's name

_TAGS = "tag:yaml.org,2002:"
_MERGE = f"{_TAGS}merge"  # of the key <<
_WHOLE = r"[-+]?(?:0|[1-9][0-9]{0,17})"  # no number here is longer
_PLAIN: dict[str, tuple[str, Callable[[str], Any]]] = {
    f"{_TAGS}null": (r"(?:~|null|Null|NULL)?", lambda _: None),
    f"{_TAGS}bool": ("true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    f"{_TAGS}int": (_WHOLE, int),
    f"{_TAGS}float": (rf"(?:{_WHOLE}\.[0-9]*|[-+]?\.[0-9]+)(?:[eE][-+][0-9]{{1,2}})?", float),
    _MERGE: ("<<", str),
}
# Text to this reader and to PyYAML, a number or a flag to other readers of YAML 1.1 and 1.2.
_VALUE_ELSEWHERE = re.compile(r"[-+]?[0-9][0-9_.,]*(?:[eE][-+]?[0-9]+)?|0o[0-7]+|[yYnN]")
_CONTAINERS = {f"{_TAGS}map", f"{_TAGS}seq"}

# What PyYAML says of a problem, and what was expected then.
_PROBLEMS = (
    (
        re.compile("undefined alias"),
        "expected text that begins with * in quotes, found a name that is not defined",
    ),
    (
        re.compile("cannot start any token"),
        "expected YAML: no tab or sign with which no text begins, or quotes around it",
    ),
    (re.compile("unknown escape"), "expected YAML: another escape in a quotation"),
    (re.compile("unexpected end of stream"), "expected YAML: the end of a quotation"),
    (re.compile("could not find expected ':'"), "expected YAML: the end of a key with a colon"),
    (
        re.compile("mapping values"),
        "expected YAML: no second colon in a line, or quotes around it",
    ),
    (re.compile("the node content"), "expected YAML: a value"),
    (re.compile("but got"), "expected YAML: a comma, or the end of a bracket"),
    (re.compile("another document"), "expected YAML: a single document"),
    (re.compile("but found"), "expected YAML: other indentation, or the end of a bracket"),
)


class YamlError(ValueError):
    """Raised for text that is not YAML, or not YAML of a configuration; knows its line."""

    def __init__(self, line: int | None, expected: str) -> None:
        super().__init__(expected)
        self.line = line


@dataclass(slots=True)
class Located:
    """Plain values, and the line at which each key or list entry stands, from 1."""

    values: Any = None
    lines: dict[Path, int] = field(default_factory=dict)


def read_yaml(text: str) -> Located:
    """Return the values of `text` with their lines; raise YamlError for what is not YAML."""
    try:
        node = _Loader(text).get_single_node()
        located = Located()
        if node is not None:
            located.values = _Reader(located.lines).value(node, ())
    except yaml.reader.ReaderError as error:
        raise YamlError(
            text.count("\n", 0, int(error.position)) + 1,
            f"expected text without control characters, found {chr(int(error.character))!r}",
        ) from None
    except yaml.MarkedYAMLError as error:
        raise YamlError(_line(error), _first_line(error)) from None
    except yaml.YAMLError as error:
        raise YamlError(None, str(error).splitlines()[0]) from None
    except RecursionError:
        raise YamlError(None, "expected YAML that is not nested so deeply") from None
    return located


def write_yaml(values: Any) -> str:
    """Return `values` as YAML that any reader of it reads as they are, each text in one line."""
    return yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=math.inf)


class _Dumper(yaml.SafeDumper):
    """Writes lists as people do, and text with unusual characters so that none is a line break."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - as PyYAML calls it
        super().increase_indent(flow)

    def represent_str(self, text: str) -> yaml.ScalarNode:
        style = None if text.isprintable() else '"'
        if _VALUE_ELSEWHERE.fullmatch(text):
            style = "'"
        return self.represent_scalar(f"{_TAGS}str", text, style)


_Dumper.add_representer(str, _Dumper.represent_str)


class _Loader(yaml.SafeLoader):
    """Reads a plain value as `_PLAIN` says, else as text."""


_Loader.yaml_implicit_resolvers = {
    None: [(tag, re.compile(rf"(?:{form})\Z")) for tag, (form, _) in _PLAIN.items()]
}


class _Reader:
    """Turns nodes into values and records the line of each."""

    def __init__(self, lines: dict[Path, int]) -> None:
        self._lines = lines

    def value(self, node: yaml.Node, path: Path) -> Any:
        """Return the value of `node`; a list becomes a tuple, as nothing may change it."""
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if node.tag not in _CONTAINERS:
            raise _unknown_tag(node)
        if isinstance(node, yaml.MappingNode):
            return {
                name: self._entry(value, (*path, name), key)
                for name, (key, value) in _pairs(node).items()
            }
        return tuple(self._entry(each, (*path, at)) for at, each in enumerate(node.value))

    def _entry(self, node: yaml.Node, path: Path, key: yaml.Node | None = None) -> Any:
        self._lines[path] = _start(key or node)
        return self.value(node, path)


def _scalar(node: yaml.ScalarNode) -> Any:
    if node.tag == f"{_TAGS}str":
        return _with_joined_surrogates(node)
    form, read = _PLAIN.get(node.tag, (r"(?!)", str))
    if not re.fullmatch(form, node.value):  # the tag was written, and promises another form
        raise _unknown_tag(node)
    return read(node.value)


def _with_joined_surrogates(node: yaml.ScalarNode) -> str:
    """Return the text of `node`; one character may be written as two halves, as JSON has it."""
    try:
        return str(node.value.encode("utf-16", "surrogatepass").decode("utf-16"))
    except UnicodeDecodeError:
        raise YamlError(_start(node), "expected text, found half a character in it") from None


def _pairs(node: yaml.MappingNode) -> _Pairs:
    """Return the pairs of `node`: its own, then those it merges and does not have itself."""
    pairs: _Pairs = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise YamlError(_start(key), "expected a key, found more than a word")
        name = str(key.value)
        if name in pairs:
            raise YamlError(_start(key), f"expected each key once, found {name!r} again")
        pairs[name] = key, value
    if "<<" in pairs and pairs["<<"][0].tag == _MERGE:
        for each in _merged(*pairs.pop("<<")):
            for name, pair in _pairs(each).items():
                pairs.setdefault(name, pair)
    return pairs


def _merged(key: yaml.Node, value: yaml.Node) -> Iterator[yaml.MappingNode]:
    """Yield the sections that << names, the one that goes before the others first."""
    for each in value.value if isinstance(value, yaml.SequenceNode) else [value]:
        if not isinstance(each, yaml.MappingNode):
            raise YamlError(
                _start(key), "expected << to name a section of keys, or a list of them"
            )
        yield each


def _unknown_tag(node: yaml.Node) -> YamlError:
    if not node.tag.startswith(_TAGS):  # maybe a secret that begins so
        return YamlError(_start(node), "expected text that begins with ! in quotes, found a tag")
    found = node.tag.replace(_TAGS, "!!")
    return YamlError(_start(node), f"expected a plain value, found the tag {found!r}")


def _start(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _line(error: yaml.MarkedYAMLError) -> int | None:
    mark = error.problem_mark or error.context_mark
    return mark.line + 1 if mark else None


def _first_line(error: yaml.MarkedYAMLError) -> str:
    """Return what was expected; never what was found, which may be a secret."""
    problem = str(error.problem)
    return next((ours for theirs, ours in _PROBLEMS if theirs.search(problem)), "expected YAML")
