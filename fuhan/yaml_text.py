"""YAML read with the line of every key, so that an error can say where it stands."""

from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]


class YamlError(ValueError):
    """Raised for text that is not YAML, or not YAML that can be meant; knows its line."""

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
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        located = Located()
        if node is not None:
            located.values = _Reader(loader, located.lines).value(node, ())
    except yaml.MarkedYAMLError as error:
        raise YamlError(_line(error), _first_line(error)) from None
    except yaml.YAMLError as error:
        raise YamlError(None, str(error).splitlines()[0]) from None
    except RecursionError:
        raise YamlError(None, "expected YAML that is not nested so deeply") from None
    return located


class _Reader:
    """Turns nodes into values and notes where each stood."""

    def __init__(self, loader: yaml.SafeLoader, lines: dict[Path, int]) -> None:
        self._loader = loader
        self._lines = lines

    def value(self, node: yaml.Node, path: Path) -> Any:
        """Return the value of `node`; a list becomes a tuple, as nothing may change it."""
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self._entry(each, (*path, at)) for at, each in enumerate(node.value))
        return self._loader.construct_object(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            if not isinstance(key, yaml.ScalarNode) or name in values:
                raise YamlError(_start(key), f"expected each key once, found {name!r} again")
            values[name] = self._entry(value, (*path, name), key)
        return values

    def _entry(self, node: yaml.Node, path: Path, key: yaml.Node | None = None) -> Any:
        self._lines[path] = _start(key or node)
        return self.value(node, path)


def _start(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _line(error: yaml.MarkedYAMLError) -> int | None:
    mark = error.problem_mark or error.context_mark
    return mark.line + 1 if mark else None


def _first_line(error: yaml.MarkedYAMLError) -> str:
    told = ", ".join(filter(None, (error.context, error.problem)))
    return "expected YAML: " + " ".join(told.split())
