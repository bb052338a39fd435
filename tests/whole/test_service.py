"""The service on the replica: it crawls by itself, shows what it finds, and ends as it should."""

import json
import re
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from replica import faults
from replica.compose import compose
from replica.server import Replica
from tests.review.alerts.servers import MailServer, Webhook, webhook
from tests.whole.serving import serving

_CHANGE = re.compile(r"/changes/(\d+)\?")
PATIENCE = 120  # seconds for a crawl that is due in five to have come


@pytest.fixture
def hook() -> Iterator[Webhook]:
    """Return a webhook that is sent all alerts of the service."""
    with webhook() as server:
        yield server


@pytest.fixture
def mail() -> Iterator[MailServer]:
    """Return a mail server that is sent them, too."""
    with MailServer().serving() as server:
        yield server


@pytest.fixture
def served(
    tmp_path: Path, watch: Any, hook: Webhook, mail: MailServer
) -> Iterator[tuple[Replica, Any]]:
    with Replica(compose(letters=50, suggestions=0)) as replica:
        project = watch(
            tmp_path,
            replica.listing("proposal"),
            source="    schedule: {every: 5s}",
            more="review: {port: 0, url: 'http://desk.example'}\n"
            f"notify: [{{url: '{hook.address}', significance: cosmetic}}, "
            f"{{url: '{mail.address}', significance: cosmetic}}]",
        )
        yield replica, project


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - our own loopback
        text: str = answer.read().decode()
        return text


def _changes(base: str) -> list[dict[str, Any]]:
    told = json.loads(_get(f"{base}/api/changes?limit=500&baseline=true"))
    found: list[dict[str, Any]] = told["changes"] if isinstance(told, dict) else told
    return found


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if true():
                return
        except OSError:
            pass  # it is not up yet
        time.sleep(0.3)
    pytest.fail("it did not come true in time")


def _kinds(base: str) -> list[str]:
    return [change["kind"] for change in _changes(base)]


def _announced(hook: Webhook) -> list[int]:
    """Return the changes of which a message was confirmed, once for each key of a message."""
    by_key = {key: message["message"] for key, message, _ in hook.received}
    return sorted(int(each) for text in by_key.values() for each in _CHANGE.findall(text))


def _mailed(mail: MailServer) -> list[int]:
    """Return the same of what was mailed."""
    texts = [each.get_body(("plain",)).get_content() for each in list(mail.mails)]
    return sorted(int(each) for text in texts for each in _CHANGE.findall(text))


def test_the_nights_edits_appear_while_the_service_runs(
    served: Any, hook: Webhook, mail: MailServer
) -> None:
    """Only here the scheduler, its crawls and the web side run as one command, up to its end."""
    replica, project = served
    service, base = serving(project.real())
    _until(lambda: _kinds(base).count("published") == 50)
    replica.advance()
    _until(lambda: {"edited", "withdrawn", "delisted", "relocated"} <= set(_kinds(base)))
    figure = next(
        edit
        for change in _changes(base)
        for edit in change["edits"]
        if edit["category"] == "figure"
    )
    assert figure["new"] in _get(f"{base}/changes")
    assert figure["new"] in _get(f"{base}/feed.atom")
    news = sorted(each["id"] for each in _changes(base) if not each["baseline"])
    _until(lambda: set(news) <= set(_announced(hook)))
    _until(lambda: set(news) <= set(_mailed(mail)))
    for announced in (_announced(hook), _mailed(mail)):
        assert len(set(announced)) == len(announced), "a change was announced twice"
    assert _get(f"{base}/healthz")
    assert "fuhan" in _get(f"{base}/metrics")
    service.send_signal(signal.SIGTERM)
    service.communicate(timeout=PATIENCE)
    assert service.returncode == 0


def test_a_killed_service_doubles_and_invents_nothing(served: Any, hook: Webhook) -> None:
    """Only here a service dies amid a crawl of its own, and the next takes its source up."""
    replica, project = served
    for _ in range(2):
        replica.log.clear()
        killed = Event()
        replica.faults.add("/t20", faults.hold(20, killed))
        service = project.real().start("serve")
        _until(lambda: sum("/t20" in path for path, _ in list(replica.log)) == 20)
        service.send_signal(signal.SIGKILL)
        service.communicate()  # until the crawl's process is gone too, which has the same stderr
        killed.set()
        replica.faults.clear()
        project.wait_until_free()
    project.crawl()
    assert project.changes() == []
    assert hook.received == [], "a first crawl is no news"
    changes = project.changes("--baseline")
    assert [change["kind"] for change in changes] == ["published"] * 50
    project.run("verify")
