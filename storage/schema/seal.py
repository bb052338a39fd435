"""Seal rows: a digest over their columns, which the ledger repeats."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any


def seal(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Return the sha256 over the columns `names` of `row`, hexadecimal."""
    values = [_plain(row[name]) for name in names]
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


CHANGE = (
    *("letter_id", "source", "kind", "significance", "reason", "from_version", "to_version"),
    *("detected_at", "after", "before", "edits", "differ"),
    # `held` and `announced_at` may turn, and `baseline` came later: the ledger has them beside.
)
SNAPSHOT = ("address_id", "url", "final_url", "status", "headers", "fetched_at", "sha256")
VERSION = ("letter_id", "number", "cause", "seen_at", "snapshot_id", "parser", "digest")
