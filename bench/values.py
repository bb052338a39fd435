"""How a value that was read compares with what its page prints."""

from typing import Any

from letters.text import squashed


def judge(read: Any, expected: Any) -> str:
    """Return right, null or wrong for one field; blanks within a value are no difference."""
    if squashed(str(read or None)) == squashed(str(expected or None)):
        return "right"
    return "wrong" if read else "null"
