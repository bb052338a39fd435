"""Cells of workbooks as text: numbers as they are, rows up to the last cell that is filled."""

from collections.abc import Sequence

_DIGITS = 15  # of a number that a spreadsheet shows; what is beyond is the error of its arithmetic


def shown_number(value: float, form: str) -> str:
    """Return a number as it is, not as it is rounded for display; 12.5% is shown as such.

    >>> shown_number(0.125, "0.0%"), shown_number(1200.0, "#,##0.00")
    ('12.5%', '1200')
    """
    is_percent = form.rstrip('"').endswith("%")
    plain = f"{value * 100 if is_percent else value:.{_DIGITS}g}"
    if "e" in plain:
        plain = f"{value:.0f}"
    return f"{plain}%" if is_percent else plain


def row_line(cells: Sequence[str]) -> str:
    """Return a row as a line, cells parted by tabs; empty where no cell holds anything."""
    last = max((at for at, cell in enumerate(cells) if cell), default=-1)
    return "\t".join(cells[: last + 1])
