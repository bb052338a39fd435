"""The text of a new config.yaml: an entry to watch, and every other key with its default."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from pydantic.fields import FieldInfo
from rich.cells import cell_len

from fuhan.config.key_notes import INTRODUCTION, KEY_NOTES
from fuhan.config.sections import (
    Config,
    CrawlSection,
    NotificationSection,
    Section,
    SourceSection,
)
from fuhan.config.units import size, write_duration, write_size

_NOTES_AT = 38  # the column of notes beside keys
_PLAIN = re.compile(r"[A-Za-z0-9][\w./+-]*(?::/[\w./+-]*)?|/")  # text that needs no quotes
_EXAMPLE_CHANNEL = "mailto://user:password@example.org"
_ENTRY_LINE = re.compile(r"(?:  - |    )(\w+): .*")

Say = Callable[[str], str]  # returns an English sentence in the reader's language


def new_config(source: str, say: Say) -> str:
    """Return a configuration that watches `source`; all else in it is comments.

    `source` is YAML of the key `sources` alone, with one entry, as `fuhan probe` prints it.
    """
    lines = [f"# {say(each)}" for each in INTRODUCTION]
    for name, field in Config.model_fields.items():
        lines += ["", f"# {say(KEY_NOTES[name])}"]
        if name == "sources":
            lines += _source(source, say)
        elif name == "notify":
            lines += _commented(["notify:", *_channel(say)])
        elif isinstance(field.default, Section):
            lines += _commented([f"{name}:", *_section(field.default, name, "  ", say)])
        else:
            lines += _commented([f"{name}: {_value(field, field.default)}"])
    return "\n".join(lines) + "\n"


def _commented(lines: Sequence[str]) -> list[str]:
    return [f"#{line}" for line in lines]


def _source(source: str, say: Say) -> Iterator[str]:
    """Yield the entry, with a note at each key, and then the keys that it leaves out."""
    for line in source.splitlines():
        if entry := _ENTRY_LINE.fullmatch(line):
            yield _with_note(line, f"sources.{entry[1]}", say)
        else:
            yield f"# {say(line.removeprefix('# '))}" if line.startswith("#") else line
    for name, field in SourceSection.model_fields.items():
        if name in CrawlSection.model_fields or field.is_required():
            continue
        yield from _commented([*_key(name, field, field.default, f"sources.{name}", "    ", say)])


def _channel(say: Say) -> Iterator[str]:
    """Yield an entry of `notify` with every key."""
    yield _with_note(f'  - url: "{_EXAMPLE_CHANNEL}"', "notify.url", say)
    for name, field in NotificationSection.model_fields.items():
        if not field.is_required():
            yield from _key(name, field, field.default, f"notify.{name}", "    ", say)


def _section(section: Section, path: str, indent: str, say: Say) -> Iterator[str]:
    for name, field in type(section).model_fields.items():
        yield from _key(name, field, getattr(section, name), f"{path}.{name}", indent, say)


def _key(
    name: str, field: FieldInfo, value: Any, path: str, indent: str, say: Say
) -> Iterator[str]:
    if isinstance(value, Section):
        yield _with_note(f"{indent}{name}:", path, say)
        yield from _section(value, path, f"{indent}  ", say)
    else:
        yield _with_note(f"{indent}{name}: {_value(field, value)}", path, say)


def _with_note(line: str, path: str, say: Say) -> str:
    padding = " " * (_NOTES_AT - cell_len(line))
    return f"{line}{padding}  # {say(KEY_NOTES[path])}"


def _value(field: FieldInfo, value: Any) -> str:
    """Return a value of `field` as people write it in YAML."""
    if isinstance(value, timedelta):
        return write_duration(value)
    if any(getattr(rule, "func", None) is size for rule in field.metadata):
        return write_size(value)
    is_plain = isinstance(value, str) and _PLAIN.fullmatch(value)
    return str(value) if is_plain else json.dumps(value, ensure_ascii=False)
