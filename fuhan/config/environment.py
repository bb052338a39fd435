"""Override keys of the configuration by environment variables such as FUHAN_REVIEW__PORT."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal, get_args, get_origin

from fuhan.config.sections import Config, Section
from fuhan.config.yaml_text import Path, YamlError, read_yaml
from fuhan.terminal.encoding import text_problem
from storage.database.failpoint import VARIABLE

PREFIX = "FUHAN_"
_NOT_KEYS = {"FUHAN_CONFIG", VARIABLE}  # where the file is; at which commit a trial dies


class VariableError(ValueError):
    """Raised for variables that override no key, or whose value can't be read."""

    def __init__(self, *mistakes: str) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes  # a line each


def override(values: dict[str, Any], variables: Mapping[str, str]) -> dict[Path, str]:
    """Set in `values` what `variables` say; return which variable each key came from.

    A value that should be text is taken as it is, every other one as YAML. Raises VariableError
    for variables that name no key of the configuration, or whose value can't be read.
    """
    origins: dict[Path, str] = {}
    mistakes: list[str] = []
    for variable in sorted(variables):
        if variable.startswith(PREFIX) and variable not in _NOT_KEYS:
            keys = tuple(variable.removeprefix(PREFIX).lower().split("__"))
            try:
                _set(values, keys, _read(variable, keys, variables[variable]))
            except VariableError as error:
                mistakes += error.mistakes
            origins[keys] = variable
    if mistakes:
        raise VariableError(*mistakes)
    return origins


def _set(values: dict[str, Any], keys: tuple[str, ...], value: Any) -> None:
    for key in keys[:-1]:
        inner = values.setdefault(key, {})
        if not isinstance(inner, dict):
            return  # the file has a wrong type here, which is the error to report
        values = inner
    values[keys[-1]] = value


def _read(variable: str, keys: tuple[str, ...], written: str) -> Any:
    kind = _annotation(variable, keys)
    if text_problem(written):
        raise VariableError(f"{variable}: expected UTF-8")  # the value may be a secret
    if _is_text(kind):
        return written
    try:
        return read_yaml(written).values
    except YamlError as error:
        raise VariableError(f"{variable}: {error}") from None


def _annotation(variable: str, keys: tuple[str, ...]) -> Any:
    """Return the type of the key that `keys` lead to."""
    kind: Any = Config
    for key in keys:
        known = kind.model_fields if isinstance(kind, type) and issubclass(kind, Section) else {}
        if key not in known:
            raise VariableError(f"{variable}: no key {'.'.join(keys)} in the configuration")
        kind = known[key].annotation
    return kind


def _is_text(kind: Any) -> bool:
    """Return whether `kind`, or one of the types it is made of, is written as bare text."""
    if kind in (str, timedelta) or get_origin(kind) is Literal:
        return True
    return get_origin(kind) not in {tuple, dict} and any(_is_text(part) for part in get_args(kind))
