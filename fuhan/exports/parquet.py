"""Rows as Parquet: columns with types, for data frames and databases."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

_GROUP_ROWS = 2_000  # in memory at once
_WHOLE_NUMBERS = {"id", "letter", "change", "version", "versions", "from_version", "to_version"}
_WHOLE_NUMBERS |= {
    "listed",
    "fetched",
    "unchanged",
    "published",
    "edited",
    "withdrawn",
    "delisted",
}
_WHOLE_NUMBERS |= {"restored", "relocated", "suspect", "requests", "bytes"}
_MOMENTS = {"after", "before", "first_seen", "last_seen"}

_TEXT: Final = pa.string()
_MOMENT: Final = pa.timestamp("us", "UTC")
_READ: Final[dict[Any, Callable[[Any], Any]]] = {
    _MOMENT: lambda value: datetime.fromisoformat(value) if isinstance(value, str) else value,
    pa.date32(): date.fromisoformat,
}


def write_parquet(target: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write `rows`, which all have the keys of the first.

    A column's type follows from its name, so that it is the same in each archive. Lists and
    objects are JSON, as in CSV.
    """
    remaining = iter(rows)
    group = list(islice(remaining, _GROUP_ROWS))
    schema = pa.schema([(name, _type(name, group[0][name])) for name in (group or [{}])[0]])
    with ParquetWriter(target, schema, compression="zstd") as writer:
        while group:
            writer.write_table(_table(group, schema))
            group = list(islice(remaining, _GROUP_ROWS))


def _type(name: str, value: Any) -> Any:
    if name in _WHOLE_NUMBERS and not isinstance(value, dict):
        return pa.int64()
    if name in {"held", "baseline"}:
        return pa.bool_()
    if name.endswith("_at") or name in _MOMENTS:
        return _MOMENT
    return pa.date32() if name.endswith("_on") else _TEXT


def _table(rows: list[Mapping[str, Any]], schema: Any) -> Any:
    columns = [_column([row[field.name] for row in rows], field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _column(values: list[Any], of_type: Any) -> Any:
    read: Callable[[Any], Any] = _READ.get(of_type, _text if of_type == _TEXT else _same)
    return pa.array([None if each is None else read(each) for each in values], of_type)


def _same(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    """Return a value as text: lists and objects as JSON, halves of characters as `?`."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode("utf-8")
