"""A value read from the body, and the place it is printed in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintedValue:
    """The value of a letter field and where it is printed."""

    field: str
    value: str | tuple[str, ...]
    block: int  # index of the block
    start: int  # code points from the start of its text
    end: int
