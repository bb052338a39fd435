"""What is wrong with the value of an option, which Typer says in pydantic's words."""

import re
from collections.abc import Mapping

_OURS: Mapping[str, str] = {
    r"Value error, ": "",
    r"Input should be a valid integer, .*": "expected a whole number",
    r"Input should be greater than or equal to (.*)": r"expected at least \1",
    r"Input should be less than or equal to (.*)": r"expected at most \1",
}


def in_our_words(message: str) -> str:
    """Return what Typer says of a mistake without another library's words.

    >>> in_our_words("Invalid value for '--format': Value error, 'xml' is not one of 'csv'.")
    "Invalid value for '--format': 'xml' is not one of 'csv'."
    """
    start, is_said, why = message.partition(": ")
    for theirs, ours in _OURS.items():
        why = re.sub(f"^{theirs}", ours, why)
    return f"{start}{is_said}{why}"
