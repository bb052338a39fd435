"""Read the JSON of a text: quickly, and also what quick parsers refuse."""

import json
from typing import Any

import orjson


def read_json(text: str | bytes) -> Any:
    """Return the value of a JSON text; raise ValueError where it is none.

    A lone surrogate is read as Python's own parser does, whether escaped or as UTF-8 has none.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        whole = text.decode("utf-8", "surrogatepass") if isinstance(text, bytes) else text
        return json.loads(whole)
