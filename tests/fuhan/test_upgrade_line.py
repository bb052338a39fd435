"""An archive of an earlier release says on a terminal how far it is brought forward."""

import sys

import pytest

from fuhan.terminal.upgrade_line import show_upgrade


@pytest.mark.parametrize(
    ("is_terminal", "written"),
    [
        pytest.param(
            True,
            "\rpreparing the archive for searches: 100 of 101"
            "\rpreparing the archive for searches: 101 of 101\n",
            id="a terminal",
        ),
        pytest.param(False, "", id="no terminal"),
    ],
)
def test_how_far_it_is_stands_on_one_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    is_terminal: bool,
    written: str,
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    show_upgrade(range(1, 102), 101)
    assert capsys.readouterr().err == written
