"""`fuhan notify`: sends what waits, tries channels, shows what waits."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from letters.crawl_record import CrawlOutcome, PageError
from storage.database.archive import open_archive
from storage.database.process_lock import ALERTS, ProcessLock
from storage.facts.crawls import CrawlEnd, begin_crawl, end_crawl
from storage.outbox.notices import Notice, add_notices, change_key
from tests.archive_copy import archive_url
from tests.fuhan.conftest import CONFIG
from tests.review.alerts.servers import Webhook, webhook

Fuhan = Callable[..., Any]
NOW = datetime.now(UTC)


@pytest.fixture
def hook(folder: Path) -> Iterator[Webhook]:
    """Return a webhook that is configured as desk, beside one at which nobody answers."""
    with webhook() as server:
        (folder / "config.yaml").write_text(
            f"{CONFIG}notify:\n  - {{name: desk, url: {server.address!r}, language: en}}\n"
            "  - {name: dead, url: 'json://127.0.0.1:9/SECRET'}\n",
            "utf-8",
        )
        yield server


@pytest.fixture
def waits(held: Path) -> str:
    """Return the archive in which change 1 waits for both channels."""
    url = archive_url(held)
    with closing(open_archive(url, create=False)) as archive, archive.writing() as connection:
        notices = [Notice(name, change_key(1), NOW, change_id=1) for name in ("desk", "dead")]
        add_notices(connection, notices)
    return url


@pytest.mark.usefixtures("held")
def test_a_test_message_goes_to_each_channel_and_says_which_did_not_confirm_it(
    fuhan: Fuhan, hook: Webhook
) -> None:
    told = fuhan("notify", "--test")
    assert (told.code, told.out) == (
        1,
        "desk: confirmed\ndead: no answer from 127.0.0.1: connection refused\n",
    )
    assert fuhan("notify", "--test", "desk").code == 0
    assert [message["title"] for _, message, _ in hook.received] == ["Test message of fuhan"] * 2


def test_a_channel_that_is_not_known_is_named_with_those_that_are(
    fuhan: Fuhan, hook: Webhook
) -> None:
    del hook
    told = fuhan("notify", "--test", "mail")
    assert (told.code, told.out) == (2, "")
    assert told.err == "fuhan: alert channel 'mail' is not known; known: desk, dead\n"


@pytest.mark.usefixtures("folder")
def test_without_a_channel_there_is_nothing_to_send_to(fuhan: Fuhan) -> None:
    told = fuhan("notify")
    assert (told.code, told.err) == (2, "fuhan: notify: expected an alert channel, found []\n")


@pytest.mark.usefixtures("waits")
def test_what_waits_is_sent_once_and_what_failed_waits_on(fuhan: Fuhan, hook: Webhook) -> None:
    told = fuhan("notify")
    assert (told.code, told.out) == (
        1,
        "desk: all sent\ndead: no answer from 127.0.0.1: connection refused\n",
    )
    ((_, message, _),) = hook.received
    assert message["title"].startswith("edited")
    assert fuhan("notify", "desk").code == 0
    assert len(hook.received) == 1
    desk, dead = map(json.loads, fuhan("notify", "--pending").out.splitlines())
    assert (desk["waiting"], desk["failed_since"]) == (0, None)
    assert (dead["waiting"], dead["reason"]) == (1, "no answer from 127.0.0.1: connection refused")
    assert dead["failed_since"]


@pytest.mark.usefixtures("hook")
def test_no_command_shows_a_secret(fuhan: Fuhan, waits: str) -> None:
    del waits
    for words in (
        ("notify", "-v"),
        ("notify", "--test", "-v"),
        ("notify", "--pending"),
        ("check",),
    ):
        told = fuhan(*words)
        assert "SECRET" not in told.out + told.err


@pytest.mark.usefixtures("hook")
def test_while_a_service_sends_the_command_does_not(fuhan: Fuhan, waits: str) -> None:
    with closing(open_archive(waits, create=False)) as archive:
        lock = ProcessLock(archive.url, ALERTS)
        assert lock.take()
        told = fuhan("notify")
        lock.release()
    assert told.code == 1
    assert "another process sends alerts" in told.err


def test_an_outage_is_sent_once_where_crawls_and_alerts_are_by_hand(
    fuhan: Fuhan, hook: Webhook, held: Path
) -> None:
    with (
        closing(open_archive(archive_url(held), create=False)) as archive,
        archive.writing() as connection,
    ):
        for source in ("city", "town") * 2:
            crawl_id = begin_crawl(connection, source, "normal", NOW)
            errors = [PageError("http://127.0.0.1:9/", "connection refused")]
            end = CrawlEnd(CrawlOutcome.FAILED, NOW, None, None, {}, errors)
            end_crawl(connection, crawl_id, end)
    fuhan("notify", "desk")
    fuhan("notify", "desk")
    ((_, message, _),) = hook.received
    assert "127.0.0.1:9" in message["title"] + message["message"]


def test_a_channel_keeps_its_name_in_chinese(fuhan: Fuhan, folder: Path) -> None:
    (folder / "config.yaml").write_text(
        f"{CONFIG}notify: [{{name: digest, url: 'json://127.0.0.1:9/'}}]\n", "utf-8"
    )
    assert (
        fuhan("notify", "--test", "--lang", "zh").out == "digest: 127.0.0.1 没有答复：连接被拒\n"
    )
