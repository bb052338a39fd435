"""Services that die while they send, in a bounded form; in full by `python -m bench.alert_trials`."""

from pathlib import Path

from bench.alerting import trials
from tests.archive_copy import archive_url
from tests.python_server.command import forked_fuhan

KILLS = ("before-commit:1", "after-commit:2", "before-commit:3", "after-commit:3")


def test_a_service_killed_at_commits_of_the_outbox_announces_each_change_once(
    tmp_path: Path,
) -> None:
    """One channel confirms each message, the other one answers now and then with 500."""
    with trials(tmp_path, archive_url(tmp_path / "fuhan.db")) as tried:
        tried.command = (*forked_fuhan(), "serve")
        for place in KILLS:
            tried.kill(place)
        tried.come_to_rest()
        tried.check()
