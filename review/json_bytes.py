"""JSON as it is sent."""

import json
from typing import Any

import orjson


def json_bytes(value: Any) -> bytes:
    """Return `value` as JSON; a part of it may be JSON already, as an `orjson.Fragment`."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:  # a lone surrogate, which JSON has as an escape only
        return json.dumps(value, separators=(",", ":"), default=_written).encode()


def _written(part: orjson.Fragment) -> Any:
    """Return the value of what is JSON already."""
    return orjson.loads(orjson.dumps(part))
