"""What the parser of options says of a wrong one, in the words of every other message."""

import re

_WORDS = (
    (re.compile(r"Value error, "), ""),
    (re.compile(r"Input should be a valid integer.*"), "expected a whole number"),
    (re.compile(r"Input should be a valid number.*"), "expected a number"),
    (re.compile(r"Input should be greater than or equal to (\S+)"), r"expected at least \1"),
    (re.compile(r"Input should be less than or equal to (\S+)"), r"expected at most \1"),
    (re.compile(r"Got unexpected extra argument\(s\) \((.*)\)"), r"too many arguments: \1"),
)


def in_our_words(message: str) -> str:
    """Return a message of the parser without the words of its own library.

    >>> in_our_words("Invalid value for '--format': Value error, 'xml' is not one of 'csv'.")
    "Invalid value for '--format': 'xml' is not one of 'csv'."
    """
    for theirs, ours in _WORDS:
        message = theirs.sub(ours, message)
    return message
