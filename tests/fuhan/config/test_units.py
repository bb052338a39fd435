from datetime import timedelta

import pytest

from fuhan.config.units import duration, flag, size


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("30s", 30), ("10m", 600), ("6h", 21600), ("2d", 172800), (45, 45), ("45", 45), (0.5, 0.5)],
)
def test_a_duration_is_a_number_and_its_unit_or_seconds(written: object, seconds: float) -> None:
    assert duration(written) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "h",
        "6 hours",
        "6:00",
        "1:30:00",
        "1_000",
        "-1s",
        -1,
        "1w",
        "１h",
        True,
        None,
        float("inf"),
        "9999d",
        "1h30m",
        [],
    ],
    ids=repr,
)
def test_what_is_no_duration_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="expected a duration"):
        duration(written)


@pytest.mark.parametrize(
    ("written", "count"), [("8MiB", 8388608), ("1kB", 1000), ("1.5KiB", 1536), (9, 9), ("9B", 9)]
)
def test_a_size_is_a_number_and_its_unit_or_bytes(written: object, count: int) -> None:
    assert size(written) == count


@pytest.mark.parametrize("written", ["", "8M", "MiB", 0, -5, True, None, float("nan")], ids=repr)
def test_what_is_no_size_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="expected a size"):
        size(written)


@pytest.mark.parametrize(
    ("written", "is_set"),
    [("yes", True), ("ON", True), ("no", False), ("Off", False), ("y", "y"), (1, 1), (True, True)],
)
def test_a_flag_may_be_said_in_a_word(written: object, is_set: object) -> None:
    assert flag(written) is is_set
