"""How many of something there are, in English."""


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a count with what is counted: `one` of it, or `many`, which else ends in s.

    >>> counted(1, "source"), counted(2, "source"), counted(0, "ledger entry", "ledger entries")
    ('1 source', '2 sources', '0 ledger entries')
    """
    return f"{count} {one if count == 1 else many or f'{one}s'}"
