"""Durations, sizes and flags as people write them: 30s, 10m, 6h, 2d; 8MiB; no."""

import math
import re
from datetime import timedelta

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd]?)", re.ASCII)
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_LONGEST = 3660 * 86400  # ten years: longer is a mistake, and overflows some day

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(B|kB|KB|KiB|MB|MiB|GB|GiB)?", re.ASCII)
_BYTES = {"B": 1, "kB": 10**3, "KB": 10**3, "MB": 10**6, "GB": 10**9}
_BYTES |= {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30}


_FLAGS = {"yes": True, "on": True, "no": False, "off": False}


def duration(written: object) -> timedelta:
    """Return the duration that is `written`; a bare number is seconds.

    A timedelta is returned as it is, as defaults are written in code. Raises ValueError for
    anything else, for a negative one and for more than ten years.

    >>> duration("90m"), duration(2.5)
    (datetime.timedelta(seconds=5400), datetime.timedelta(seconds=2, microseconds=500000))
    """
    if isinstance(written, timedelta):
        return written
    seconds = _number(written, _DURATION, _SECONDS)
    if seconds is None:
        raise ValueError("expected a duration such as 30s, 10m, 6h or 2d")
    if seconds > _LONGEST:
        raise ValueError("expected a duration of at most ten years")
    return timedelta(seconds=seconds)


def size(written: object) -> int:
    """Return the number of bytes that is `written`; a bare number is bytes.

    Raises ValueError for anything else.

    >>> size("8MiB"), size(512)
    (8388608, 512)
    """
    count = _number(written, _SIZE, _BYTES)
    if count is None or count < 1:
        raise ValueError("expected a size such as 512KiB or 8MiB")
    return int(count)


def write_duration(length: timedelta) -> str:
    """Return a duration as `duration` reads it, in the largest unit that leaves no rest.

    >>> write_duration(timedelta(days=7)), write_duration(timedelta(minutes=90))
    ('7d', '90m')
    >>> write_duration(timedelta(0)), write_duration(timedelta(seconds=2.5))
    ('0s', '2.5s')
    """
    seconds = length.total_seconds()
    units = [unit for unit, each in _SECONDS.items() if unit and seconds and not seconds % each]
    unit = units[-1] if units else "s"
    return f"{seconds / _SECONDS[unit]:g}{unit}"


def write_size(count: int) -> str:
    """Return a number of bytes as `size` reads it, in the largest unit that leaves no rest.

    >>> write_size(8 * 2**20), write_size(1000)
    ('8MiB', '1000B')
    """
    units = [unit for unit, each in _BYTES.items() if unit[-2:] == "iB" and not count % each]
    unit = units[-1] if units else "B"
    return f"{count // _BYTES[unit]}{unit}"


def flag(written: object) -> object:
    """Return true or false where `written` is a word for it; else `written`.

    >>> flag("yes"), flag("Off"), flag("maybe")
    (True, False, 'maybe')
    """
    return _FLAGS.get(written.lower(), written) if isinstance(written, str) else written


def _number(written: object, form: re.Pattern[str], units: dict[str, int]) -> float | None:
    """Return a number times its unit; None for what is no number, negative or without end."""
    if isinstance(written, bool):
        return None
    if isinstance(written, int | float):
        return written if math.isfinite(written) and written >= 0 else None
    read = form.fullmatch(written.strip()) if isinstance(written, str) else None
    return float(read[1]) * units[read[2] or next(iter(units))] if read else None
