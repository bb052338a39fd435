"""An archive of an earlier release says on a terminal how far it is brought forward."""

import logging
import sys

import pytest

from fuhan.terminal.upgrade_line import show_upgrade


@pytest.mark.parametrize(
    ("is_terminal", "level", "written"),
    [
        pytest.param(
            True,
            logging.WARNING,
            "\rpreparing the archive for searches: 100 of 101"
            "\rpreparing the archive for searches: 101 of 101\n",
            id="a terminal",
        ),
        pytest.param(False, logging.WARNING, "", id="no terminal"),
        pytest.param(True, logging.ERROR, "", id="quiet"),
    ],
)
def test_how_far_it_is_stands_on_one_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    *,
    is_terminal: bool,
    level: int,
    written: str,
) -> None:
    caplog.set_level(level)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    show_upgrade(range(1, 102), 101)
    assert capsys.readouterr().err == written
