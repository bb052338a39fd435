"""A service whose source can't be read: an alarm, its end, and a restart in between."""

import signal
from pathlib import Path

from tests.fuhan.test_service import PATIENCE, ask, base, seen, serving
from tests.python_server.command import forked_fuhan
from tests.review.alerts.servers import webhook

CONFIG = """review: {{port: 0}}
crawl: {{delay: 0, retries: 0}}
notify: [{{name: desk, url: "{url}", language: en}}]
sources:
"""
DEAD = (
    "  - {name: city, agency: 某市, kind: proposal, listing: 'http://127.0.0.1:9/',"
    " schedule: {every: 1s}}\n"
)
OTHER = (
    "  - {name: town, agency: 某镇, kind: proposal, listing: 'http://127.0.0.1:9/t/',"
    " schedule: {every: 9d}}\n"
)


def test_an_outage_begins_once_whatever_restarts_and_ends_with_its_source(folder: Path) -> None:
    with webhook() as hook:
        text = CONFIG.format(url=hook.address)
        (folder / "config.yaml").write_text(text + DEAD, "utf-8")
        with serving(folder, *forked_fuhan()) as killed:
            assert seen(folder, "alarm: unreachable of city")
            assert hook.wait_for(1, PATIENCE)
            assert seen(folder, " sent to desk with ")  # what is not confirmed is sent again
            status, health = ask(f"{base(folder)}/healthz")
            assert (status, health.splitlines()[0]) == (200, "ok")
            assert health.splitlines()[1].startswith("degraded: unreachable (1) since ")
            killed.kill()
        with serving(folder, *forked_fuhan()) as service:
            assert seen(folder, " INFO serving ", times=2)  # the one that was killed is gone
            before = (folder / "log").read_text("utf-8").count("crawl of city: failed")
            assert seen(folder, "crawl of city: failed", times=before + 1)
            (folder / "config.yaml").write_text(text + OTHER, "utf-8")
            service.send_signal(signal.SIGHUP)
            assert seen(folder, "alarm ended: unreachable of city")
            assert hook.wait_for(2, PATIENCE)
            service.send_signal(signal.SIGTERM)
            assert service.wait(PATIENCE) == 0
    begun, ended = (message["title"] for _, message, _ in hook.received)
    assert begun.startswith("127.0.0.1:9 has not answered since ")
    assert ended.startswith("127.0.0.1:9: unreachable: over, as it is watched no more")
